"""One proposal in deliberation: what it says, what was thought of it, what is decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from assises.admin.screens import admin_screen, show
from assises.forms import typed
from assises.models import Commune
from committee import board, deliberation, ranking, readings, recusals, visibility
from committee.forms.decision import DecisionForm
from committee.models import Decision, Review
from committee.views.deliberation import waiting
from submissions import dossier


@admin_screen("committee.view_decision", keeps_typed_text=True)
@require_http_methods(["GET", "POST"])
def decision(request, pk):
    """Show one proposal beside its decision, and keep what is decided."""
    sight = visibility.sight(request.user, request.site.edition)
    if request.method == "POST":
        if not may_decide(request.user):
            raise PermissionDenied
        try:
            return write(request, sight, find(sight, pk))
        except Http404:
            return unsaved(request, status=404)
    if sight.left:
        return waiting(request, sight)
    candidacy = find(sight, pk)
    return sheet(request, sight, form_for(candidacy, suggest=True))


def may_decide(user):
    return user.has_perm("committee.change_decision")


def find(sight, pk):
    """Return a proposal that is seen; unknown, withdrawn and tied: 404."""
    candidacies = (
        sight.candidacies.select_related(
            "structure__seat", "contact", "second_contact", "edition", "decision"
        )
        .defer("structure__seat__outline")
        .prefetch_related(
            "terms", Prefetch("communes", Commune.objects.without_outlines())
        )
    )
    return get_object_or_404(candidacies, pk=pk)


def form_for(candidacy, data=None, **options):
    """Return the form of what is decided of ``candidacy`` so far."""
    stored = getattr(candidacy, "decision", None)
    return DecisionForm(
        data,
        decision=stored or Decision(application=candidacy, version=0),
        lengths=candidacy.edition.talk_lengths,
        **options,
    )


def sheet(request, sight, form, *, conflict=(), status=200):
    """Show the dossier, the reviews side by side, and the decision."""
    candidacy = form.decision.application
    standings = ranking.standings(sight.candidacies)
    if candidacy.pk not in standings:
        raise Http404("withdrawn at this very moment")
    before, after = neighbours(list(standings), candidacy.pk)
    decides = may_decide(request.user)
    return show(
        request,
        "committee/decision.html",
        title=candidacy.title,
        status=status,
        candidacy=candidacy,
        decision=form.decision,
        form=form,
        conflict=conflict,
        named=sight.named,
        may_decide=decides,
        left=board.minutes_left(candidacy.edition, sight) if decides else 0,
        standing=standings[candidacy.pk],
        total=len(standings),
        before=before,
        after=after,
        readings=readings.of(candidacy, named=sight.named),
        sections=visibility.deliberated(candidacy, named=sight.named),
    )


def neighbours(order, pk):
    """Return the keys just before and just after ``pk`` by rank, ``None`` at the ends."""
    place = order.index(pk)
    return (
        order[place - 1] if place else None,
        order[place + 1] if place + 1 < len(order) else None,
    )


def write(request, sight, candidacy):
    """Keep the decision; what is wrong is shown again as it was typed."""
    form = form_for(candidacy, request.POST)
    if form.decision.published_at:
        return unsaved(request, status=409)
    if not form.is_valid():
        return sheet(request, sight, form, status=422)
    try:
        deliberation.decide(
            candidacy,
            form.choice(),
            seen=form.version_seen,
            by=request.user,
            at=request.at,
        )
    except deliberation.StaleDecisionError:
        return stale(request, sight, candidacy.pk)
    except deliberation.DecisionRefusedError:
        return unsaved(request, status=409)
    return follow(request, sight, form)


def stale(request, sight, pk):
    """Show what was typed beside what somebody else has decided meanwhile."""
    candidacy = find(sight, pk)
    stored = form_for(candidacy)
    typed = request.POST.copy()
    typed["version"] = stored.decision.version
    form = form_for(candidacy, typed)
    conflict = [
        (field.label, dossier.spoken(form, name), dossier.spoken(stored, name))
        for name, field in form.fields.items()
        if name != "version"
        and dossier.spoken(form, name) != dossier.spoken(stored, name)
    ]
    return sheet(request, sight, form, conflict=conflict, status=409)


def unsaved(request, *, status):
    """Give back what was typed for a decision that cannot be written any more."""
    return show(
        request,
        "committee/undecided.html",
        title="Ce n’est pas enregistré",
        typed=typed.texts(request.POST),
        status=status,
    )


def follow(request, sight, form):
    """Say what was kept, and lead to the next proposal by rank if it is asked for."""
    candidacy = form.decision.application
    address = reverse("screens:decision", args=[candidacy.pk])
    told = format_html(
        'Décision enregistrée\u00a0: <a href="{}">{}</a>, {}.',
        address,
        candidacy,
        Decision(outcome=form.choice()["outcome"]),
    )
    messages.success(request, told)
    if request.POST.get("geste") != "suivante":
        return redirect(address)
    order = list(ranking.standings(sight.candidacies))
    _, after = neighbours(order, candidacy.pk) if candidacy.pk in order else (0, None)
    if after is None:
        return redirect("screens:deliberation")
    return redirect("screens:decision", after)


@admin_screen("committee.change_decision")
@require_POST
def lift(request, pk, review):
    """Give a proposal back to a member who was recused from it by mistake."""
    sight = visibility.sight(request.user, request.site.edition)
    candidacy = get_object_or_404(sight.candidacies, pk=pk)
    reviews = Review.objects.filter(application=candidacy.pk)
    review = get_object_or_404(
        reviews.select_related("member__user", "member__edition"), pk=review
    )
    try:
        recusals.lift(review, by=request.user, at=request.at)
    except recusals.StillTiedError:
        messages.error(request, still_tied(review.member))
    else:
        messages.success(
            request, f"Déport levé\u00a0: {review.member} a ce dossier à lire."
        )
    return redirect("screens:decision", candidacy.pk)


def still_tied(member):
    address = reverse("admin:committee_member_change", args=[member.pk])
    return format_html(
        "Ce déport demeure\u00a0: {} reste liée ou lié à ce dossier. Corrigez d’abord"
        ' <a href="{}">ses liens</a>, s’ils sont faux.',
        member,
        address,
    )
