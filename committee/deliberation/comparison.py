"""How did each member mark one proposal, side by side?"""

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import F

from committee.deliberation import scoring
from committee.models import Review


class Comparison(NamedTuple):
    """The reviews of one proposal, by what became of them.

    ``criteria`` are triples of a label, the mark of each of ``done`` (``None``: no
    opinion; empty: it was not asked) and their mean.
    """

    done: list
    criteria: list
    ended: list
    abstained: int
    pending: int


def comparison_of(candidacy, *, named):
    """Return the :class:`Comparison` of the reviews of ``candidacy``, in one query.

    Without names, reviews stand by their mean: their place says nothing of their
    author.
    """
    groups = [list(rows) for _, rows in groupby(_marked(candidacy), attrgetter("pk"))]
    reviews = [rows[0] for rows in groups]
    done = [rows for rows in groups if rows[0].is_handed_in]
    if not named:
        done.sort(key=lambda rows: -rows[0].mean)
    return Comparison(
        done=[rows[0] for rows in done],
        criteria=_criteria(done),
        ended=[review for review in reviews if review.state in Review.ENDED],
        abstained=sum(review.is_left for review in reviews),
        pending=sum(review.is_pending for review in reviews),
    )


def _marked(candidacy):
    """Return each review of ``candidacy`` once per mark, or once without any."""
    return (
        Review.objects.filter(application=candidacy.pk)
        .select_related("member__user")
        .annotate(
            criterion=F("scores__criterion"),
            criterion_label=F("scores__criterion__label"),
            criterion_order=F("scores__criterion__order"),
            mark=F("scores__mark"),
        )
        .order_by("member__user__search_text", "pk")
    )


def _criteria(done):
    """Compare ``done``, the rows of each review, in the order of the criteria."""
    sheets = [{row.criterion: row.mark for row in rows} for rows in done]
    asked = {
        (row.criterion_order, row.criterion, row.criterion_label)
        for rows in done
        for row in rows
        if row.criterion is not None
    }
    return [
        (
            label,
            [marks.get(criterion, "") for marks in sheets],
            scoring.weighted_mean((marks.get(criterion), 1) for marks in sheets),
        )
        for _, criterion, label in sorted(asked)
    ]
