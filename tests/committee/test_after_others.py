"""Marks changed after those of the others could be read: kept, and said in deliberation."""

import pytest

from assises.models import Event
from committee.models import Review
from committee.reviewing import recusals
from tests.committee.deciding import seen
from tests.committee.factories import proposal
from tests.committee.test_without_opinion import post
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
REVISED = "revue après lecture des autres"


@pytest.fixture
def mine(member, other, assigned):
    proposal()
    assigned()
    return Review.objects.get(member=member)


@pytest.fixture
def theirs(mine, other, marks):
    review = Review.objects.get(member=other)
    post(other.user, review, marks, "rendre")
    return review


def told(me, review):
    return REVISED in seen(me, review.application).text


def test_each_hand_in_is_kept_with_its_marks(member, mine, marks):
    first = marks[0]

    for mark in ("1", "none"):
        given = {f"mark-{first.code}": mark}
        post(member.user, mine, marks, "rendre", **given)

    kept = [event.values for event in Event.objects.about(mine)]
    others = {criterion.label: "2" for criterion in marks[1:]}
    assert kept == [
        {first.label: "ne se prononce pas", **others},
        {first.label: "1", **others},
    ]


def test_a_mark_changed_after_reading_the_others_is_said(
    me, member, mine, theirs, marks
):
    post(member.user, mine, marks, "rendre")
    before = told(me, mine)
    post(member.user, mine, marks, "rendre", comment="Mieux dit.")
    reworded = told(me, mine)
    post(member.user, mine, marks, "rendre", mark="3")
    changed = told(me, mine)
    post(member.user, mine, marks, "rendre")

    assert (before, reworded, changed) == (False, False, True)
    assert told(me, mine)  # For good: what was read stays read.


def test_a_mark_changed_while_nobody_else_has_handed_in_is_not(me, member, mine, marks):
    for mark in "12":
        post(member.user, mine, marks, "rendre", mark=mark)

    assert not told(me, mine)


@pytest.mark.parametrize("button", ["sans-avis", "recused"])
def test_who_gave_no_opinion_may_have_read_the_others(
    me, member, mine, theirs, marks, button
):
    if button == "sans-avis":
        post(member.user, mine, marks, button)
    else:
        recusals.recuse(Review.objects.filter(pk=mine.pk), by=me, at=WHILE_OPEN)
    mine.refresh_from_db()

    recusals.give_back(mine, by=me, at=WHILE_OPEN)
    post(member.user, mine, marks, "rendre")

    assert told(me, mine) is (button == "sans-avis")
