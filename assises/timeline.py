"""Which dates does a year of the Assises go through, and where are we?"""

from typing import NamedTuple

from assises.french import dates

PAST, HERE, AHEAD = "past", "here", "ahead"


class Milestone(NamedTuple):
    """One date of the year: the day, what happens, and where it stands from now."""

    day: object
    until: bool
    what: str
    place: str
    note: str


def timeline(edition, at):
    """Return the milestones of ``edition`` in order; the first one to come is here."""
    today = dates.local_day(at)
    here_found = False
    steps = []
    for day, until, what in sorted(_milestones(edition), key=lambda step: step[0]):
        place = PAST
        if day >= today:
            place, here_found = (AHEAD if here_found else HERE), True
        note = _note_of(day, until, today) if place == HERE else ""
        steps.append(Milestone(day, until, what, place, note))
    return steps


def _note_of(day, until, today):
    """Say why the eye should stop at this date."""
    if until:
        return "En ce moment"
    return "Aujourd’hui" if day == today else "Prochaine date"


def _milestones(edition):
    """Yield ``(day, whether it ends a period, what happens)``, in no order."""
    yield dates.local_day(edition.opens_at), False, "Ouverture de l’appel"
    yield (
        dates.last_day_before(edition.closes_at),
        True,
        "Vous proposez une action pour la matinée",
    )
    if edition.has_two_closings:
        yield (
            dates.last_day_before(edition.inventory_closes_at),
            True,
            "Vous déclarez une action, ou annoncez votre participation",
        )
    if edition.reviews_due_on:
        yield edition.reviews_due_on, True, "Le comité de pilotage lit les propositions"
    if edition.results_on:
        yield edition.results_on, False, "Chaque structure reçoit sa réponse"
    yield edition.held_on, False, "Les Assises"
