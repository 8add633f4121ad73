"""What does the deliberation show: one row per proposal, and how full the morning is?"""

from collections import Counter
from typing import NamedTuple

from committee.deliberation import ranking, talk_minutes
from committee.models import Decision

# Where a mark stands in the drawing of a row: 100 units a mark, and room at both ends.
UNIT, MARGIN = 100, 12


class Drawing(NamedTuple):
    """The reviews of one proposal on an axis from 0 to 3, in units of the drawing."""

    dots: list
    lowest: int
    highest: int
    mean: int


class Row(NamedTuple):
    """One proposal as the deliberation lists it."""

    candidacy: object
    standing: ranking.Standing
    tally: ranking.ReviewTally
    shares_rank: bool

    @property
    def drawing(self):
        summary = self.standing.summary
        if summary.mean is None:
            return None
        return Drawing(
            [_place_row(mean) for mean in self.tally.means],
            _place_row(summary.lowest),
            _place_row(summary.highest),
            _place_row(summary.mean),
        )

    @property
    def decision(self):
        """The decision once there is an outcome, or ``None``."""
        decision = getattr(self.candidacy, "decision", None)
        return decision if decision and decision.outcome else None


def _place_row(mark):
    """Return where ``mark`` (0 to 3) stands, in units of the drawing."""
    return MARGIN + round(mark * UNIT)


def deliberation_rows(candidacies, pks, agenda):
    """Return the rows of ``pks``, in their order, in one query."""
    standings, tallies = agenda.standings, agenda.tallies
    found = (
        candidacies.filter(pk__in=pks)
        .select_related("structure__seat", "decision")
        .defer("structure__seat__outline", "description", "takeaway", "transferable")
        .in_bulk()
    )
    shared = Counter(standing.rank for standing in standings.values())
    return [
        Row(found[pk], standings[pk], tallies[pk], shared[standings[pk].rank] > 1)
        for pk in pks
        if pk in found
    ]


class Talk(NamedTuple):
    """One selected presentation in the morning: where its block begins, in minutes."""

    pk: int
    title: str
    minutes: int
    start: int
    is_late: bool


class Morning(NamedTuple):
    """The minutes of the morning, as a bar and a list show them."""

    talks: list
    changeover: int
    available: int

    @property
    def minutes(self):
        return [talk.minutes for talk in self.talks]

    @property
    def used(self):
        return talk_minutes.used(self.minutes, self.changeover)

    @property
    def changing(self):
        """Minutes spent between presentations."""
        return self.used - sum(self.minutes)

    @property
    def free(self):
        return max(talk_minutes.free(self.minutes, self.changeover, self.available), 0)

    @property
    def excess(self):
        return talk_minutes.excess(self.minutes, self.changeover, self.available)

    @property
    def room(self):
        """Minutes that one more presentation may last."""
        return talk_minutes.room(self.minutes, self.changeover, self.available)

    @property
    def width(self):
        """Minutes that the bar stands for."""
        return max(self.available, self.used, 1)


class Room(NamedTuple):
    """What the others leave of the morning to one presentation.

    ``minutes`` it may last, once counted the ``changeover`` that parts it from another;
    ``excess``: by how many minutes the others overflow without it.
    """

    minutes: int
    changeover: int
    excess: int


def minutes_left(edition, agenda, pk):
    """Return the :class:`Room` that the selected of ``agenda`` leave to ``pk``."""
    beside = _minutes_beside(agenda, pk)
    changeover, available = edition.changeover_minutes, edition.morning_minutes
    return Room(
        minutes=talk_minutes.room(beside, changeover, available),
        changeover=changeover if beside else 0,
        excess=talk_minutes.excess(beside, changeover, available),
    )


def excess_with(edition, agenda, pk, minutes):
    """Return by how much the morning overflows once ``pk`` is given ``minutes`` of it."""
    talks = [*_minutes_beside(agenda, pk), minutes]
    return talk_minutes.excess(
        talks, edition.changeover_minutes, edition.morning_minutes
    )


def _minutes_beside(agenda, pk):
    """Return the minutes of what ``agenda`` selects, less those of ``pk``."""
    return [line.minutes for line in _selected(agenda) if line.pk != pk]


def _selected(agenda):
    """Return the lines of ``agenda`` that are selected, by rank."""
    lines = [agenda.lines[pk] for pk in agenda.standings]
    return [line for line in lines if line.outcome == Decision.Outcome.SELECTED]


def morning_of(edition, agenda):
    """Return the :class:`Morning` of ``edition`` made of the selected of ``agenda``."""
    lines = _selected(agenda)
    minutes = [line.minutes for line in lines]
    starts = talk_minutes.starts(minutes, edition.changeover_minutes)
    talks = [
        Talk(
            line.pk,
            line.title,
            line.minutes,
            start,
            start + line.minutes > edition.morning_minutes,
        )
        for line, start in zip(lines, starts, strict=True)
    ]
    return Morning(talks, edition.changeover_minutes, edition.morning_minutes)
