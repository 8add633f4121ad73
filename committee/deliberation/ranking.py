"""In which order do the handed-in reviews put the proposals?"""

from collections import defaultdict
from typing import NamedTuple

from committee.deliberation import scoring
from committee.models import Review

DONE, ABSTAINED, RECUSED = (
    state.value
    for state in (Review.State.DONE, Review.State.ABSTAINED, Review.State.RECUSED)
)


class ReviewTally(NamedTuple):
    """The reviews of one proposal: the means of those handed in, and how many there are.

    ``assigned`` leaves out recusals; ``abstained`` were given back without opinion.
    """

    means: list
    handed_in: int
    abstained: int
    assigned: int


class Standing(NamedTuple):
    """Where one proposal stands: its rank (``None``: no mark yet) and what is said of it."""

    rank: int | None
    summary: scoring.Summary


def standings(candidacies):
    """Return ``{pk: Standing}`` for every one of ``candidacies``, best first, in one query.

    Only the reviews that were handed in count. A proposal without any mark is there too,
    last, with the rank ``None`` and an empty :class:`~committee.scoring.Summary`. Ranks
    are made of ``candidacies`` alone: give it all that the reader may see, not one page.
    """
    return placed_tallies(tallies(candidacies))


def tallies(candidacies):
    """Return ``{pk: Tally}`` for every one of ``candidacies``, in one query."""
    return tallied(candidacies.order_by().values_list("pk", *MARKS))


# What a row of candidacies joined to their reviews tells of one review.
MARKS = ("reviews__state", "reviews__mean")


def tallied(rows):
    """Return ``{pk: Tally}`` of ``rows``: key, state and mean of one review each."""
    states, means = defaultdict(list), defaultdict(list)
    for pk, state, mean in rows:
        states[pk].append(state)
        if state == DONE:
            means[pk].append(mean)
    return {
        pk: ReviewTally(
            means=sorted(means[pk]),
            handed_in=known.count(DONE),
            abstained=known.count(ABSTAINED),
            assigned=len(known) - known.count(RECUSED) - known.count(None),
        )
        for pk, known in states.items()
    }


def placed_tallies(tallies):
    """Return the standings that ``tallies`` make; equal ranks stand by age of the answer."""
    summaries = {pk: scoring.summary(tally.means) for pk, tally in tallies.items()}
    ranks = scoring.ranks({pk: found.mean for pk, found in summaries.items()})
    order = sorted(ranks, key=lambda pk: (ranks[pk] is None, ranks[pk] or 0, pk))
    return {pk: Standing(ranks[pk], summaries[pk]) for pk in order}
