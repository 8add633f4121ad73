"""How does a review go from first reading to handed in?"""

from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from assises.models import Edition
from assises.people import audit
from committee.deliberation import scoring
from committee.models import Candidacy, Criterion, Member, Review, Score

State = Review.State


class Move(NamedTuple):
    sources: frozenset
    target: str
    verb: str


OPEN = Review.PENDING | {State.DONE}
MOVES = {
    "keep": Move(Review.PENDING, State.DRAFT, "évaluation commencée"),
    "hand_in": Move(OPEN, State.DONE, "évaluation rendue"),
    "abstain": Move(OPEN, State.ABSTAINED, "sans avis"),
}


class ReviewRefusedError(Exception):
    """The review is closed: recused, left without opinion, its proposal withdrawn, or the
    results published."""


class StaleReviewError(Exception):
    """The review was changed meanwhile, from another page; or the page does not say what
    it has shown."""


@transaction.atomic
def write_review(form, move, *, by, at):
    """Store a review along ``move`` (a key of :data:`MOVES`), whole or not at all.

    ``form`` is strict to hand in; of a draft that is wrong here and there, the valid
    fields are stored, the others as they were typed. ``by`` is the member, or the
    organiser who copies their paper. Raises :class:`ReviewRefusedError` and
    :class:`StaleReviewError`.
    """
    move, snapshot = meant(form, move), form.cleaned_data["snapshot"]
    if move != "keep" and snapshot is None:
        raise StaleReviewError
    review, rule = form.review, MOVES[move]
    was, handing_in = review.state, move == "hand_in"
    weights = _held_weights(review.member.edition_id) if handing_in else {}
    changes = {
        **form.texts(),
        "state": rule.target,
        "unfinished": {} if handing_in else form.kept(),
        "snapshot": snapshot,
        "mean": form.mean(weights) if handing_in else None,
        "handed_in_at": at if handing_in else None,
        "changed_at": at,
        "after_others": review.after_others or _is_revised(form, by=by),
        "typed_by": by if by.pk != review.member.user_id else None,
    }
    _update_review(
        review, rule.sources, changes, seen=form.cleaned_data["version"], at=at
    )
    form.write_scores()
    if (was, rule.target) != (State.DRAFT, State.DRAFT):
        marks = form.told_marks() if handing_in else {}
        changed = {"state", *marks}
        audit.record(rule.verb, review, by=by, at=at, changed=changed, values=marks)


def _is_revised(form, *, by):
    """Say whether a member changes marks after they could read those of the others."""
    review = form.review
    return (
        review.is_handed_in
        and review.is_by(by)
        and form.changes_marks
        and Review.objects.beside(review).exists()
    )


def meant(form, move):
    """Return what ``move`` amounts to: to hand in what is wrong is to keep it, and no mark
    at all is to abstain."""
    if move == "hand_in" and not form.is_valid():
        return "keep"
    return "abstain" if move == "hand_in" and not form.has_mark else move


def _update_review(review, sources, changes, *, seen, at):
    """Write ``changes`` by one UPDATE that tests version, state and calendar together."""
    own = _open_reviews(Review.objects.filter(pk=review.pk), at=at)
    mine = own.filter(state__in=sources, version=seen)
    if not mine.update(version=F("version") + 1, **changes):
        moved = own.exclude(state=State.RECUSED).exclude(version=seen)
        raise StaleReviewError if moved.exists() else ReviewRefusedError


def is_typable(review):
    """Say whether an organiser may copy paper marks here: the member has written nothing."""
    return review.state == State.TO_READ or review.typed_by_id is not None


def _open_reviews(reviews, *, at):
    """Keep those that may still be written: the proposal stands, nothing is published.

    Subqueries, not joins: PostgreSQL tests them again after waiting for a lock.
    """
    return reviews.filter(
        application__in=Candidacy.objects.values("pk"),
        member__in=Member.objects.unpublished(at).values("pk"),
    )


@transaction.atomic
def weigh_again(edition):
    """Compute the means of ``edition`` again: the weight of a criterion has changed."""
    weights = _held_weights(edition.pk)
    marks = {}
    scores = Score.objects.filter(review__member__edition=edition)
    for review, criterion, mark in scores.values_list("review", "criterion", "mark"):
        marks.setdefault(review, []).append((mark, weights[criterion]))
    reviews = Review.objects.filter(member__edition=edition).handed_in()
    for pk, version in reviews.values_list("pk", "version"):
        # Left without opinion or recused meanwhile, it has no mean any more.
        same = Review.objects.handed_in().filter(pk=pk, version=version)
        same.update(mean=scoring.weighted_mean(marks.get(pk, [])))


def _held_weights(edition_pk):
    """Return key → weight of the criteria of the edition of that key.

    The edition is held until the end of the transaction: of a review handed in and a
    weight changed at the same time, the second knows what the first has written.
    """
    held = Edition.objects.filter(pk=edition_pk).select_for_update(no_key=True)
    list(held.values_list("pk"))
    criteria = Criterion.objects.filter(edition=edition_pk)
    return dict(criteria.values_list("pk", "weight"))
