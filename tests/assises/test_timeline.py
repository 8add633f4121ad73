"""Does the band of dates follow the edition, and point at the one that matters now?"""

from datetime import UTC, date, datetime

import pytest

from assises.models import Edition
from assises.timeline import AHEAD, HERE, PAST, timeline
from tests import factories


def edition(**changes):
    values = {
        "opens_at": factories.OPENS_AT,
        "closes_at": factories.CLOSES_AT,
        "inventory_closes_at": factories.INVENTORY_CLOSES_AT,
        "reviews_due_on": date(2027, 6, 30),
        "results_on": date(2027, 7, 5),
        "held_on": factories.HELD_ON,
    }
    return Edition(**(values | changes))


def noon(month, day):
    return datetime(2027, month, day, 10, tzinfo=UTC)


def test_timeline_follows_the_calendar():
    days = [step.day for step in timeline(edition(), noon(5, 12))]

    assert days == [
        date(2027, 2, 1),
        date(2027, 5, 31),
        date(2027, 6, 30),
        date(2027, 7, 5),
        date(2027, 9, 30),
        date(2027, 10, 21),
    ]


@pytest.mark.parametrize(
    ("at", "places", "note"),
    [
        (noon(1, 15), [HERE, *[AHEAD] * 5], "Prochaine date"),
        (noon(5, 31), [PAST, HERE, *[AHEAD] * 4], "En ce moment"),
        (noon(6, 1), [PAST, PAST, HERE, *[AHEAD] * 3], "En ce moment"),
        (noon(10, 21), [*[PAST] * 5, HERE], "Aujourd’hui"),
    ],
)
def test_timeline_points_at_the_first_date_to_come(at, places, note):
    steps = timeline(edition(), at)

    assert [step.place for step in steps] == places
    assert [step.note for step in steps if step.note] == [note]


def test_timeline_is_all_past_after_the_day():
    steps = timeline(edition(), noon(10, 22))

    assert {step.place for step in steps} == {PAST}
    assert [step.note for step in steps if step.note] == []


def test_timeline_leaves_out_what_the_edition_does_not_set():
    bare = edition(
        reviews_due_on=None,
        results_on=None,
        inventory_closes_at=factories.CLOSES_AT,
    )

    assert [step.what for step in timeline(bare, noon(5, 12))] == [
        "Ouverture de l’appel",
        "Vous proposez une action pour la matinée",
        "Les Assises",
    ]
