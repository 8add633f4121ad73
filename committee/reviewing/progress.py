"""How far has somebody come in what they have to read, and which review comes next?"""

from collections import Counter, defaultdict
from typing import NamedTuple

from django.db.models import Case, Count, OuterRef, Q, Subquery, When

from committee.models import Member, Review
from submissions.models import Snapshot

State = Review.State
PLURALS = {State.DRAFT: "brouillons", State.DONE: "rendues", State.RECUSED: "déports"}


def heading(state):
    """Name several reviews in ``state``."""
    return PLURALS.get(state, state.label)


class Counts(NamedTuple):
    """Reviews by state; recusals are apart: nobody has to do with those."""

    by_state: dict
    recusals: int

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
            (state.value, heading(state), count)
            for state, count in self.by_state.items()
        ]


def counts(reviews):
    """Return the :class:`Counts` of ``reviews``, in one query."""
    found = reviews.order_by().values_list("state").annotate(Count("pk"))
    return _as_counts(dict(found))


def counts_of(states):
    """Return the :class:`Counts` of reviews in these ``states``."""
    return _as_counts(Counter(states))


def _as_counts(found):
    states = [state for state in State if state != State.RECUSED]
    return Counts(
        {state: found.get(state, 0) for state in states}, found.get(State.RECUSED, 0)
    )


def review_rows(reviews):
    """Return ``reviews`` with what a list shows of each, and whether it was modified."""
    newest = Snapshot.objects.filter(application=OuterRef("application"))
    return (
        reviews.select_related("application__structure__seat", "typed_by")
        .defer("application__structure__seat__outline")
        .annotate(latest=Subquery(newest.newest_first().values("pk")[:1]))
    )


def left_first(reviews):
    """Return ``reviews`` in the member's own order, what is left to do first."""
    done_last = Case(When(state__in=Review.PENDING, then=0), default=1)
    return reviews.order_by(done_last, "position", "pk")


def first_pending(reviews):
    """Return the first of ``reviews`` left to do, in the member's own order, or ``None``."""
    left = reviews.pending().in_own_order()
    return left.select_related("application").first()


def next_after(review, reviews):
    """Return the next of ``reviews`` left to do, in the member's own order, or ``None``."""
    left = reviews.pending().exclude(pk=review.pk).in_own_order()
    return left.filter(position__gt=review.position).first() or left.first()


def on_paper(reviews):
    """Return ``reviews`` as they are copied from paper: what is still to read first."""
    typed_last = Case(When(state=State.TO_READ, then=0), default=1)
    return reviews.order_by(typed_last, "application__search_text", "pk")


def next_on_paper(review, reviews):
    """Return the next of ``reviews`` to copy, in the order of their list, or ``None``."""
    left = on_paper(reviews.filter(state=State.TO_READ).exclude(pk=review.pk))
    here = review.application.search_text
    after = left.filter(
        Q(application__search_text__gt=here)
        | Q(application__search_text=here, pk__gt=review.pk)
    )
    return after.first() or left.first()


def by_member(edition, proposals):
    """Return the members of ``edition``, each with their ``counts`` of ``proposals``, in two
    queries."""
    members = Member.objects.of(edition).select_related("user").in_order()
    reviews = Review.objects.filter(
        member__edition=edition, application__in=proposals.values("pk")
    )
    found = defaultdict(dict)
    pairs = reviews.order_by().values_list("member", "state").annotate(Count("pk"))
    for member, state, count in pairs:
        found[member][state] = count
    for member in members:
        member.counts = _as_counts(found[member.pk])
    return members


def awaited(members):
    """Return those of ``members``, with their ``counts``, who still have something to hand in."""
    return [row for row in members if row.user.is_active and row.counts.pending]


def unassigned(members, proposals):
    """Return how many reviews are missing, if each open account reads all ``proposals``."""
    return sum(
        proposals - member.counts.total - member.counts.recusals
        for member in members
        if member.user.is_active
    )
