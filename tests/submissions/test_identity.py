"""An address typed by a stranger opens nothing, signs nothing, and is asked about."""

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Contact, Kind, Mail
from assises.people import access_links
from submissions.answering import lifecycle
from submissions.models import Application
from submissions.people import identity
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    ContactFactory,
    InvitationFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

HERS = "zoe@example.org"
QUESTION = "Est-ce la vôtre"


@pytest.fixture
def listed():
    return StructureFactory(listed=True, name="Musée Démo")


@pytest.fixture
def stranger():
    return Client()


def answer_in(client, structure, **contact):
    """Begin an answer under her address, in a structure picked in the list, and send it."""
    application = begin(client, Kind.PARTICIPATE, email=HERS)
    fill(client, application, "structure", {"known": str(structure.pk)})
    typed = {**ANSWERS["contact"], "email": HERS, **contact}
    fill(client, application, "contact", typed)
    fill(client, application, "public", {"keep_informed": "on", "difficulty": "x"})
    send(client, application)
    application.refresh_from_db()
    assert application.is_sent
    return application


def use_link_of(client, application):
    """Use the link that the mails about ``application`` bring."""
    token = access_links.issue(HERS, answer_key=application.key, at=WHILE_OPEN)
    return client.post(reverse("submissions:enter"), {"token": token}, follow=True)


def tell(client, application, answer):
    return client.post(
        reverse("submissions:tell-whose", args=[application.key]),
        {"reponse": answer},
        follow=True,
    )


@pytest.mark.parametrize("she_answers_first", [True, False])
def test_the_answer_of_a_stranger_reaches_nothing_of_hers(
    client, stranger, listed, she_answers_first
):
    def hers():
        return answer_in(client, listed, phone="01 99 00 77 77")

    def his():
        typed = {"first_name": "Mallory", "phone": "01 99 00 99 99"}
        return answer_in(stranger, listed, **typed)

    first, second = (hers, his) if she_answers_first else (his, hers)
    answers = [first(), second()]
    mine, foreign = answers if she_answers_first else reversed(answers)
    space = use_link_of(Client(), mine)

    mine, foreign = (Application.objects.get(pk=a.pk) for a in (mine, foreign))
    assert mine.is_confirmed
    assert not foreign.is_confirmed
    assert mine.contact != foreign.contact
    assert (mine.contact.first_name, mine.contact.phone) == ("Zoé", "+33199007777")
    assert foreign.contact.email_confirmed_at is None
    assert QUESTION in space.text
    contact = reverse("submissions:step", args=[foreign.key, "contact"])
    assert client.get(contact).status_code == 404
    page = stranger.get(contact)
    assert "01\u202f99\u202f00\u202f77\u202f77" not in page.text
    mine_step = reverse("submissions:step", args=[mine.key, "contact"])
    assert stranger.get(mine_step).status_code == 404
    assert client.get(mine_step).status_code == 200


def test_what_a_stranger_agreed_to_is_not_agreed_by_her(client, stranger, listed):
    mine = begin(client, Kind.PARTICIPATE, email=HERS)
    fill(client, mine, "structure", {"known": str(listed.pk)})
    fill(client, mine, "contact", {**ANSWERS["contact"], "email": HERS})
    send(client, mine)
    use_link_of(client, mine)
    foreign = answer_in(stranger, listed)

    tell(client, foreign, "oui")

    mine.refresh_from_db()
    assert Contact.objects.get(pk=mine.contact_id).keep_informed is False


def test_a_link_asked_for_opens_her_space_and_confirms_nothing_by_itself(
    client, stranger, listed
):
    foreign = answer_in(stranger, listed)
    token = access_links.issue(HERS, at=WHILE_OPEN)

    space = client.post(reverse("submissions:enter"), {"token": token}, follow=True)

    foreign.refresh_from_db()
    assert not foreign.is_confirmed
    assert QUESTION in space.text
    receipt = reverse("submissions:receipt", args=[foreign.key])
    assert client.get(receipt).status_code == 404


def test_saying_yes_joins_the_answer_to_ones_own(client, listed):
    elsewhere = answer_in(Client(), listed)
    client.post(
        reverse("submissions:enter"), {"token": access_links.issue(HERS, at=WHILE_OPEN)}
    )

    space = tell(client, elsewhere, "oui")

    elsewhere.refresh_from_db()
    assert elsewhere.is_confirmed
    assert elsewhere.contact.email_confirmed_at == WHILE_OPEN
    assert QUESTION not in space.text
    assert elsewhere.reference in space.text


