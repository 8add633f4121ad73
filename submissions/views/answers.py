"""What becomes of an answer: receipt, withdrawal, another action, another kind."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.shortcuts import redirect, render

from assises.models import Kind, Mail
from assises.people import access_links, audit
from assises.web import throttle
from submissions import outlook
from submissions.answering import drafts, holding, lifecycle
from submissions.forms.start import start_key_in
from submissions.offers import asking
from submissions.reading import visibility
from submissions.views.common import (
    applicant_page,
    find_answer,
    rereads_if_stale,
    show_closed,
    show_withdrawn,
)


@applicant_page("GET", "HEAD")
def receipt(request, key):
    """Show the reference, what was received, what happens next and until when it may change."""
    application = find_answer(request, key)
    if application.is_withdrawn:
        return show_withdrawn(request, application)
    if not application.is_sent:
        return redirect("submissions:check", application.key)
    return render(
        request,
        "submissions/receipt.html",
        {
            "application": application,
            "sections": visibility.sections_for(
                application, request.applicant, lists=visibility.lists_of(application)
            ),
            "what_next": outlook.what_next(application, at=request.at),
            "open": application.is_changeable(request.at),
            "offer": asking.told_to_bearer(application, request.at),
            "can_declare": application.edition.is_open(request.at, Kind.DECLARE),
            "mail": _acknowledgement(application),
            "own": application.is_owned_by(request.applicant),
            "start_key": uuid.uuid4(),
        },
    )


def _acknowledgement(application):
    """Return the last mail that acknowledged an answer, or ``None``."""
    kinds = ("application_received", "proposal_received")
    written = Mail.objects.filter(kind__in=kinds, reference=application.key)
    return written.order_by("-pk").first()


@applicant_page("GET", "POST")
def withdraw(request, key):
    """Withdraw a sent answer, after one question."""
    application = find_answer(request, key, own=True)
    if request.method == "POST":
        try:
            lifecycle.withdraw(application, at=request.at)
            messages.success(
                request, f"La réponse n°\u00a0{application.reference} est retirée."
            )
        except lifecycle.MoveRefusedError:
            messages.warning(
                request, "Cette réponse n’était pas envoyée : rien n’a changé."
            )
        return redirect("committee:space")
    return render(
        request,
        "submissions/withdraw.html",
        {
            "application": application,
            "open": application.is_changeable(request.at),
            "what_stops": outlook.what_stops(application),
        },
    )


@applicant_page("POST")
def resume(request, key):
    """Take a withdrawn answer up again, as a draft."""
    application = find_answer(request, key, own=True)
    if not application.is_changeable(request.at):
        return show_closed(request, application.edition, application)
    with suppress(lifecycle.MoveRefusedError):  # The other click has resumed it.
        lifecycle.resume(application, at=request.at)
    return redirect("submissions:check", application.key)


@applicant_page("GET", "POST")
def discard(request, key):
    """Delete a draft, after one question; say why if the committee has read it."""
    application = find_answer(request, key, own=True)
    if not application.is_draft:
        return redirect("submissions:check", application.key)
    if request.method == "POST":
        try:
            drafts.discard_draft(application, by=audit.APPLICANT, at=request.at)
            messages.success(
                request, f"Le brouillon n°\u00a0{application.reference} est supprimé."
            )
            return redirect("committee:space")
        except drafts.JudgedError:
            pass  # It is said below.
        except holding.StaleError:
            messages.warning(
                request, "Ce brouillon vient d’être modifié : il n’est pas supprimé."
            )
            return redirect("submissions:check", application.key)
    was_sent = application.snapshots.exists()
    judged = was_sent and drafts.is_judged(application)
    return render(
        request,
        "submissions/kept.html" if judged else "submissions/discard.html",
        {"application": application, "was_sent": was_sent},
        status=403 if request.method == "POST" else 200,
    )


@applicant_page("POST")
@rereads_if_stale
def change_kind(request, key):
    """Make a draft another kind of answer."""
    application = find_answer(request, key, own=True)
    kind = request.POST.get("kind", "")
    if not application.is_draft or kind not in Kind.values:
        return redirect("submissions:check", application.key)
    if not drafts.change_draft_kind(application, Kind(kind), at=request.at):
        return show_closed(request, application.edition, application)
    return redirect("submissions:check", application.key)


@applicant_page("POST")
def another(request, key):
    """Begin another action of the same structure: who answers is already known."""
    application = find_answer(request, key, own=True)
    if not application.edition.is_open(request.at, Kind.DECLARE):
        return show_closed(request, application.edition, application)
    client = throttle.client_address(request)
    if not throttle.allow("start-client", client, at=request.at):
        messages.warning(
            request,
            "Beaucoup de réponses partent de votre réseau. Réessayez plus tard.",
        )
        return redirect("committee:space")
    begun = drafts.begin_another(
        application,
        start_key=start_key_in(request.POST),
        by=request.applicant,
        at=request.at,
    )
    if application.key in request.applicant.started:
        access_links.remember_started(request, begun.key)
    return redirect("submissions:step", begun.key, "action")


@applicant_page("POST")
@rereads_if_stale
def leave_answer(request, key):
    """Remove the second contact who asks for it, in one click."""
    application = find_answer(request, key)
    if application.is_seconded_by(request.applicant):
        lifecycle.remove_second_contact(application, at=request.at)
        messages.success(
            request,
            f"Vous ne figurez plus dans le dossier n° {application.reference}.",
        )
    return redirect("committee:space")
