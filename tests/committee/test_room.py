"""What the morning leaves to one presentation, and when it is said to overflow."""

import pytest

from assises.models import Edition
from assises.people.permissions import Role
from tests import team
from tests.committee.deciding import CHOICE, address, seen
from tests.committee.factories import DecisionFactory
from tests.committee.mornings import Outcome, asked, reviewed, selected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


def hint(me, candidacy):
    """Return what the others leave, whether they are any, by how much they overflow."""
    beside = seen(me, candidacy).context["beside"]
    return beside.room, len(beside.talks), beside.excess


def save(me, candidacy, **values):
    typed = {**CHOICE, "reason": "", **values}
    response = team.signed_in(me).post(address(candidacy), typed, follow=True)
    assert response.status_code == 200
    return response.text


# What is left, as the page of one proposal says it.


@pytest.mark.parametrize(
    ("lengths", "morning", "expected"),
    [
        ([], 120, "Reste pour cette présentation\u00a0: 120\u00a0min."),
        (
            [12, 15],
            45,
            "Reste pour cette présentation\u00a0: 14\u00a0min, le changement de"
            " 2\u00a0min déjà compté.",
        ),
        (
            [12, 15],
            31,
            "La matinée est pleine\u00a0: il n’y reste pas le temps d’une présentation"
            " de plus.",
        ),
        (
            [12, 15],
            20,
            "Sans cette présentation, la matinée est déjà dépassée de 9\u00a0min.",
        ),
    ],
)
def test_room_is_what_one_more_presentation_has(
    me, candidacy, lengths, morning, expected
):
    Edition.objects.update(morning_minutes=morning)
    for minutes in lengths:
        selected("Une autre", minutes)

    assert f'<p class="hint">{expected}</p>' in seen(me, candidacy).text


def test_room_of_a_selected_one_does_not_count_its_own_minutes(me):
    Edition.objects.update(morning_minutes=30)
    first = selected("Une", 12)
    selected("Deux", 15)
    reviewed("En réserve", outcome=Outcome.RESERVE, minutes=15)

    assert hint(me, first) == (13, 1, 0)


def test_room_of_a_chair_knows_nothing_of_a_conflicted_selection(chair):
    free = reviewed("Ouverte")
    conflicted = selected("Liée", 15)
    chair.structures.add(conflicted.structure)

    assert hint(chair.user, free) == (120, 0, 0)


@pytest.mark.parametrize(
    ("morning", "expected"),
    [
        (120, "Il en reste 89 pour des présentations et 2 pour changer."),
        (31, "Il n’en reste pas assez pour une présentation de plus."),
        (29, "29 minutes prises.</strong>"),
    ],
)
def test_the_board_says_what_changing_takes(me, morning, expected):
    Edition.objects.update(morning_minutes=morning)
    selected("Une", 12)
    selected("Deux", 15)

    assert expected in asked(me).text


# What overflows.

OVERFLOW = "La matinée de 30\u00a0min dépasse maintenant de 4\u00a0min"


@pytest.fixture
def full():
    """A morning of half an hour with one presentation of twenty minutes."""
    Edition.objects.update(morning_minutes=30)
    return selected("Vingt minutes", 20)


def test_a_decision_that_overflows_says_so(me, candidacy, full):
    for button in ("rester", "suivante"):
        other = reviewed("Une autre")
        text = save(me, other, geste=button)
        other.delete()
        assert OVERFLOW in text


def test_what_just_fits_does_not_overflow(me, candidacy, full):
    assert "dépasse maintenant" not in save(me, candidacy, minutes="8")


@pytest.mark.parametrize("outcome", ["reserve", "declined", "a-decider"])
def test_what_takes_no_minutes_does_not_overflow(me, candidacy, full, outcome):
    Edition.objects.update(morning_minutes=10)

    assert "dépasse maintenant" not in save(me, candidacy, outcome=outcome)


def test_a_changed_length_counts_once(me, candidacy, full):
    DecisionFactory(application=candidacy, minutes=15)

    text = save(me, candidacy, version="1", minutes="12")

    assert OVERFLOW in text


@pytest.mark.usefixtures("published")
def test_nobody_but_organisers_is_told_while_reading(candidacy, full):
    text = seen(team.member(Role.READERS), candidacy).text

    assert "Reste pour cette présentation" not in text
