"""The rehearsal of invitations: every screen alive."""

import pytest
import time_machine
from django.urls import reverse

from assises.guests import rounds, seats
from assises.models import Edition, Invitation, Mail, User
from committee.demonstration import invited, loading
from tests import team
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


def test_the_waiting_list_and_the_failed_mail_are_seen_once_the_worker_has_gone_round():
    loading.load_demonstration(WHILE_OPEN, "invited")
    at = invited.moment_of(Edition.objects.current())
    failed = Mail.objects.get(state=Mail.State.FAILED)
    invitation = Invitation.objects.get(key=failed.reference)

    rounds.do_round(at)
    waiting = list(Invitation.objects.all().in_waiting_order())
    with time_machine.travel(at, tick=False):
        organiser = team.signed_in(User.objects.get(email__startswith="organisation"))
        listed = organiser.get(
            reverse("admin:assises_invitation_changelist"), {"state__exact": "waiting"}
        )
        page = organiser.get(
            reverse("admin:assises_invitation_change", args=[invitation.pk])
        )

    assert len(waiting) > 1
    assert set(listed.context["cl"].result_list) == set(waiting)
    assert failed.kind == "invited"
    assert "en échec" in page.text
    assert not Mail.objects.filter(state=Mail.State.HELD).exists()
