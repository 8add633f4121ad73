"""The organiser's screens to ask the bearer of a declared action to present it."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from assises import dates, text
from assises.admin.base import MOST_SIGNS, MOST_WORDS
from assises.admin.screens import admin_screen, show
from assises.models import Event
from committee.forms.offer import OfferForm, sensible_day
from committee.views.reviews import PER_PAGE
from submissions import proposals, visibility
from submissions.models import Application

WAITING = "demandees"
# Stands in the preview for the link made at sending.
LINK = "[le lien personnel, fabriqué à l’envoi]"


@admin_screen("committee.change_decision")
@require_safe
def offers(request):
    """List the declared actions, to find one and to follow those that were asked."""
    declared = visibility.applications_visible_to(request.user).declared()
    declared = declared.of(request.site.edition)
    query, state = request.GET.get("q", ""), request.GET.get("etat", "")
    found = declared.asked_to_present() if state == WAITING else declared
    found = with_people(
        found.search(text.fold(query[:MOST_SIGNS]).split()[:MOST_WORDS])
    ).newest_first()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    answered = declined(page.object_list)
    for application in page.object_list:
        application.standing = standing(application, answered, at=request.at)
    return show(
        request,
        "committee/offers.html",
        title="Proposer à une structure de présenter",
        page=page,
        query=query,
        state=state,
        waiting=WAITING,
        rest=urlencode({"q": query, "etat": state}),
    )


def declined(applications):
    """Return key → instant of the last « no » among ``applications``, in one query."""
    said = Event.objects.filter(
        verb=proposals.DECLINED,
        model=Application._meta.label_lower,
        object_key__in=[str(application.pk) for application in applications],
    )
    return dict(said.order_by("at", "pk").values_list("object_key", "at"))


class Standing(NamedTuple):
    """Where the gesture stands: a word, its look, and the days."""

    word: str
    look: str
    days: str


def standing(application, answered, *, at):
    """Return the :class:`Standing` of one action, or ``None`` if nothing was asked."""
    asked = application.asked_to_present_at
    if asked is not None:
        until = dates.short_day(dates.last_day_before(application.editable_until))
        days = f"le {written(asked)}, jusqu’au {until}"
        if application.may_accept(at):
            return Standing("demandé", "waiting", days)
        return Standing("sans réponse", "wrong", f"demandé {days}")
    if said := answered.get(str(application.pk)):
        return Standing("décliné", "", f"le {written(said)}")
    return None


def written(instant):
    return dates.short_day(dates.local_day(instant))


@admin_screen("committee.change_decision")
@require_http_methods(["GET", "POST"])
def offer(request, pk):
    """Show an action in short and the mail that would leave; the button sends it."""
    application = find(request, pk)
    if not proposals.is_declared(application):
        return too_late(request, application)
    form = OfferForm(
        request.POST or None,
        application=application,
        at=request.at,
        initial={"last_day": sensible_day(application, at=request.at)},
    )
    if request.method == "POST":
        if request.POST.get("geste") == "annuler":
            return cancel(request, application)
        if form.is_valid() and form.is_as_previewed():
            return ask(request, application, form.cleaned_data["last_day"])
    return sheet(request, application, form)


def find(request, pk):
    answers = visibility.applications_visible_to(request.user).actions()
    return get_object_or_404(with_people(answers), pk=pk)


def with_people(applications):
    return applications.with_people().defer("structure__seat__outline")


def too_late(request, application):
    """Lead to the answer: proposed already, withdrawn, or a draft again."""
    messages.info(
        request,
        f"Dossier n°{dates.NBSP}{application.reference} : seule une action déclarée et"
        " envoyée peut être demandée.",
    )
    return redirect("admin:submissions_application_change", application.pk)


def sheet(request, application, form):
    """Show the form beside the mail of the day it holds, as it would leave now."""
    day = shown_day(form)
    form.initial["previewed"] = day
    subject, body = proposals.preview(application, day)
    changed = form.is_bound and not form.errors
    if changed:
        form = OfferForm(
            application=application,
            at=request.at,
            initial={"last_day": day, "previewed": day},
        )
    return show(
        request,
        "committee/offer.html",
        title="Proposer de présenter le matin",
        status=422 if form.errors else 200,
        application=application,
        form=form,
        changed=changed,
        subject=subject,
        body=body.replace(text.LINK_PLACE, LINK),
        standing=standing(application, declined([application]), at=request.at),
    )


def shown_day(form):
    """Return the day of the preview: the valid one typed, or the one to begin with."""
    typed = form.is_bound and form.cleaned_data.get("last_day")
    return typed or form.initial["last_day"]


def ask(request, application, last_day):
    try:
        leaves = proposals.ask(application, last_day, by=request.user, at=request.at)
    except proposals.OfferRefusedError:
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


def cancel(request, application):
    try:
        proposals.cancel(application, by=request.user, at=request.at)
        messages.success(
            request,
            "La demande est annulée. Aucun courriel ne part : prévenez la personne.",
        )
    except proposals.OfferRefusedError:
        messages.info(request, "Rien n’était demandé : rien n’a changé.")
    return redirect("screens:offer", application.pk)
