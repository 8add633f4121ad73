"""The member's screens: what is left to evaluate, one proposal and its review, ties."""

from itertools import groupby
from operator import attrgetter

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
from committee.forms.review import ReviewForm, TieForm
from committee.models import Criterion, Review
from committee.reviewing import handing_in, progress, recusals
from submissions.answering.choice_lists import Words
from submissions.reading import dossier

# What the buttons of the sheet ask for.
MOVES_ASKED = {"garder": "keep", "rendre": "hand_in", "sans-avis": "abstain"}
GONE = (
    "Ce dossier n’est pas parmi les vôtres. Si vous venez de déclarer un lien, il est noté"
    " et vous ne le verrez plus."
)


@admin_screen("committee.evaluate_review")
@require_safe
def reviews(request):
    """List the proposals that the member reads, in their own order."""
    member = visibility.member_of(request.user, request.site.edition)
    if member is None:
        return show_screen(request, "committee/no_seat.html", title="Évaluations")
    own = visibility.reviews_of(member)
    counts = progress.counts(own)
    following = progress.first_pending(own) if counts.pending else None
    state = request.GET.get("etat", "")
    if state not in Review.State.values:
        state = ""
    if state:
        own = own.filter(state=state)
    return show_screen(
        request,
        "committee/reviews.html",
        title="Évaluations",
        edition=member.edition,
        counts=counts,
        following=following,
        state=state,
        query=f"etat={state}" if state else "",
        page=page_of(request, progress.review_rows(own.in_own_order())),
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
    """Return a review that the user may write; unknown, another's and tied: 404."""
    reviews = visibility.reviews_open_to(request.user, request.site.edition)
    found = get_object_or_404(
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
    if found.is_by(request.user):
        found.member.user = request.user  # Whose rights are known already.
    return found


def _review_form(review, data=None, *, to, **options):
    """Return the form of ``review``; the marks that its page shows to the user ``to``
    are ``form.visible``."""
    visible = list(visibility.scores_visible_in(review, to=to))
    latest = review.application.snapshots.newest_first().first()
    if latest is None:
        raise Http404("no version was sent: there is nothing to read")
    form = ReviewForm(
        data,
        review=review,
        criteria=list(Criterion.objects.of(review.member.edition)),
        scores=[score for score in visible if score.review_id == review.pk],
        latest=latest,
        **options,
    )
    form.visible = visible
    return form


def _show_review(request, form, *, conflict=(), overtaken=False, status=200):
    """Show the proposal, its review, and what others wrote once one's own is in."""
    review = form.review
    application, words = review.application, Words()
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
            application, snapshot=form.latest, words=words
        ),
        changes=visibility.changes(
            review.snapshot, form.latest, application, words=words
        ),
        conflict=conflict,
        overtaken=overtaken,
        is_own=is_own,
        may_write=is_own or handing_in.is_typable(review),
        others=_by_others(form.visible, review),
    )


def _by_others(scores, own):
    """Return pairs of a review that is not ``own`` and its marks."""
    return [
        (review, list(marks))
        for review, marks in groupby(scores, key=attrgetter("review"))
        if review != own
    ]


def _save_review(request, review):
    """Keep, hand in or leave without opinion; what is wrong is kept and shown again."""
    if not review.is_by(request.user) and not handing_in.is_typable(review):
        return _review_unsaved(request, review, status=409)
    move = wanted = MOVES_ASKED.get(request.POST.get("geste"), "keep")
    strict = move == "hand_in"
    form = _review_form(review, request.POST, to=request.user, strict=strict)
    if not form.is_valid():
        if review.is_handed_in or posted_texts.too_much(form):
            return _show_review(request, form, status=422)
        move = "keep" if move == "hand_in" else move
    move = handing_in.meant(form, move)
    changes = review.is_handed_in and move == "hand_in"
    try:
        handing_in.write_review(form, move, by=request.user, at=request.at)
    except handing_in.StaleReviewError:
        return _review_stale(
            request, _find_review(request, review.pk), form, move, wanted
        )
    except handing_in.ReviewRefusedError:
        return _review_unsaved(request, review, status=409)
    if form.errors:
        return _ask_again(request, review, wanted)
    return _follow_review(request, review, move, changes=changes)


def _ask_again(request, review, wanted):
    """Say that all is kept, and lead to what is to be mended; to hand in, to what is
    missing too."""
    address = reverse("screens:review", args=[review.pk])
    if wanted == "hand_in":
        messages.warning(
            request, "Pas encore rendue\u00a0: tout est gardé en brouillon."
        )
        return redirect(f"{address}?manque")
    messages.success(request, "Brouillon enregistré, avec un texte à raccourcir.")
    return redirect(address)


