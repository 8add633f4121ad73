"""One proposal in deliberation: what it says, what was thought of it, what is decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from assises.admin.screens import (
    PER_PAGE,
    admin_screen,
    show_screen,
    show_unsaved_screen,
)
from assises.french.dates import NBSP
from assises.french.numbers import plural
from assises.models import Commune
from committee import visibility
from committee.deliberation import agenda, comparison, decisions
from committee.forms.decision import DecisionForm
from committee.models import Decision, Review
from committee.publishing import publication
from committee.reviewing import recusals
from submissions.models import Snapshot
from submissions.reading import dossier


@admin_screen("committee.view_decision", keeps_typed_text=True)
@require_http_methods(["GET", "POST"])
def decision(request, pk):
    """Show one proposal beside its decision, and keep what is decided."""
    sight = visibility.sight(request.user, request.site.edition, at=request.at)
    posted = request.method == "POST"
    if posted and not _may_decide(request.user):
        raise PermissionDenied
    if sight.lacks_seat and not posted:
        return show_screen(request, "committee/no_seat.html", title="Délibération")
    found = agenda.agenda_of(sight, request.GET)
    try:
        candidacy = _find_candidacy(sight, found, pk)
        if posted:
            return _save_decision(request, sight, found, candidacy)
    except Http404:
        if posted:
            return _decision_unsaved(request, status=404)
        raise
    form = _decision_form(candidacy, suggest=True)
    return _show_decision(request, sight, found, form)


def _may_decide(user):
    return user.has_perm("committee.change_decision")


def _find_candidacy(sight, found, pk):
    """Return a proposal that is seen, and when its answer last changed (``rewritten_at``);
    unknown, in conflict, withdrawn, even at this very moment: 404."""
    if pk not in found.standings:
        raise Http404("not on the agenda")
    newest = Snapshot.objects.filter(application=OuterRef("pk")).newest_first()
    candidacies = (
        sight.candidacies.select_related(
            "structure__seat", "contact", "second_contact", "edition", "decision"
        )
        .defer("structure__seat__outline")
        .prefetch_related(
            "terms", Prefetch("communes", Commune.objects.without_outlines())
        )
        .annotate(rewritten_at=Subquery(newest.values("at")[:1]))
    )
    return get_object_or_404(candidacies, pk=pk)


def _decision_form(candidacy, data=None, **options):
    return DecisionForm(data, decision=decisions.decision_of(candidacy), **options)


def _show_decision(request, sight, found, form, *, conflict=(), status=200):
    candidacy = form.decision.application
    before, after = found.around(candidacy.pk)
    return show_screen(
        request,
        "committee/decision.html",
        title=candidacy.title,
        status=status,
        candidacy=candidacy,
        decision=form.decision,
        form=form,
        conflict=conflict,
        named=sight.named,
        may_decide=_may_decide(request.user),
        may_give_back=candidacy.edition.is_unpublished(request.at),
        beside=found.morning(candidacy.edition, without=candidacy.pk),
        standing=found.standings[candidacy.pk],
        total=len(found.standings),
        agenda=found,
        list=_list_address(found, candidacy.pk),
        before=_address(before[-1], found) if before else "",
        after=_address(after[0], found) if after else "",
        comparison=comparison.comparison_of(candidacy, named=sight.named),
        sections=visibility.sections_to_judge(candidacy, named=sight.named),
    )


def _list_address(found, pk):
    """Return where the list was left, or stands now, at the line of ``pk``."""
    query = found.query_back(pk, PER_PAGE)
    return reverse("screens:deliberation", query=query, fragment=f"proposition-{pk}")


def _address(pk, found):
    """Return the page of ``pk``, which leads back to the list that is gone through."""
    return reverse("screens:decision", args=[pk], query=found.chosen)


def _save_decision(request, sight, found, candidacy):
    """Keep the decision; what is wrong is shown again as it was typed."""
    form = _decision_form(candidacy, request.POST)
    if not form.is_valid():
        return _show_decision(request, sight, found, form, status=422)
    published = form.decision.published_at
    write = publication.revise if published else decisions.decide
    try:
        corrects = write(
            candidacy,
            form.choice(),
            seen=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        )
    except decisions.StaleDecisionError:
        return _decision_stale(request, sight, found, candidacy.pk)
    except decisions.DecisionRefusedError:
        return _decision_unsaved(request, status=409)
    if corrects:
        told = f"Un courriel rectificatif part à {candidacy.email}."
        messages.info(request, told)
    return _follow_decision(request, form, found)


def _decision_stale(request, sight, found, pk):
    """Show what was typed beside what somebody else has decided meanwhile."""
    candidacy = _find_candidacy(sight, found, pk)
    stored = _decision_form(candidacy)
    posted = request.POST.copy()
    posted["version"] = stored.decision.version
    form = _decision_form(candidacy, posted)
    conflict = dossier.conflicts(form, stored, decisions.COLUMNS)
    if form.is_valid() and not conflict:  # A double click: it is stored already.
        return _follow_decision(request, form, found)
    return _show_decision(request, sight, found, form, conflict=conflict, status=409)


def _decision_unsaved(request, *, status):
    return show_unsaved_screen(
        request, "committee/unsaved.html#decision", status=status
    )


def _follow_decision(request, form, found):
    """Say what was kept, and lead to what is decided next if it is asked for.

    ``found`` is the agenda that the page was made from: a list of what is to be decided
    goes on from where this proposal stood in it.
    """
    candidacy, choice = form.decision.application, form.choice()
    here = _address(candidacy.pk, found)
    told = format_html(
        'Décision enregistrée\u00a0: <a href="{}">{}</a>, {}.',
        here,
        candidacy,
        Decision(outcome=choice["outcome"]),
    )
    messages.success(request, told)
    if choice["outcome"] == Decision.Outcome.SELECTED:
        _warn_of_overflow(request, found, candidacy, choice["minutes"])
    if request.POST.get("geste") != "suivante":
        return redirect(here)
    following = found.next_to_decide(candidacy.pk)
    if following is None:
        messages.info(request, _ending(found, candidacy.pk))
        return redirect(_list_address(found, candidacy.pk))
    if following in found.around(candidacy.pk)[0]:
        messages.info(
            request, "La fin de la liste est atteinte\u00a0: on la reprend en tête."
        )
    return redirect(_address(following, found))


def _warn_of_overflow(request, found, candidacy, minutes):
    """Say that what was just selected does not fit: nothing forbids it, for now."""
    edition = candidacy.edition
    if excess := found.morning(edition, without=candidacy.pk).excess_with(minutes):
        messages.warning(
            request,
            f"La matinée de {edition.morning_minutes}{NBSP}min dépasse maintenant de"
            f" {excess}{NBSP}min, changements compris.",
        )


def _ending(found, pk):
    """Say that the list is gone through, and what is left beside it."""
    if found.is_of_one_outcome:
        return "C’était la dernière de cette liste."
    left = len(set(found.undecided) - {pk})
    if not left:
        return "Il ne reste aucune autre proposition à décider."
    return (
        "Il ne reste rien d’autre à décider dans cette liste filtrée\u202f;"
        f" {left} {plural(left, 'reste,restent')} à décider en dehors."
    )


@admin_screen("committee.change_decision")
@require_POST
def give_review_back(request, pk, review):
    """Give a proposal back to a member recused from it by mistake, or without opinion."""
    sight = visibility.sight(request.user, request.site.edition, at=request.at)
    candidacy = get_object_or_404(sight.candidacies, pk=pk)
    reviews = Review.objects.select_related("member__user", "member__edition")
    review = get_object_or_404(reviews, pk=review, application=candidacy.pk)
    try:
        recusals.give_back(review, by=request.user, at=request.at)
    except recusals.StillInConflictError:
        told = format_html(
            "Ce déport demeure\u00a0: {} reste en conflit d’intérêts avec ce dossier. Corrigez d’abord"
            ' <a href="{}">ce qui est noté</a>, si c’est faux.',
            review.member,
            reverse("admin:committee_member_change", args=[review.member_id]),
        )
        messages.error(request, told)
    except recusals.PublishedError:
        messages.error(
            request, "Les résultats sont publiés\u00a0: rien ne se donne plus à lire."
        )
    else:
        messages.success(request, f"{review.member} a de nouveau ce dossier à lire.")
    return redirect(reverse("screens:decision", args=[pk], query=request.GET))
