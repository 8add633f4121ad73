"""In which order do the handed-in reviews put the proposals?"""

from collections import Counter, defaultdict
from statistics import median
from typing import NamedTuple

from committee.deliberation import scoring
from committee.models import Review

State = Review.State

# Two reviews further apart than this call for a discussion before any decision.
WIDE_SPREAD = 1.5
# What candidacies joined to their reviews tell of one review.
REVIEW = ("reviews__state", "reviews__mean")


class Standing(NamedTuple):
    """Where one proposal stands, and what its reviews say of it.

    ``rank`` is ``None`` without any mark; ``means`` are those of the reviews handed in,
    from 0 to 3, lowest first; ``assigned`` counts all reviews but recusals.
    """

    rank: int | None
    shares_rank: bool
    means: list
    abstained: int
    assigned: int

    @property
    def handed_in(self):
        return len(self.means)

    @property
    def mean(self):
        return scoring.mean_of_reviews(self.means)

    @property
    def median(self):
        return median(self.means) if self.means else None

    @property
    def spread(self):
        """How many marks part the most severe review from the most generous one."""
        return self.means[-1] - self.means[0] if self.means else None

    @property
    def is_divided(self):
        return bool(self.means) and self.spread >= WIDE_SPREAD


def standings(candidacies):
    """Return ``{pk: Standing}`` for every one of ``candidacies``, best first, in one query.

    A proposal without any mark is there too, last. Ranks are made of ``candidacies``
    alone: give it all that the reader may see, not one page.
    """
    return standings_of(candidacies.order_by().values_list("pk", *REVIEW))


def standings_of(rows):
    """Return ``{pk: Standing}`` of ``rows``: key, state and mean of one review each.

    Equal ranks stand by age of the answer.
    """
    states, means = defaultdict(list), defaultdict(list)
    for pk, state, mean in rows:
        states[pk].append(state)
        if state in Review.HANDED_IN:
            means[pk].append(mean)
    ranks = scoring.ranks({pk: scoring.mean_of_reviews(means[pk]) for pk in states})
    sharing = Counter(ranks.values())
    order = sorted(ranks, key=lambda pk: (ranks[pk] is None, ranks[pk] or 0, pk))
    return {
        pk: Standing(
            rank=ranks[pk],
            shares_rank=sharing[ranks[pk]] > 1,
            means=sorted(means[pk]),
            abstained=states[pk].count(State.ABSTAINED),
            assigned=sum(state not in (None, State.RECUSED) for state in states[pk]),
        )
        for pk in order
    }