def test_saying_no_leaves_it_to_its_browser_and_writes_no_more(
    client, stranger, listed, organiser
):
    foreign = answer_in(stranger, listed)
    waiting = Mail.objects.filter(reference=foreign.key, address=HERS)
    client.post(
        reverse("submissions:enter"), {"token": access_links.issue(HERS, at=WHILE_OPEN)}
    )

    space = tell(client, foreign, "non")
    lifecycle.withdraw(Application.objects.get(pk=foreign.pk), at=WHILE_OPEN)

    assert QUESTION not in space.text
    assert set(waiting.values_list("state", flat=True)) == {Mail.State.CANCELLED}
    assert not waiting.filter(kind="application_withdrawn").exists()
    space = reverse("committee:space")
    assert foreign.reference in stranger.get(space).text
    listing = organiser.get(reverse("admin:submissions_application_changelist"))
    assert "contestée" in listing.text


def test_nobody_else_says_whose_answer_it_is(client, stranger, listed):
    foreign = answer_in(stranger, listed)
    enter(client, "autre@example.org")

    assert tell(client, foreign, "oui").status_code == 404
    assert tell(Client(), foreign, "oui").status_code == 404


def test_a_link_used_where_the_answer_was_begun_confirms_it(client):
    application = begin(client, Kind.PARTICIPATE, email=HERS)
    fill_all(client, application)

    client.post(
        reverse("submissions:enter"), {"token": access_links.issue(HERS, at=WHILE_OPEN)}
    )

    application.refresh_from_db()
    assert application.is_confirmed


@pytest.mark.parametrize("known", [True, False])
def test_her_first_word_through_the_link_makes_it_hers(client, stranger, listed, known):
    if known:
        first = answer_in(client, listed, phone="01 99 00 11 11")
        use_link_of(client, first)
    elsewhere = answer_in(Client(), listed, phone="01 99 00 22 22")
    phone = Client()
    use_link_of(phone, elsewhere)

    fill(phone, elsewhere, "public", {"difficulty": "Un lieu"})

    elsewhere.refresh_from_db()
    number = "+33199001111" if known else "+33199002222"
    assert elsewhere.claimed_at == WHILE_OPEN
    assert Contact.objects.get() == elsewhere.contact
    assert elsewhere.contact.email_confirmed_at == WHILE_OPEN
    assert elsewhere.contact.phone == number
    assert (
        elsewhere.typed["contact"]["phone"][0].replace("\u202f", "")[1:] == number[3:]
    )
    assert lifecycle.missing(elsewhere) == []


def test_who_goes_on_elsewhere_is_told_what_opens_the_answer():
    phone, computer = Client(), Client()
    application = begin(phone, Kind.DECLARE, email=HERS)
    address = reverse("submissions:step", args=[application.key, "action"])
    token = access_links.issue(HERS, answer_key=application.key, at=WHILE_OPEN)
    computer.post(reverse("submissions:enter"), {"token": token})
    fill(phone, application, "contact", ANSWERS["contact"])

    asked = computer.get(address)
    typed = computer.post(address, {"title": "Sur l’ordinateur"})
    computer.post(
        reverse("submissions:tell-whose", args=[application.key]), {"reponse": "oui"}
    )
    claimed = phone.get(address)
    kept = phone.post(address, {"title": "Sur le téléphone"})

    assert "vient d’être continué sur un autre appareil" in asked.text
    assert "vient d’être continué sur un autre appareil" in typed.text
    assert "Sur l’ordinateur" in typed.text
    assert computer.get(address).status_code == 200
    assert "Vous avez repris le dossier" in claimed.text
    assert "Vous avez repris le dossier" in kept.text
    assert "Sur le téléphone" in kept.text
    statuses = {page.status_code for page in (asked, typed, claimed, kept)}
    assert statuses == {404}


def test_an_invitation_follows_the_row_of_its_person(listed):
    rows = [
        ContactFactory(structure=listed, email=HERS, email_confirmed_at=confirmed)
        for confirmed in (None, WHILE_OPEN)
    ]
    answer = ApplicationFactory(
        sent=True, structure=listed, contact=rows[0], email=HERS
    )
    invitation = InvitationFactory(structure=listed, contact=rows[0], sent=True)

    identity.join_confirmed(answer, at=WHILE_OPEN)

    invitation.refresh_from_db()
    assert invitation.contact == rows[1]
