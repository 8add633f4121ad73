"""The member's screens: what is left to evaluate, one proposal and its review,
conflicts of interest."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from assises.admin.screens import (
    admin_screen,
    page_of,
    show_screen,
    show_unsaved_screen,
)
from assises.forms import posted_texts
from assises.french import dates
from committee import visibility
from committee.forms.review import ConflictOfInterestForm, ReviewForm
from committee.models import Criterion, Review
from committee.reviewing import handing_in, progress, recusals
from submissions.answering.choice_lists import ChoiceLists
from submissions.reading import dossier

# What the buttons of the sheet ask for.
MOVES_ASKED = {"garder": "keep", "rendre": "hand_in", "sans-avis": "abstain"}
DONE = {"hand_in": "Évaluation rendue", "abstain": "Évaluation rendue sans avis"}
GONE = (
    "Ce dossier n’est pas parmi les vôtres. Si vous venez de déclarer un conflit"
    " d’intérêts, il est noté"
    " et vous ne le verrez plus."
)
NOTED = (
    "Votre conflit d’intérêts est noté. Vous ne verrez plus ce dossier. Une erreur\u202f? Écrivez à"
    " l’organisation."
)
STAYS_COUNTED = (
    "Votre conflit d’intérêts est noté. Les résultats sont publiés\u00a0: l’évaluation que vous aviez"
    " rendue reste comptée."
)


@admin_screen("committee.evaluate_review")
@require_safe
def reviews(request):
    """List the proposals that the member reads, in their own order."""
    member = visibility.member_of(request.user, request.site.edition)
    if member is None:
        return show_screen(request, "committee/no_seat.html", title="Évaluations")
    own = visibility.reviews_of(member)
    states = dict(progress.left_first(own).values_list("pk", "state"))
    state = request.GET.get("etat")
    if state not in Review.State:
        state = ""
    page = page_of(request, [pk for pk in states if not state or states[pk] == state])
    following = next((pk for pk in states if states[pk] in Review.PENDING), None)
    found = Review.objects.filter(pk__in=[*page, following])
    rows = progress.review_rows(found).in_bulk()
    page.object_list = [rows[pk] for pk in page if pk in rows]
    return show_screen(
        request,
        "committee/reviews.html",
        title="Évaluations",
        edition=member.edition,
        counts=progress.counts_of(states.values()),
        following=rows.get(following),
        state=state,
        page=page,
    )


@admin_screen(
    "committee.evaluate_review", "committee.type_review", keeps_typed_text=True
)
@require_http_methods(["GET", "POST"])
def review(request, pk):
    """Show one proposal beside its review, and keep what is written."""
    if request.method == "POST":
        try:
            return _save_review(request, _find_review(request, pk))
        except Http404:
            return _review_unsaved(request, status=404)
    review = _find_review(request, pk)
    check = "manque" in request.GET
    return _show_review(request, _review_form(review, to=request.user, check=check))


def _find_review(request, pk):
    """Return a review that the user may write; unknown, another's, in conflict: 404."""
    reviews = visibility.reviews_open_to(request.user, request.site.edition)
    return get_object_or_404(
        reviews.select_related(
            "member__user",
            "member__edition",
            "snapshot",
            "typed_by",
            "application__structure__seat",
            "application__contact",
            "application__edition",
        ).defer("application__structure__seat__outline"),
        pk=pk,
    )


def _review_form(review, data=None, *, to, **options):
    """Return the form of ``review``, with the marks that its page shows to ``to``."""
    latest = review.application.snapshots.newest_first().first()
    if latest is None:
        raise Http404("no version was sent: there is nothing to read")
    return ReviewForm(
        data,
        review=review,
        criteria=list(Criterion.objects.of(review.member.edition)),
        scores=list(visibility.scores_visible_in(review, to=to)),
        latest=latest,
        **options,
    )


def _show_review(request, form, *, conflict=(), overtaken=False, status=200):
    """Show the proposal, its review, and what others wrote once one's own is in."""
    review = form.review
    application, lists = review.application, ChoiceLists(site=request.site)
    is_own = review.is_by(request.user)
    return show_screen(
        request,
        "committee/review.html",
        title=application.title,
        status=status,
        review=review,
        edition=review.member.edition,
        application=application,
        form=form,
        sections=visibility.sections_to_judge(
            application, snapshot=form.latest, lists=lists
        ),
        changes=visibility.changes(
            review.snapshot, form.latest, application, lists=lists
        ),
        conflict=conflict,
        overtaken=overtaken,
        is_own=is_own,
        may_write=is_own or handing_in.is_typable(review),
    )


