"""What becomes of an answer: receipt, withdrawal, another action, another door."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assises import access, audit, throttle
from assises.models import Kind
from submissions import dossier, drafts, lifecycle, mails
from submissions.models import Application
from submissions.views.common import find, is_own, words_for
from submissions.views.form import closed, is_open, withdrawn


@login_not_required
@never_cache
@require_safe
def receipt(request, key):
    """Show the reference, what was received, what happens next and until when it may change."""
    application = find(request, key)
    if application.state == Application.State.WITHDRAWN:
        return withdrawn(request, application)
    if not application.is_sent:
        return redirect("submissions:check", application.key)
    return render(
        request,
        "submissions/receipt.html",
        {
            "application": application,
            "sections": dossier.sections(
                application, words=words_for(request), empty=False
            ),
            "what_next": mails.what_next(application),
            "open": is_open(application, request.at),
            "can_declare": application.edition.is_open(request.at, Kind.DECLARE),
            "confirmed": request.applicant.email is not None,
            "own": is_own(application, request.applicant),
            "start_key": uuid.uuid4(),
        },
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request, key):
    """Withdraw a sent answer, after one question."""
    application = find(request, key, own=True)
    if request.method == "POST":
        try:
            lifecycle.withdraw(application, at=request.at)
            messages.success(
                request, f"La réponse n° {application.reference} est retirée."
            )
        except lifecycle.MoveRefusedError:
            messages.warning(
                request, "Cette réponse n’était pas envoyée : rien n’a changé."
            )
        return redirect("committee:space")
    return render(request, "submissions/withdraw.html", {"application": application})


@login_not_required
@never_cache
@require_POST
def resume(request, key):
    """Take a withdrawn answer up again, as a draft."""
    application = find(request, key)
    try:
        lifecycle.resume(application, at=request.at)
    except lifecycle.MoveRefusedError:
        if not is_open(application, request.at):
            return closed(request, application)
    return redirect("submissions:check", application.key)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def discard(request, key):
    """Delete a draft, after one question."""
    application = find(request, key, own=True)
    if not application.is_draft:
        return redirect("submissions:check", application.key)
    if request.method == "POST":
        try:
            drafts.discard(application, by=audit.APPLICANT, at=request.at)
        except drafts.StaleError:
            messages.warning(
                request, "Ce brouillon vient d’être modifié : il n’est pas supprimé."
            )
            return redirect("submissions:check", application.key)
        messages.success(
            request, f"Le brouillon n° {application.reference} est supprimé."
        )
        return redirect("committee:space")
    return render(request, "submissions/discard.html", {"application": application})


@login_not_required
@never_cache
@require_POST
def change_kind(request, key):
    """Take a draft through another door."""
    application = find(request, key)
    kind = request.POST.get("kind", "")
    if not application.is_draft or kind not in Kind.values:
        return redirect("submissions:check", application.key)
    try:
        if not drafts.change_kind(application, Kind(kind), at=request.at):
            return closed(request, application)
    except drafts.StaleError:
        messages.warning(request, "Cette réponse vient d’être modifiée : recommencez.")
    return redirect("submissions:check", application.key)


@login_not_required
@never_cache
@require_POST
def another(request, key):
    """Begin another action of the same structure: who answers is already known."""
    application = find(request, key)
    if not application.edition.is_open(request.at, Kind.DECLARE):
        return closed(request, application)
    try:
        start_key = uuid.UUID(request.POST.get("start_key", ""))
    except ValueError:
        start_key = uuid.uuid4()
    client = throttle.client_address(request)
    if not throttle.allow("start-client", client, at=request.at):
        messages.warning(
            request,
            "Beaucoup de réponses partent de votre réseau. Réessayez plus tard.",
        )
        return redirect("committee:space")
    values = {
        "edition": application.edition,
        "kind": Kind.DECLARE,
        "email": application.email,
        "at": request.at,
        "write_mail": False,
        "structure": application.structure,
        "structure_picked": application.structure is not None,
        "unit": application.unit,
        "contact": application.contact,
        "direction_informed": application.direction_informed,
    }
    begun = drafts.begin(start_key=start_key, **values)
    if begun.application.structure_id != application.structure_id:
        begun = drafts.begin(start_key=uuid.uuid4(), **values)
    if application.key in request.applicant.started:
        access.remember(request, begun.application.key)
    return redirect("submissions:step", begun.application.key, "action")


@login_not_required
@never_cache
@require_POST
def leave(request, key):
    """Remove the second contact who asks for it, in one click."""
    application = find(request, key)
    second = application.second_contact
    if second is not None and second.email == request.applicant.email:
        try:
            lifecycle.remove_second_contact(application, at=request.at)
            messages.success(
                request,
                f"Vous ne figurez plus dans le dossier n° {application.reference}.",
            )
        except drafts.StaleError:
            messages.warning(request, "Ce dossier vient d’être modifié : recommencez.")
    return redirect("committee:space")