def _review_stale(request, review, sent, move, wanted):
    """Show what was typed beside what another page has stored meanwhile; the same page
    sent twice is followed as it was the first time."""
    posted = request.POST.copy()
    stored = _review_form(review, to=request.user)
    posted["version"], posted["snapshot"] = review.version, stored.latest.pk
    form = _review_form(review, posted, to=request.user)
    differing = [
        dossier.conflict(form, stored, name)
        for name in form.fields
        if name not in form.PAGE
        and _comparable_lines(form, name) != _comparable_lines(stored, name)
    ]
    if not differing and review.state == handing_in.MOVES[move].target:
        if sent.errors:
            return _ask_again(request, review, wanted)
        return _follow_review(request, review, move, changes=False)
    if review.is_left:
        return _review_unsaved(request, review, status=409)
    conflict = differing if sent.version_seen != review.version else []
    return _show_review(request, form, conflict=conflict, overtaken=True, status=409)


def _comparable_lines(form, name):
    """Return what a field says, whatever ends its lines: a browser and the base differ."""
    return dossier.spoken_answer(form, name).strip().splitlines()


def _review_unsaved(request, review=None, *, status):
    """Give back what was typed for a review that cannot be written any more."""
    return show_unsaved_screen(
        request,
        "committee/unsaved.html#review",
        is_left=review is not None and review.is_left,
        is_own=request.user.has_perm("committee.evaluate_review"),
        back=_way_back(request.user, review),
        status=status,
    )


def _way_back(user, review):
    """Return the address and the name of the list that ``user`` came from."""
    if user.has_perm("committee.evaluate_review"):
        address, label = reverse("screens:reviews"), "Revenir à vos évaluations"
    elif review is None:
        address, label = reverse("screens:progress"), "Revenir à l’avancement du comité"
    else:
        address = reverse("screens:papers", args=[review.member_id])
        label = f"Revenir aux évaluations de {review.member}"
    return {"address": address, "label": label}


def _follow_review(request, review, move, *, changes):
    """Say what was done, and lead to what comes next; ``changes`` are read again."""
    address = reverse("screens:review", args=[review.pk])
    if move == "keep":
        at = dates.clock_time(request.at)
        messages.success(request, f"Brouillon enregistré à {at}.")
        return redirect(f"{address}#evaluation")
    messages.success(request, _done(request.user, review, move, changes=changes))
    if changes:
        return redirect(address)
    if review.is_by(request.user):
        reviews = visibility.reviews_of(review.member)
        following = progress.next_after(review, reviews)
        whole_list = ["screens:reviews"]
    else:
        reviews = visibility.reviews_open_to(request.user, request.site.edition)
        following = progress.next_on_paper(review, reviews.of(review.member))
        whole_list = ["screens:papers", review.member_id]
    if following is None:
        return redirect(*whole_list)
    return redirect("screens:review", following.pk)


def _done(user, review, move, *, changes):
    """Say in one line, with its link, what has just been written."""
    words = {"hand_in": "Évaluation rendue", "abstain": "Évaluation rendue sans avis"}
    return format_html(
        '{}{}\u00a0: <a href="{}">{}</a>.',
        "Changements enregistrés" if changes else words[move],
        "" if review.is_by(user) else f" au nom de {review.member}",
        reverse("screens:review", args=[review.pk]),
        review.application,
    )


@admin_screen("committee.evaluate_review")
@require_http_methods(["GET", "POST"])
def tie(request, pk):
    """Let a member say, at any time, that they are tied to a proposal."""
    member = visibility.member_of(request.user, request.site.edition)
    if member is None:
        raise Http404("no seat on the committee of this edition")
    own = visibility.reviews_of(member).select_related("application", "member")
    if request.method == "POST" and not own.filter(pk=pk).exists():
        # A button pressed twice; in the same words whatever stands, or not, under this key.
        messages.info(request, GONE)
        return redirect("screens:reviews")
    review = get_object_or_404(own, pk=pk)
    form = TieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        tie = form.cleaned_data["tie"]
        recusals.declare(review, tie, by=request.user, at=request.at)
        messages.success(request, _noted(review))
        return redirect("screens:reviews")
    return show_screen(
        request,
        "committee/tie.html",
        title="Je suis liée ou lié à ce dossier",
        form=form,
        review=review,
        stays_counted=review.is_handed_in
        and not member.edition.is_unpublished(request.at),
        status=422 if form.errors else 200,
    )


def _noted(review):
    """Say what the tie has changed: nothing about the means that are published."""
    review.refresh_from_db(fields=["state"])
    if review.is_handed_in:
        return (
            "Votre lien est noté. Les résultats sont publiés\u00a0: l’évaluation que vous"
            " aviez rendue reste comptée."
        )
    return (
        "Votre lien est noté. Vous ne verrez plus ce dossier. Une erreur\u202f? Écrivez à"
        " l’organisation."
    )
