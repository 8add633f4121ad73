"""The organiser's screens to ask the bearer of a declared action to present it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from assises.admin.screens import admin_screen, page_of, show_screen
from assises.french import dates, text
from committee.forms.offer_day import OfferForm
from submissions import mails
from submissions.answering import lifecycle
from submissions.offers import asking
from submissions.reading import visibility

# Stands in the preview for the link made at sending.
LINK = "[le lien personnel, fabriqué à l’envoi]"


@admin_screen("committee.change_decision")
@require_safe
def offers(request):
    """List the declared actions, to find one and to follow those that were asked."""
    query, state = request.GET.get("q", ""), request.GET.get("etat", "")
    answers = visibility.applications_visible_to(request.user)
    found = visibility.search(
        _in_state(answers.of(request.site.edition), state), query, request.user
    )
    page = page_of(request, _with_people(found).newest_first())
    for application in page.object_list:
        application.offer_state = asking.offer_state(application, request.at)
    return show_screen(
        request,
        "committee/offers.html",
        title="Proposer à une structure de présenter",
        page=page,
        query=query,
        state=state,
    )


def _in_state(answers, state):
    """Keep the actions of one tab: all those declared, those asked, those that answered."""
    if state == "demandees":
        return answers.asked_to_present()
    if state == "repondues":
        return answers.accepted_to_present() | answers.declined_to_present()
    return answers.declared()


@admin_screen("committee.change_decision", keeps_typed_text=True)
@require_http_methods(["GET", "POST"])
def offer(request, pk):
    """Show an action in short and the mail that would leave; the button sends it."""
    answers = visibility.applications_visible_to(request.user).actions()
    application = get_object_or_404(_with_people(answers), pk=pk)
    if not application.is_declared:
        return _too_late(request, application)
    if request.POST.get("geste") == "annuler":
        return _cancel_offer(request, application)
    if not application.edition.is_ahead(request.at):
        status = 422 if request.method == "POST" else 200
        return _show_offer(request, application, form=None, status=status)
    form = OfferForm(request.POST or None, application=application, at=request.at)
    day = form.cleaned_data["last_day"] if form.is_valid() else None
    if day and request.POST.get("previewed") == day.isoformat():
        return _send_offer(request, application, day)
    return _show_preview(request, application, form, day)


def _with_people(applications):
    return applications.with_people().defer("structure__seat__outline")


def _too_late(request, application):
    """Lead to the answer: proposed already, withdrawn, or a draft again."""
    messages.info(
        request,
        f"Dossier n°{dates.NBSP}{application.reference} : seule une action déclarée et"
        " envoyée peut être demandée.",
    )
    return redirect("admin:submissions_application_change", application.pk)


def _show_preview(request, application, form, changed_to):
    """Show the form beside the mail that would leave now: of the day to begin with, or of
    the one it was ``changed_to``."""
    day = changed_to or form.initial["last_day"]
    until, due = dates.closing_after(day), application.edition.reviews_due_on
    subject, body = mails.letter_asking_to_present(
        application, until=until, at=request.at
    )
    return _show_offer(
        request,
        application,
        form=form,
        status=422 if form.errors else 200,
        previewed=day.isoformat(),
        changed=changed_to is not None,
        is_choosing=application.edition.is_choosing(request.at),
        reading_is_over=due is not None and due < dates.local_day(request.at),
        subject=subject,
        body=body.replace(text.LINK_PLACE, LINK),
    )


def _show_offer(request, application, **context):
    """Show the action; without ``form``, nothing can be asked any more, only taken back."""
    return show_screen(
        request,
        "committee/offer.html",
        title="Proposer de présenter le matin",
        application=application,
        offer_state=asking.offer_state(application, request.at),
        **context,
    )


def _send_offer(request, application, last_day):
    try:
        leaves = asking.ask_to_present(
            application, last_day, by=request.user, at=request.at
        )
    except lifecycle.MoveRefusedError:
        messages.warning(
            request, "Cette réponse vient de changer : rien n’est parti, relisez-la."
        )
        return redirect("admin:submissions_application_change", application.pk)
    done = (
        f"Le courriel part à {application.email}."
        if leaves
        else "Cette présentation était déjà demandée jusqu’à ce jour : rien n’est reparti."
    )
    messages.success(request, done)
    return redirect("screens:offer", application.pk)


def _cancel_offer(request, application):
    try:
        asking.cancel_asking(application, by=request.user, at=request.at)
        messages.success(
            request,
            "La demande est annulée. Aucun courriel ne part : prévenez la personne.",
        )
    except lifecycle.MoveRefusedError:
        messages.info(request, "Rien n’était demandé : rien n’a changé.")
    return redirect("screens:offer", application.pk)
