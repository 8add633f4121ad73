"""Preparing, sending and answering invitations; the seats of the day."""

from datetime import timedelta

import pytest

from assises.guests import answering, invitations, seats
from assises.guests.answering import Answer
from assises.guests.invitations import Wanted
from assises.models import Event, Guest, Invitation, Mail
from tests.factories import (
    SENT_AT,
    ContactFactory,
    EditionFactory,
    GuestFactory,
    InvitationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
State = Invitation.State
AT = SENT_AT + timedelta(days=1)
SOMEBODY = {
    "headcount": 1,
    "function": "",
    "morning": True,
    "lunch": True,
    "afternoon": False,
    "meal": "tout",
    "access": "",
    "no_photo": False,
}


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def organiser():
    return UserFactory()


def people(*names, **columns):
    return [(None, SOMEBODY | columns | {"name": name}) for name in names]


def accepted(invitation, *names, **columns):
    invitation.refresh_from_db()
    answering.accept(invitation, people(*names, **columns), Answer(), at=AT)
    return invitation.state


def wanted(number, seats=2):
    contacts = ContactFactory.create_batch(number)
    return [Wanted(one.structure_id, one.pk, seats) for one in contacts]


def test_preparing_invites_each_structure_once(edition, organiser):
    some = wanted(3)

    first = invitations.prepare(edition, some, by=organiser, at=AT)
    again = invitations.prepare(edition, some, by=organiser, at=AT)

    assert (len(first.new), first.seats) == (3, 6)
    assert (again.new, again.raised, again.seats) == ([], [], 0)
    assert Invitation.objects.filter(state=State.PREPARED).count() == 3
    assert Event.objects.filter(verb="invitations préparées").count() == 1
    assert Mail.objects.count() == 0


def test_prepared_again_nobody_has_fewer_seats(edition, organiser):
    one, two = wanted(2, seats=3)
    invitations.prepare(edition, [one, two], by=organiser, at=AT)

    again = [one._replace(seats=5), two._replace(seats=1)]
    prepared = invitations.prepare(edition, again, by=organiser, at=AT)

    assert prepared.seats == 2
    given = dict(Invitation.objects.values_list("structure", "seats"))
    assert given == {one.structure: 5, two.structure: 3}


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_preparing(edition, organiser, django_assert_num_queries, number):
    some = wanted(number)

    with django_assert_num_queries(8):
        invitations.prepare(edition, some, by=organiser, at=AT)


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_sending(edition, organiser, django_assert_num_queries, number):
    invitations.prepare(edition, wanted(number), by=organiser, at=AT)

    with django_assert_num_queries(9):
        invitations.send(Invitation.objects.all(), by=organiser, at=AT)

    assert (
        Mail.objects.filter(kind="invited", state=Mail.State.QUEUED).count() == number
    )


def test_sent_once_however_often_one_clicks(edition, organiser):
    invitations.prepare(edition, wanted(2), by=organiser, at=AT)
    InvitationFactory(edition=edition, contact=None)

    left = [
        invitations.send(Invitation.objects.all(), by=organiser, at=AT)
        for _ in range(2)
    ]

    assert left == [2, 0]
    assert Invitation.objects.filter(state=State.PREPARED).count() == 1


def test_who_comes_is_named_and_told(edition):
    invitation = InvitationFactory(sent=True, seats=5)

    state = accepted(invitation, "Zoé Martin", "élèves de 4e", headcount=2)

    assert state == State.ACCEPTED
    assert invitation.guests.all().seats() == 4
    mail = Mail.objects.get(kind="answered")
    assert "– élèves de 4e (2 personnes)" in mail.body
    assert mail.link_email == invitation.contact.email


def test_more_people_than_seats_are_refused(edition):
    invitation = InvitationFactory(sent=True, seats=2)

    with pytest.raises(answering.TooManyError):
        accepted(invitation, "Un", "Deux", "Trois")

    invitation.refresh_from_db()
    assert (invitation.state, Guest.objects.count()) == (State.SENT, 0)


def test_a_full_room_makes_wait_and_a_seat_that_frees_goes_to_who_waits_longest(
    edition,
):
    edition.capacity = 3
    edition.save()
    first, second, third = InvitationFactory.create_batch(3, sent=True, edition=edition)

    states = [
        accepted(first, "Un", "Deux"),
        accepted(third, "Cinq"),
        accepted(second, "Trois", "Quatre"),
    ]
    first.refresh_from_db()
    answering.decline(first, Answer(word="Désolée"), at=AT)

    assert states == [State.ACCEPTED, State.ACCEPTED, State.WAITING]
    second.refresh_from_db()
    assert second.state == State.SENT
    assert second.promised_until > AT
    assert Mail.objects.get(kind="seats_kept").address == second.contact.email
    assert seats.free(edition, at=AT) == 0
    assert accepted(second, "Trois", "Quatre") == State.ACCEPTED


def test_seats_kept_in_vain_go_to_the_next_one(edition):
    edition.capacity = 2
    edition.save()
    first, second, third = InvitationFactory.create_batch(3, sent=True, edition=edition)
    for invitation in (first, second, third):
        accepted(invitation, "Un", "Deux")
    first.refresh_from_db()
    answering.decline(first, Answer(), at=AT)
    second.refresh_from_db()
    later = second.promised_until + timedelta(hours=1)

    seats.take_back(edition, at=later)
    seats.promote(edition, at=later)

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (State.WAITING, State.SENT)
    assert third.promised_until > later


def test_nobody_overtakes_a_group_that_does_not_fit(edition):
    edition.capacity = 3
    edition.save()
    first, group, last = InvitationFactory.create_batch(
        3, sent=True, edition=edition, seats=3
    )
    accepted(first, "Un", "Deux", "Trois")
    accepted(group, "Quatre", "Cinq", "Six")
    accepted(last, "Sept")

    first.refresh_from_db()
    answering.accept(first, people("Un"), Answer(), at=AT + timedelta(hours=1))

    group.refresh_from_db()
    last.refresh_from_db()
    assert (group.state, last.state) == (State.WAITING, State.WAITING)


def test_the_day_is_counted_moment_by_moment(edition):
    invitation = InvitationFactory(accepted=True, edition=edition, seats=6)
    GuestFactory(invitation=invitation, headcount=4, afternoon=False)
    GuestFactory(invitation=invitation, lunch=False)
    GuestFactory(invitation=InvitationFactory(sent=True, edition=edition))
    edition.capacity = 10

    told = seats.counts(edition, at=AT)

    assert (told.given, told.answered, told.left) == (8, 5, 5)
    assert (told.morning, told.lunch, told.afternoon) == (5, 4, 1)


def test_a_move_that_is_not_allowed_is_refused(edition, organiser):
    invitation = InvitationFactory()

    with pytest.raises(invitations.MoveRefusedError):
        invitations.move(invitation, "accept", by=organiser, at=AT)


def test_cancelled_after_it_left_its_person_is_told(edition, organiser):
    prepared, sent = InvitationFactory(), InvitationFactory(sent=True)

    for invitation in (prepared, sent):
        invitations.cancel(invitation, by=organiser, at=AT)

    assert [mail.address for mail in Mail.objects.filter(kind="cancelled")] == [
        sent.contact.email
    ]


def test_given_to_somebody_else_it_is_sent_to_them(edition, organiser):
    invitation = InvitationFactory(sent=True)
    other = ContactFactory(structure=invitation.structure)

    invitations.give_to(invitation, other, by=organiser, at=AT)

    assert Mail.objects.get(kind="invited").address == other.email
