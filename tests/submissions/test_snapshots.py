from datetime import timedelta

import pytest

from submissions.answering import lifecycle, snapshots
from tests.factories import WHILE_OPEN, ApplicationFactory

pytestmark = pytest.mark.django_db

LATER = WHILE_OPEN + timedelta(hours=1)


@pytest.fixture
def answer():
    application = ApplicationFactory(proposed=True)
    lifecycle.send(application, at=WHILE_OPEN)
    return application


def test_the_same_words_saved_again_are_the_same_version(answer):
    first = answer.snapshots.get()

    again = snapshots.take_snapshot(answer, at=LATER)

    assert again == first
    assert answer.snapshots.get() == first


def test_other_words_and_those_that_come_back_are_other_versions(answer):
    before = answer.typed
    answer.type("action", {"title": ["Un autre titre"]})
    second = snapshots.take_snapshot(answer, at=LATER)
    answer.typed = before

    third = snapshots.take_snapshot(answer, at=LATER)

    assert (second.number, second.at, third.number) == (2, LATER, 3)
    assert second.content["action"]["title"] == ["Un autre titre"]


def test_the_same_words_sent_again_after_a_withdrawal_are_another_version(answer):
    lifecycle.withdraw(answer, at=LATER)
    lifecycle.resume(answer, at=LATER)

    lifecycle.send(answer, at=LATER)

    numbers = answer.snapshots.order_by("number").values_list("number", "at")
    assert list(numbers) == [(1, WHILE_OPEN), (2, LATER)]
