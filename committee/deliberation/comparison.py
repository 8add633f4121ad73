"""How did each member mark one proposal, side by side?"""

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import F

from committee.deliberation import scoring
from committee.models import Review

State = Review.State


class Mark(NamedTuple):
    """What one review says of one criterion: 0 to 3, or nothing."""

    value: int | None
    is_given: bool


class Sheet(NamedTuple):
    """One review as it is compared: ``marks`` by key of criterion."""

    review: Review
    name: str
    marks: dict


class Comparison(NamedTuple):
    """One criterion, compared: a mark for each sheet, and their mean."""

    label: str
    marks: list
    mean: float | None


class Readings(NamedTuple):
    """The reviews of one proposal, by what became of them."""

    sheets: list
    criteria: list
    abstained: list
    ended: list
    pending: int


def comparison_of(candidacy, *, named):
    """Return the :class:`Readings` of ``candidacy``, in one query.

    Without names, reviews stand by their mean: their place says nothing of their
    author.
    """
    groups = [list(rows) for _, rows in groupby(_marked(candidacy), attrgetter("pk"))]
    done = [rows for rows in groups if rows[0].is_handed_in]
    if not named:
        done.sort(key=lambda rows: -(rows[0].mean or 0))
    sheets = [
        _sheet_of(rows, number, named) for number, rows in enumerate(done, start=1)
    ]
    states = [rows[0] for rows in groups]
    return Readings(
        sheets=sheets,
        criteria=_criteria(done, sheets),
        abstained=[review for review in states if review.is_left],
        ended=[review for review in states if review.has_ended],
        pending=sum(review.is_pending for review in states),
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
        .order_by(
            "member__user__last_name",
            "member__user__first_name",
            "pk",
            "criterion_order",
            "criterion",
        )
    )


def _sheet_of(rows, number, named):
    review = rows[0]
    name = str(review.member) if named else f"Évaluation {number}"
    return Sheet(review, name, {row.criterion: row.mark for row in rows})


def _criteria(done, sheets):
    """Return the lines of the comparison, in the order of the criteria."""
    labels = {
        (row.criterion_order, row.criterion): row.criterion_label
        for rows in done
        for row in rows
        if row.criterion is not None
    }
    return [_compared(labels[key], key[1], sheets) for key in sorted(labels)]


def _compared(label, criterion, sheets):
    marks = [
        Mark(sheet.marks.get(criterion), criterion in sheet.marks) for sheet in sheets
    ]
    return Comparison(label, marks, scoring.summary(mark.value for mark in marks).mean)
