"""Two invited people, or two organisers, click in the same instant."""

import os

import pytest

from assises.guests import answering, invitations, seats
from assises.guests.answering import Answer
from assises.models import Guest, Invitation, Mail
from tests import factories
from tests.assises.test_invitations import AT, people, wanted
from tests.factories import GuestFactory, InvitationFactory
from tests.together import together

ROUNDS = int(os.environ.get("ROUNDS", "5"))

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=False)
State = Invitation.State


def test_of_two_who_accept_the_last_seats_one_waits():
    edition = factories.EditionFactory(capacity=2)
    for _ in range(ROUNDS):
        pair = InvitationFactory.create_batch(2, sent=True, edition=edition)

        together(
            *(
                lambda one=one: answering.accept(
                    one, people("Un", "Deux"), Answer(), at=AT
                )
                for one in pair
            )
        )

        states = {Invitation.objects.get(pk=one.pk).state for one in pair}
        assert states == {State.ACCEPTED, State.WAITING}
        assert seats.free(edition, at=AT) == 0
        Invitation.objects.all().delete()


def test_two_organisers_prepare_and_send_once():
    edition = factories.EditionFactory()
    organiser = factories.UserFactory()
    some = wanted(3)

    def act():
        invitations.prepare(edition, some, by=organiser, at=AT)
        invitations.send(Invitation.objects.all(), by=organiser, at=AT)

    together(act, act)

    assert Invitation.objects.filter(state=State.SENT).count() == 3
    assert Mail.objects.filter(kind="invited").count() == 3


def test_a_seat_handed_while_its_structure_answers_again_has_one_owner():
    edition = factories.EditionFactory(capacity=2)
    for _ in range(ROUNDS):
        invitation = InvitationFactory(accepted=True, edition=edition, seats=2)
        guest = GuestFactory(invitation=invitation, name="Zoé")
        again = [(guest.key, dict(people("Zoé")[0][1]))]

        def answer(invitation=invitation, again=again):
            fresh = Invitation.objects.get(pk=invitation.pk)
            try:
                answering.accept(fresh, again, Answer(), at=AT)
            except invitations.MoveRefusedError:
                return "refused"

        together(
            answer,
            lambda guest=guest: answering.hand_over(
                guest, "adele@example.org", by="Zoé", at=AT
            ),
        )

        [left] = Guest.objects.filter(invitation=invitation)
        assert left.email == "adele@example.org"
        assert left.handed_at is not None
        Invitation.objects.all().delete()
