"""What the worker does for invitations: reminders, and the waiting list."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assises.guests import rounds
from assises.models import Invitation, Mail
from tests.factories import EditionFactory, GuestFactory, InvitationFactory

pytestmark = pytest.mark.django_db
LAST_DAY = date(2027, 9, 25)


def on(month, day):
    return datetime(2027, month, day, 9, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def edition():
    return EditionFactory(
        answers_until=LAST_DAY,
        quiet_from=date(2027, 7, 10),
        quiet_to=date(2027, 8, 31),
    )


def reminded():
    return Mail.objects.filter(kind="reminded").count()


def test_who_has_not_answered_is_reminded_twice_and_no_more(edition):
    InvitationFactory(sent=True, edition=edition)
    InvitationFactory(accepted=True, edition=edition)
    InvitationFactory(edition=edition)

    told = []
    for day in (10, 15, 16, 22, 23, 25, 26):
        rounds.do_round(on(9, day))
        told.append(reminded())

    assert told == [0, 1, 1, 2, 2, 2, 2]


def test_a_round_that_was_missed_is_caught_up(edition):
    InvitationFactory(sent=True, edition=edition)

    rounds.do_round(on(9, 20))

    assert reminded() == 1


def test_an_invitation_that_has_just_left_is_not_reminded_of_a_day_before_it(edition):
    InvitationFactory(
        edition=edition, state="sent", sent_at=on(9, 18), prepared_at=on(9, 18)
    )

    rounds.do_round(on(9, 19))
    before = reminded()
    rounds.do_round(on(9, 22))

    assert (before, reminded()) == (0, 1)


def test_nothing_leaves_during_the_quiet_weeks(edition):
    edition.answers_until = date(2027, 7, 20)
    edition.save()
    InvitationFactory(sent=True, edition=edition)

    rounds.do_round(on(7, 12))

    assert reminded() == 0


def test_the_waiting_list_moves_when_seats_free(edition):
    edition.capacity = 2
    edition.save()
    waiting = InvitationFactory(
        edition=edition,
        state="waiting",
        sent_at=on(6, 1),
        waiting_since=on(6, 2),
    )
    GuestFactory(invitation=waiting, headcount=2)

    told = rounds.do_round(on(6, 3))
    waiting.refresh_from_db()
    state = waiting.state
    rounds.do_round(waiting.promised_until + timedelta(minutes=1))

    assert "1 promotion" in told
    assert state == Invitation.State.SENT
    # Nobody else waits: the same seats are offered again.
    assert Mail.objects.filter(kind="seats_kept").count() == 2


def test_without_an_edition_there_is_nothing_to_do():
    assert rounds.do_round(on(6, 1)) == "rien à faire"