def _save_review(request, review):
    """Keep, hand in or leave without opinion; what is wrong is kept and shown again."""
    if not review.is_by(request.user) and not handing_in.is_typable(review):
        return _review_unsaved(request, review, status=409)
    wanted = MOVES_ASKED.get(request.POST.get("geste"), "keep")
    strict = wanted == "hand_in"
    form = _review_form(review, request.POST, to=request.user, strict=strict)
    was_handed_in = review.is_handed_in
    if form.errors and (was_handed_in or posted_texts.too_much(form)):
        return _show_review(request, form, status=422)
    try:
        handing_in.write_review(form, wanted, by=request.user, at=request.at)
    except handing_in.StaleReviewError:
        return _review_stale(request, _find_review(request, review.pk), form, wanted)
    except handing_in.ReviewRefusedError:
        return _review_unsaved(request, review, status=409)
    return _follow_review(request, form, wanted, was_handed_in=was_handed_in)


def _review_stale(request, review, sent, wanted):
    """Show what was typed beside what another page has stored meanwhile; the same page
    sent twice is followed as it was the first time."""
    posted = request.POST.copy()
    stored = _review_form(review, to=request.user)
    posted["version"], posted["snapshot"] = review.version, stored.latest.pk
    form = _review_form(review, posted, to=request.user)
    conflict = dossier.conflicts(form, stored, [*form.marks, *form.TEXTS])
    move = handing_in.MOVES[handing_in.meant(sent, wanted)]
    if not conflict and review.state == move.target:
        return _follow_review(request, sent, wanted)
    if review.is_left:
        return _review_unsaved(request, review, status=409)
    if sent.cleaned_data["version"] == review.version:
        conflict = []
    return _show_review(request, form, conflict=conflict, overtaken=True, status=409)


def _review_unsaved(request, review=None, *, status):
    return show_unsaved_screen(
        request,
        "committee/unsaved.html#review",
        review=review,
        is_own=request.user.has_perm("committee.evaluate_review"),
        status=status,
    )


def _follow_review(request, form, wanted, *, was_handed_in=False):
    """Say what was done, and lead to what comes next: to what is to be mended, or to be
    read again because it has changed, then to the next review."""
    review, move = form.review, handing_in.meant(form, wanted)
    address = reverse("screens:review", args=[review.pk])
    if form.errors and wanted == "hand_in":
        messages.warning(
            request, "Pas encore rendue\u00a0: tout est gardé en brouillon."
        )
        return redirect(f"{address}?manque")
    if form.errors:
        messages.success(request, "Brouillon enregistré, avec un texte à raccourcir.")
        return redirect(address)
    if move == "keep":
        at = dates.clock_time(request.at)
        messages.success(request, f"Brouillon enregistré à {at}.")
        return redirect(f"{address}#evaluation")
    changed = was_handed_in and move == "hand_in"
    told = format_html(
        '{}{}\u00a0: <a href="{}">{}</a>.',
        "Changements enregistrés" if changed else DONE[move],
        "" if review.is_by(request.user) else f" au nom de {review.member}",
        address,
        review.application,
    )
    messages.success(request, told)
    return redirect(address if changed else _next_address(request, review))


def _next_address(request, review):
    """Return the next review to write, by its member or on paper, or else their list."""
    if review.is_by(request.user):
        reviews = visibility.reviews_of(review.member)
        following = progress.next_after(review, reviews)
        whole_list = reverse("screens:reviews")
    else:
        reviews = visibility.reviews_open_to(request.user, request.site.edition)
        following = progress.next_on_paper(review, reviews.of(review.member))
        whole_list = reverse("screens:papers", args=[review.member_id])
    return reverse("screens:review", args=[following.pk]) if following else whole_list


@admin_screen("committee.evaluate_review")
@require_http_methods(["GET", "POST"])
def conflict_of_interest(request, pk):
    """Let a member declare, at any time, a conflict of interest with a proposal."""
    member = visibility.member_of(request.user, request.site.edition)
    if member is None:
        raise Http404("no seat on the committee of this edition")
    own = visibility.reviews_of(member).select_related("application", "member")
    review = own.filter(pk=pk).first()
    if review is None and request.method == "POST":
        # A button pressed twice; in the same words whatever stands, or not, under this key.
        messages.info(request, GONE)
        return redirect("screens:reviews")
    if review is None:
        raise Http404("not a review of theirs")
    form = ConflictOfInterestForm(request.POST if request.method == "POST" else None)
    # What is published moves no more.
    stays_counted = review.is_handed_in and not member.edition.is_unpublished(
        request.at
    )
    if form.is_valid():
        conflict = form.cleaned_data["conflict_of_interest"]
        recusals.declare(review, conflict, by=request.user, at=request.at)
        messages.success(request, STAYS_COUNTED if stays_counted else NOTED)
        return redirect("screens:reviews")
    return show_screen(
        request,
        "committee/conflict_of_interest.html",
        title="Je suis liée ou lié à ce dossier",
        form=form,
        review=review,
        stays_counted=stays_counted,
        status=422 if form.errors else 200,
    )
