"""How far has somebody come in what they have to read?"""

from typing import NamedTuple

from django.db.models import Case, Count, OuterRef, Q, Subquery, When

from committee.models import Member, Review
from submissions.models import Snapshot

State = Review.State


class Counts(NamedTuple):
    """Reviews by state; recusals are not among them: nobody has to do with those."""

    by_state: dict

    @property
    def total(self):
        return sum(self.by_state.values())

    @property
    def pending(self):
        return sum(self.by_state[state] for state in Review.PENDING)

    @property
    def finished(self):
        return self.total - self.pending

    def choices(self):
        """Return triples of state, label and count, in the order of a review's life."""
        return [
            (state.value, state.label, count) for state, count in self.by_state.items()
        ]


def counts(reviews):
    """Return the :class:`Counts` of ``reviews``, in one query."""
    return _as_counts(
        dict(reviews.order_by().values_list("state").annotate(Count("pk")))
    )


def _as_counts(found):
    states = [state for state in State if state != State.RECUSED]
    return Counts({state: found.get(state.value, 0) for state in states})


def review_rows(reviews):
    """Return ``reviews`` with what a list shows of each, and whether it was modified."""
    newest = Snapshot.objects.filter(application=OuterRef("application"))
    return (
        reviews.select_related("application__structure__seat", "typed_by")
        .defer("application__structure__seat__outline")
        .annotate(latest=Subquery(newest.newest_first().values("pk")[:1]))
    )


def first_pending(reviews):
    """Return the first of ``reviews`` left to do, in the member's own order, or ``None``."""
    left = reviews.pending().in_own_order()
    return left.select_related("application").first()


def next_after(review, reviews):
    """Return the next of ``reviews`` left to do, in the member's own order, or ``None``."""
    left = reviews.pending().exclude(pk=review.pk).in_own_order()
    after = Q(position__gt=review.position) | Q(
        position=review.position, pk__gt=review.pk
    )
    return left.filter(after).first() or left.first()


def on_paper(reviews):
    """Return ``reviews`` as they are copied from paper: what is still to read first."""
    typed_last = Case(When(state=State.TO_READ, then=0), default=1)
    return reviews.order_by(typed_last, "application__title", "pk")


def next_on_paper(review, reviews):
    """Return the next of ``reviews`` to copy, in the order of their list, or ``None``."""
    left = on_paper(reviews.filter(state=State.TO_READ).exclude(pk=review.pk))
    title = review.application.title
    after = Q(application__title__gt=title) | Q(
        application__title=title, pk__gt=review.pk
    )
    return left.filter(after).first() or left.first()


class MemberProgress(NamedTuple):
    """How far one member is."""

    member: object
    counts: Counts
    recusals: int

    @property
    def assigned(self):
        return self.counts.total + self.recusals


def by_member(edition):
    """Return one :class:`MemberProgress` per member of ``edition``, in two queries."""
    members = Member.objects.of(edition).select_related("user").in_order()
    reviews = Review.objects.filter(member__edition=edition).of_proposals()
    found = {}
    pairs = reviews.order_by().values_list("member", "state").annotate(Count("pk"))
    for member, state, count in pairs:
        found.setdefault(member, {})[state] = count
    return [
        MemberProgress(member, _as_counts(states), states.get(State.RECUSED.value, 0))
        for member in members
        for states in [found.get(member.pk, {})]
    ]


def unassigned(lines, proposals):
    """Return how many reviews are missing, if each open account reads all ``proposals``."""
    return sum(
        proposals - line.assigned for line in lines if line.member.user.is_active
    )
