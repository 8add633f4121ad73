"""What people say of an invitation, against each other and against a full room."""

import pytest

from assises.guests import answering, invitations, seats
from assises.guests.answering import Answer
from assises.models import Guest, Invitation, Mail
from tests.assises.test_invitations import AT, SOMEBODY, accepted
from tests.factories import (
    SENT_AT,
    EditionFactory,
    GuestFactory,
    InvitationFactory,
    StructureFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
State = Invitation.State


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def organiser():
    return UserFactory()


def test_more_seats_are_told_and_the_demand_is_settled(edition):
    invitation = InvitationFactory(accepted=True, seats=6, seats_wanted=4)

    invitations.give_seats(invitation, at=AT)

    invitation.refresh_from_db()
    assert invitation.seats_wanted == 0
    assert "6\u00a0places" in Mail.objects.get(kind="seats_given").body


def test_a_declined_invitation_gives_no_seats(edition):
    InvitationFactory(
        edition=edition, state="declined", sent_at=SENT_AT, answered_at=SENT_AT
    )

    assert seats.counts(edition, at=AT).given == 0


def test_who_was_given_a_seat_is_told_that_it_is_lost(edition):
    invitation = InvitationFactory(accepted=True)
    GuestFactory(invitation=invitation, email="adele@example.org", handed_at=AT)

    answering.decline(invitation, Answer(), at=AT)

    assert Mail.objects.get(kind="seat_lost").address == "adele@example.org"


@pytest.mark.parametrize(
    ("free", "kind", "left"),
    [(answering.give_up, "seat_returned", 0), (answering.reclaim, "seat_lost", 1)],
)
def test_a_seat_freed_is_told_to_who_did_not_say_it(edition, free, kind, left):
    guest = GuestFactory(email="adele@example.org", handed_at=AT)

    free(guest, at=AT)

    assert [mail.kind for mail in Mail.objects.all()] == [kind]
    assert Guest.objects.filter(handed_at=None).count() == left


def test_a_seat_freed_meanwhile_does_not_come_back(edition):
    guest = GuestFactory(email="adele@example.org", handed_at=AT)
    Guest.objects.all().delete()

    with pytest.raises(Guest.DoesNotExist):
        answering.describe(guest, SOMEBODY | {"name": "Adèle"}, at=AT)

    assert Guest.objects.count() == 0


def test_a_seat_is_handed_once_and_no_box_is_filled(edition):
    invitation = InvitationFactory(accepted=True, seats=40)
    guests = GuestFactory.create_batch(30, invitation=invitation)

    def handed(guest):
        try:
            answering.hand_over(guest, f"{guest.key}@example.org", by="Zoé", at=AT)
        except answering.HandOverRefusedError:
            return False
        return True

    assert [handed(guests[0]), handed(guests[0])] == [True, False]
    assert sum(map(handed, guests[1:])) == 11


def test_who_has_accepted_never_loses_their_seats_by_asking_for_more(edition):
    edition.capacity = 2
    edition.save()
    invitation = InvitationFactory(sent=True, edition=edition, seats=3)
    accepted(invitation, "Un", "Deux")

    with pytest.raises(answering.TooManyError):
        accepted(invitation, "Un", "Deux", "Trois")
    edition.capacity = 1
    edition.save()

    assert accepted(invitation, "Un", "Deux", meal="vegetarien") == State.ACCEPTED


def test_nobody_overtakes_who_waits_already(edition):
    edition.capacity = 3
    edition.save()
    first, group, last = InvitationFactory.create_batch(
        3, sent=True, edition=edition, seats=3
    )
    accepted(first, "Un")
    states = [accepted(group, "Deux", "Trois", "Quatre"), accepted(last, "Cinq")]

    assert states == [State.WAITING, State.WAITING]


def test_what_was_typed_is_no_link_in_the_mails(edition):
    structure = StructureFactory(name="Gagnez https://evil.example/x")
    invitation = InvitationFactory(sent=True, structure=structure)

    accepted(invitation, "Zoé")

    body = Mail.objects.get(kind="answered").body
    assert "https://evil" not in body
    assert body.startswith("Bonjour,")


def test_one_answer_is_acknowledged_at_a_time(edition):
    invitation = InvitationFactory(sent=True)
    for _ in range(3):
        accepted(invitation, "Zoé")

    waiting = Mail.objects.filter(kind="answered", state=Mail.State.QUEUED)
    assert waiting.count() == 1


def test_cancelled_before_its_mail_left_nothing_leaves_twice(organiser, edition):
    invitation = InvitationFactory()
    invitations.send(Invitation.objects.all(), by=organiser, at=AT)
    invitation.refresh_from_db()

    invitations.cancel(invitation, by=organiser, at=AT)

    states = dict(Mail.objects.values_list("kind", "state"))
    assert states == {"invited": "cancelled", "cancelled": "queued"}


def test_a_mail_that_failed_leaves_again_for_the_corrected_address(organiser, edition):
    invitation = InvitationFactory()
    invitations.send(Invitation.objects.all(), by=organiser, at=AT)
    Mail.objects.update(state=Mail.State.FAILED, error="550")
    contact = invitation.contact
    former, contact.email = contact.email, "juste@example.org"
    contact.save()

    invitations.follow_address(contact, former, at=AT)

    mail = Mail.objects.get()
    assert (mail.address, mail.state) == ("juste@example.org", Mail.State.QUEUED)


def test_prepared_again_an_invitation_keeps_nothing_of_its_former_life(organiser):
    invitation = InvitationFactory(sent=True, promised_until=AT, reminded_at=AT)
    invitations.cancel(invitation, by=organiser, at=AT)

    invitations.restore(invitation, by=organiser, at=AT)

    invitation.refresh_from_db()
    assert (invitation.state, invitation.sent_at) == (State.PREPARED, None)
    assert (invitation.promised_until, invitation.reminded_at) == (None, None)
