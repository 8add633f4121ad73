"""The page of one seat that was handed over: its person alone changes it, or gives it back."""

import re
from datetime import date

import pytest
from django.urls import reverse

from assises.french import dates
from assises.models import Guest, Mail
from tests.assises.test_invitation_page import answer, entered, page_of, row
from tests.factories import WHILE_OPEN, ContactFactory, GuestFactory, InvitationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


@pytest.fixture
def invitation():
    contact = ContactFactory(email_confirmed_at=WHILE_OPEN)
    return InvitationFactory(
        sent=True, seats=3, structure=contact.structure, contact=contact
    )


@pytest.fixture
def client(invitation):
    return entered(invitation.contact.email, invitation.key)


@pytest.fixture
def guest(invitation):
    return GuestFactory(
        invitation=invitation, handed_at=WHILE_OPEN, email="a@example.org"
    )


@pytest.fixture
def colleague(guest):
    return entered(guest.email, guest.key)


def test_the_summary_of_one_seat_numbers_nobody(colleague):

    page = colleague.post(colleague.landed, row(0, ""))

    assert "Indiquez votre nom." in page.text
    assert "Personne 1" not in page.text


def test_past_the_last_day_a_seat_gives_its_text_back(colleague, invitation, edition):
    unnamed = colleague.post(colleague.landed, row(0, ""))
    edition.answers_until = WHILE_OPEN.date().replace(day=1)
    edition.save()

    refused = colleague.post(colleague.landed, row(0, "Adèle"))

    assert (unnamed.status_code, refused.status_code) == (422, 403)
    assert "Indiquez votre nom." in unnamed.text
    assert "Adèle" in refused.text


def test_a_seat_handed_over_is_changed_by_its_person_alone(client, invitation):
    answer(client, invitation, row(0, "Zoé"), row(1, "Inès"))
    guest = Guest.objects.get(name="Inès")
    address = reverse("assises:hand-over", args=[invitation.key, guest.key])

    client.post(address, {"email": "collegue@example.org"})
    colleague = entered("collegue@example.org", guest.key)
    page = colleague.get(colleague.landed)
    colleague.post(colleague.landed, row(0, "Adèle", access="Rampe"))

    assert Mail.objects.get(kind="seat_handed").link_email == "collegue@example.org"
    assert colleague.landed == reverse("assises:seat", args=[guest.key])
    assert 'value="Inès"' in page.text
    guest.refresh_from_db()
    assert (guest.name, guest.access) == ("Adèle", "Rampe")
    assert colleague.get(page_of(invitation)).status_code == 404
    assert client.get(colleague.landed).status_code == 404
    own = client.get(page_of(invitation)).text
    assert "Adèle a reçu son lien." in own
    assert "Rampe" not in own


def test_who_answers_again_keeps_the_seats_handed_over(client, invitation):
    GuestFactory(
        invitation=invitation, name="Adèle", handed_at=WHILE_OPEN, email="a@b.fr"
    )

    answer(client, invitation, row(0, "Zoé"))
    refused = answer(client, invitation, row(0, "Zoé"), row(1, "Un"), row(2, "Deux"))

    assert {str(guest) for guest in Guest.objects.all()} == {"Zoé", "Adèle"}
    assert refused.status_code == 422


def test_who_was_given_a_seat_reads_by_whom_and_until_when(
    colleague, invitation, edition
):
    edition.answers_until = date(2027, 9, 25)
    edition.save()

    page = colleague.get(colleague.landed).text

    assert f"{invitation.contact} vous a cédé cette place." in page
    assert dates.deadline(edition.invitations_close_at()) in page


def test_who_confirms_a_seat_is_told_so_and_the_last_time_alone(colleague):
    for name in ("Adèle", "Adèle Petit"):
        colleague.post(
            colleague.landed, row(0, name, meal="vegetarien", access="Rampe")
        )

    mails = Mail.objects.filter(kind="seat_confirmed").order_by("pk")
    assert [mail.state for mail in mails] == ["cancelled", "queued"]
    mail = mails.last()
    assert (mail.address, mail.link_email) == ("a@example.org", "a@example.org")
    assert "Adèle Petit, le matin, au déjeuner." in mail.body
    assert "Rampe" not in mail.body


def test_who_does_not_come_gives_the_seat_back_at_the_second_click(colleague):
    colleague.post(colleague.landed, row(0, "Adèle"))

    page = colleague.get(colleague.landed).text
    colleague.post(colleague.landed, {"rendre": "1"})

    [folded] = re.findall(
        r"<details(?:(?!</details>).)*rendre.*?</details>", page, re.S
    )
    assert "<summary>Je ne viens pas</summary>" in folded
    assert page.count('name="rendre"') == 1
    assert Guest.objects.count() == 0
    states = dict(Mail.objects.values_list("kind", "state"))
    assert states["seat_confirmed"] == Mail.State.CANCELLED
