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
from committee.deliberation import agenda, comparison, decisions, morning
from committee.forms.decision import DecisionForm
from committee.models import Decision, Review
from committee.reviewing import publication, recusals
from committee.views.deliberation import waiting
from submissions.models import Snapshot
from submissions.reading import dossier


@admin_screen("committee.view_decision", keeps_typed_text=True)
@require_http_methods(["GET", "POST"])
def decision(request, pk):
    """Show one proposal beside its decision, and keep what is decided."""
    sight = visibility.sight(request.user, request.site.edition, at=request.at)
    if request.method == "POST":
        if not _may_decide(request.user):
            raise PermissionDenied
        try:
            return _save_decision(request, sight, _find_candidacy(sight, pk))
        except Http404:
            return _decision_unsaved(request, status=404)
    if sight.waits:
        return waiting(request, sight)
    candidacy = _find_candidacy(sight, pk)
    return _show_decision(request, sight, _decision_form(candidacy, suggest=True))


def _may_decide(user):
    return user.has_perm("committee.change_decision")


def _find_candidacy(sight, pk):
    """Return a proposal that is seen, and when its answer last changed (``rewritten_at``);
    unknown, withdrawn and tied: 404."""
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
    """Return the form of what is decided of ``candidacy`` so far."""
    stored = getattr(candidacy, "decision", None)
    return DecisionForm(
        data,
        decision=stored or Decision.unwritten(candidacy),
        lengths=candidacy.edition.talk_lengths,
        **options,
    )


def _show_decision(request, sight, form, *, conflict=(), status=200):
    """Show the dossier, the reviews side by side, and the decision."""
    candidacy = form.decision.application
    found = agenda.agenda_of(sight.candidacies, request.GET)
    if candidacy.pk not in found.standings:
        raise Http404("withdrawn at this very moment")
    before, after = found.neighbours(candidacy.pk)
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
        room=morning.minutes_left(candidacy.edition, found, candidacy.pk),
        standing=found.standings[candidacy.pk],
        total=len(found.standings),
        agenda=found,
        query=_asking(found.query),
        list=_list_address(found, candidacy.pk),
        before=before,
        after=after,
        readings=comparison.comparison_of(candidacy, named=sight.named),
        sections=visibility.sections_to_judge(candidacy, named=sight.named),
    )


def _asking(query):
    return f"?{query}" if query else ""


def _list_address(found, pk):
    """Return where the list was left, or stands now, at the line of ``pk``."""
    query = _asking(found.query_back(pk, PER_PAGE))
    return f"{reverse('screens:deliberation')}{query}#proposition-{pk}"


def _address(pk, found):
    """Return the page of ``pk``, which leads back to the list that is gone through."""
    return f"{reverse('screens:decision', args=[pk])}{_asking(found.query)}"


def _save_decision(request, sight, candidacy):
    """Keep the decision; what is wrong is shown again as it was typed."""
    form = _decision_form(candidacy, request.POST)
    if form.decision.published_at:
        return _decision_unsaved(request, status=409)
    if not form.is_valid():
        return _show_decision(request, sight, form, status=422)
    found = agenda.agenda_of(sight.candidacies, request.GET)
    if candidacy.pk not in found.standings:
        raise Http404("sent or withdrawn at this very moment")
    try:
        decisions.decide(
            candidacy,
            form.choice(),
            seen=form.version_seen,
            by=request.user,
            at=request.at,
        )
    except decisions.StaleDecisionError:
        return _decision_stale(request, sight, candidacy.pk)
    except decisions.DecisionRefusedError:
        return _decision_unsaved(request, status=409)
    return _follow_decision(request, form, found)


def _decision_stale(request, sight, pk):
    """Show what was typed beside what somebody else has decided meanwhile."""
    candidacy = _find_candidacy(sight, pk)
    stored = _decision_form(candidacy)
    posted = request.POST.copy()
    posted["version"] = stored.decision.version
    form = _decision_form(candidacy, posted)
    conflict = [
        dossier.conflict(form, stored, name)
        for name in decisions.COLUMNS
        if dossier.spoken_answer(form, name) != dossier.spoken_answer(stored, name)
    ]
    if form.is_valid() and not conflict:  # A double click: it is stored already.
        return _follow_decision(
            request, form, agenda.agenda_of(sight.candidacies, request.GET)
        )
    return _show_decision(request, sight, form, conflict=conflict, status=409)


def _decision_unsaved(request, *, status):
    """Give back what was typed for a decision that cannot be written any more."""
    return show_unsaved_screen(
        request, "committee/unsaved.html#decision", status=status
    )


def _follow_decision(request, form, found):
    """Say what was kept, and lead to what is decided next if it is asked for.

    ``found`` is the agenda that the page was made from: a list of what is to be decided
    goes on from where this proposal stood in it.
    """
    candidacy = form.decision.application
    here = _address(candidacy.pk, found)
    told = format_html(
        'Décision enregistrée\u00a0: <a href="{}">{}</a>, {}.',
        here,
        candidacy,
        Decision(outcome=form.choice()["outcome"]),
    )
    messages.success(request, told)
    _warn_of_overflow(request, form, found)
    if request.POST.get("geste") != "suivante":
        return redirect(here)
    following = found.next_to_decide(candidacy.pk)
    if following is None:
        messages.info(request, _ending(found, candidacy.pk))
        return redirect(_list_address(found, candidacy.pk))
    if found.comes_before(following, candidacy.pk):
        messages.info(
            request, "La fin de la liste est atteinte\u00a0: on la reprend en tête."
        )
    return redirect(_address(following, found))


def _warn_of_overflow(request, form, found):
    """Say that what was just selected does not fit: nothing forbids it, for now."""
    candidacy, choice = form.decision.application, form.choice()
    if choice["outcome"] != Decision.Outcome.SELECTED:
        return
    edition, minutes = candidacy.edition, choice["minutes"]
    excess = morning.excess_with(edition, found, candidacy.pk, minutes)
    if excess:
        messages.warning(
            request,
            f"La matinée de {edition.morning_minutes}{NBSP}min dépasse maintenant de"
            f" {excess}{NBSP}min, changements compris.",
        )


def _ending(found, pk):
    """Say that the list is gone through, and what is left beside it."""
    if found.is_of_one_outcome:
        return "C’était la dernière de cette liste."
    left = len([other for other in found.undecided if other != pk])
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
    found = agenda.agenda_of(sight.candidacies, request.GET)
    candidacy = get_object_or_404(sight.candidacies, pk=pk)
    reviews = Review.objects.filter(application=candidacy.pk)
    review = get_object_or_404(
        reviews.select_related("member__user", "member__edition"), pk=review
    )
    try:
        recusals.give_back(review, by=request.user, at=request.at)
    except recusals.StillTiedError:
        messages.error(request, _still_tied(review.member))
    except publication.PublishedError:
        messages.error(
            request, "Les résultats sont publiés\u00a0: rien ne se donne plus à lire."
        )
    else:
        messages.success(request, f"{review.member} a de nouveau ce dossier à lire.")
    return redirect(_address(candidacy.pk, found))


def _still_tied(member):
    address = reverse("admin:committee_member_change", args=[member.pk])
    return format_html(
        "Ce déport demeure\u00a0: {} reste liée ou lié à ce dossier. Corrigez d’abord"
        ' <a href="{}">ses liens</a>, s’ils sont faux.',
        member,
        address,
    )
