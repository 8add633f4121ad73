"""In which order do the handed-in reviews put the proposals?"""

from collections import Counter, defaultdict
from statistics import median
from typing import NamedTuple

from django.db.models import Count

from committee.deliberation import scoring
from committee.models import Review

State = Review.State

# Two reviews further apart than this call for a discussion before any decision.
WIDE_SPREAD = 1.5


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


def standings_in(sight):
    """Return what :func:`standings` does of what ``sight`` shows, as it was published once
    it is: reviews and answers that change since then move nobody. One query, or two."""
    published = published_standings(sight.published)
    if not published:
        return standings(sight.candidacies)
    later = sight.candidacies.exclude(pk__in=published).order_by("pk")
    alone = Standing(None, shares_rank=False, means=[], abstained=0, assigned=0)
    return published | dict.fromkeys(later.values_list("pk", flat=True), alone)


def published_standings(decisions):
    """Return ``{application key: Standing}`` of published ``decisions``, best first.

    Ranks are made again of their means alone: who may not know of one sees no gap.
    """
    frozen = dict(
        decisions.order_by("application").values_list("application", "frozen")
    )
    means = {
        pk: scoring.mean_of_reviews(row["means"]) if row["rank"] else None
        for pk, row in frozen.items()
    }
    ranks = scoring.ranks(means)
    sharing = Counter(ranks.values())
    return {
        pk: Standing(
            rank=ranks[pk],
            shares_rank=sharing[ranks[pk]] > 1,
            **{name: frozen[pk][name] for name in ("means", "abstained", "assigned")},
        )
        for pk in _by_rank(ranks)
    }


def _by_rank(ranks):
    """Return the keys of ``ranks``, best first; equal ones by age of the answer."""
    return sorted(ranks, key=lambda pk: (ranks[pk] is None, ranks[pk] or 0, pk))


def standings(candidacies):
    """Return ``{pk: Standing}`` for every one of ``candidacies``, best first, in one query.

    A proposal without any mark is there too, last; equal ranks stand by age of the
    answer. Ranks are made of ``candidacies`` alone: give it all that the reader may see,
    not one page.
    """
    states, means = defaultdict(Counter), defaultdict(list)
    alike = candidacies.order_by().values_list("pk", "reviews__state", "reviews__mean")
    for pk, state, mean, number in alike.annotate(Count("reviews")):
        states[pk][state] += number
        if state in Review.HANDED_IN:
            means[pk] += [mean] * number
    ranks = scoring.ranks({pk: scoring.mean_of_reviews(means[pk]) for pk in states})
    sharing = Counter(ranks.values())
    return {
        pk: Standing(
            rank=ranks[pk],
            shares_rank=sharing[ranks[pk]] > 1,
            means=sorted(means[pk]),
            abstained=states[pk][State.ABSTAINED],
            assigned=states[pk].total() - states[pk][State.RECUSED],
        )
        for pk in _by_rank(ranks)
    }
