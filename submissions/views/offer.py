"""The answer to « the committee asks you to present in the morning »: yes on one page, or no."""

from django.contrib import messages
from django.shortcuts import redirect, render

from assises.french import dates
from assises.models import Kind
from assises.web.unsaved import show_unsaved
from submissions import outlook
from submissions.answering import lifecycle
from submissions.offers import asking
from submissions.offers.offer_form import MorningOfferForm
from submissions.reading import dossier
from submissions.views.common import (
    applicant_page,
    find_answer,
    keeps_typed_text,
    lists_for,
    rereads_if_stale,
    show_withdrawn,
    tell_altered,
)
from submissions.views.form import show_or_save_step

# The field whose button tells what the page was posted for.
ANSWER = "reponse"
# What only the person who answered may say.
OWN = {"non", "revoir"}


@applicant_page("GET", "POST")
@keeps_typed_text
@rereads_if_stale
def morning(request, key):
    """Show what the committee asks of a declared action; otherwise the step of that name."""
    application = find_answer(request, key, own=request.POST.get(ANSWER) in OWN)
    if request.POST.get(ANSWER) == "non":
        return _save_no(request, application)
    if request.POST.get(ANSWER) == "revoir":
        return _save_second_thought(request, application)
    if ANSWER in request.POST:
        return _save_yes(request, application)
    if not application.is_asked_to_present:
        if application.has_declined_to_present:
            return redirect("submissions:receipt", application.key)
        return show_or_save_step(request, application, "matinee")
    if application.is_withdrawn:
        return show_withdrawn(request, application)
    if application.is_draft:
        messages.info(request, _to_send_first(application, request.at))
        return redirect("submissions:check", application.key)
    if not application.may_accept(request.at):
        # The receipt says until when it was possible, and whom to write to.
        return redirect("submissions:receipt", application.key)
    return _show_offer_page(request, application, _offer_form(request, application))


def _to_send_first(application, at):
    """Say what a draft must do before it may be presented, or that it is too late."""
    if at < application.offer_ends_at():
        return (
            "Le comité vous propose de présenter cette action : envoyez d’abord votre"
            " réponse, puis revenez ici."
        )
    edition = application.edition
    return (
        "Vous pouviez répondre à la proposition du comité"
        f" {dates.deadline(application.offer_ends_at())}. Toujours d’accord ? Écrivez à"
        f" {edition.contact_email}."
    )


def _offer_form(request, application):
    return MorningOfferForm(
        application,
        request.POST or None,
        lists=lists_for(request),
        own=application.is_owned_by(request.applicant),
    )


def _show_offer_page(request, application, form, *, conflict=(), status=200):
    return render(
        request,
        "submissions/offer.html",
        {
            "application": application,
            "form": form,
            "seen": form.fingerprint(),
            "conflict": conflict,
            "own": application.is_owned_by(request.applicant),
            "after_yes": outlook.after_yes(application, at=request.at),
        },
        status=status,
    )


def _save_yes(request, application):
    """Propose the action if all is there; what is typed is stored whole or shown again."""
    if application.is_withdrawn:
        return show_withdrawn(request, application)
    form = _offer_form(request, application)
    if not application.may_accept(request.at):
        return _offer_refused(request, application, form)
    stale = request.POST.get("seen") != form.fingerprint()
    conflict = [each for each in _replaced(form) if each.stored] if stale else ()
    if conflict:
        return _show_offer_page(
            request, application, form, conflict=conflict, status=409
        )
    if not form.is_valid():
        return _show_offer_page(request, application, form)
    try:
        asking.accept(form, applicant=request.applicant, at=request.at)
    except lifecycle.IncompleteError as error:
        form.refuse(error.lacks)
        return _show_offer_page(request, application, form)
    tell_altered(request, form)
    messages.success(
        request, "Votre action est proposée pour la matinée. Merci, et à bientôt."
    )
    return redirect("submissions:receipt", application.key)


def _replaced(form):
    """Return what is kept and that this page would replace."""
    return [
        each
        for part, stored in form.beside_stored()
        for each in dossier.conflicts(part, stored, part.fields)
    ]


def _offer_refused(request, application, form):
    """Land on the receipt if the other click said yes; else explain, the texts in sight."""
    if application.is_sent and application.is_asked_to_present:
        return show_unsaved(request, "submissions/unsaved.html#late", status=403)
    if not application.is_sent or application.kind != Kind.PROPOSE:
        return show_unsaved(request, "submissions/unsaved.html#not-asked", status=404)
    if _replaced(form):
        return show_unsaved(request, "submissions/unsaved.html#accepted", status=409)
    return redirect("submissions:receipt", application.key)


def _save_no(request, application):
    """Say no, in one click; the action stays declared."""
    try:
        asking.decline(application, at=request.at)
        messages.success(
            request,
            "Votre réponse est notée : vous ne présenterez pas cette action le matin."
            " Elle reste déclarée, et votre structure invitée.",
        )
    except lifecycle.MoveRefusedError:
        messages.info(
            request, "Le comité n’attendait plus de réponse : rien n’a changé."
        )
    return redirect("submissions:receipt", application.key)


def _save_second_thought(request, application):
    """Take back a « no »: the page of the offer opens again, while its day is not past."""
    try:
        asking.reconsider(application, at=request.at)
    except lifecycle.MoveRefusedError:
        # Taken back by another click, or too late: the receipt tells which.
        if not application.may_accept(request.at):
            return redirect("submissions:receipt", application.key)
    return redirect("submissions:morning", application.key)
