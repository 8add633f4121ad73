"""The rehearsal of invitations: every screen alive."""

import pytest

from assises.guests import seats
from assises.models import Edition, Invitation, Mail
from committee.demonstration import invited, loading
from tests.factories import WHILE_OPEN

pytestmark = pytest.mark.django_db
State = Invitation.State


def test_two_thirds_have_answered_some_wait_and_one_mail_failed():
    loading.load_demonstration(WHILE_OPEN, "invited")

    edition = Edition.objects.current()
    at = invited.moment_of(edition)
    states = Invitation.objects.values_list("state", flat=True)
    told = seats.counts(edition, at=at)
    assert {State.SENT, State.ACCEPTED, State.DECLINED, State.WAITING} == set(states)
    unanswered = list(states).count(State.SENT)
    assert 0.3 < unanswered / len(states) < 0.4
    assert told.left >= 0 < told.waiting
    assert Mail.objects.filter(state=Mail.State.FAILED).count() == 1
    assert at < edition.invitations_close_at()
