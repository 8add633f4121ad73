"""What one person types never changes what belongs to another, or was sent already."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import AccessLink, Contact, Kind, Mail, Structure
from assises.people import access_links
from assises.web import throttle
from submissions.models import Application
from tests.answers import ANSWERS, begin, enter, fill, fill_all, fingerprint, send
from tests.factories import WHILE_OPEN, ApplicationFactory, ContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


@pytest.fixture
def listed():
    """A structure of the directory, described by the sent answer of somebody else."""
    answer = ApplicationFactory(
        sent=True, structure__listed=True, structure__name="Musée Démo"
    )
    return answer.structure


def pick(client, structure, email="intruse@example.org"):
    application = begin(client, Kind.PARTICIPATE, email=email)
    fill(client, application, "structure", {"known": str(structure.pk)})
    return application


def test_picking_a_structure_gives_no_right_on_it_even_once_confirmed(client, listed):
    application = pick(client, listed)
    fill(
        client,
        application,
        "contact",
        {**ANSWERS["contact"], "email": "intruse@example.org"},
    )
    enter(client, "intruse@example.org")

    fill(
        client,
        application,
        "structure",
        {**ANSWERS["structure"], "known": str(listed.pk), "name": "Piraté"},
    )
    fill(client, application, "public", {"keep_informed": "on"})

    listed.refresh_from_db()
    assert (listed.name, listed.listed) == ("Musée Démo", True)


def test_leaving_a_picked_structure_never_deletes_it(client):
    lonely = ContactFactory(structure__listed=True).structure
    Contact.objects.all().delete()
    application = pick(client, lonely)
    Structure.objects.filter(pk=lonely.pk).update(listed=False)

    fill(client, application, "structure", {**ANSWERS["structure"], "known": ""})

    assert Structure.objects.filter(pk=lonely.pk).exists()


def test_a_draft_cannot_change_the_structure_of_an_answer_already_sent(client):
    sent = begin(client, Kind.PARTICIPATE)
    fill_all(client, sent)
    send(client, sent)
    client.post(reverse("submissions:another", args=[sent.key]), {"start_key": ""})
    draft = Application.objects.drafts().get()

    fill(client, draft, "structure", {**ANSWERS["structure"], "name": "Autre nom"})

    sent.refresh_from_db()
    assert sent.structure.name == ANSWERS["structure"]["name"]


def test_another_answer_cannot_change_who_answers_in_the_first(client):
    sent = begin(client, Kind.PARTICIPATE)
    fill_all(client, sent)
    send(client, sent)
    client.post(reverse("submissions:another", args=[sent.key]), {"start_key": ""})
    draft = Application.objects.drafts().get()
    for step in ("action", "territoire", "public"):
        fill(client, draft, step, ANSWERS[step])

    fill(
        client,
        draft,
        "contact",
        {**ANSWERS["contact"], "first_name": "Collègue", "email": "autre@example.org"},
    )

    send(client, draft)

    sent, draft = (Application.objects.get(pk=pk) for pk in (sent.pk, draft.pk))
    assert draft.is_sent
    assert (sent.contact.first_name, sent.contact.email) == ("Zoé", "zoe@example.org")
    assert (draft.contact.first_name, draft.contact.email) == (
        "Collègue",
        "autre@example.org",
    )


@pytest.fixture
def known_person():
    """Zoé, confirmed in her structure, with a sent answer and a telephone."""
    person = ContactFactory(
        email="zoe@example.org",
        first_name="Zoé",
        phone="+33199001234",
        email_confirmed_at=WHILE_OPEN,
        structure__listed=True,
    )
    ApplicationFactory(
        sent=True,
        email=person.email,
        email_confirmed_at=WHILE_OPEN,
        structure=person.structure,
        contact=person,
    )
    return person


def test_an_unconfirmed_browser_never_reaches_the_row_of_a_known_person(
    client, known_person
):
    typed = {
        "first_name": "X",
        "last_name": "Y",
        "email": "zoe@example.org",
        "direction_informed": "on",
    }
    application = pick(client, known_person.structure, email="zoe@example.org")
    fill(client, application, "contact", typed)
    hers = Client()
    enter(hers, "zoe@example.org")

    sent = Application.objects.sent().get()
    answers = {**ANSWERS["contact"], "phone": "01 99 00 77 77"}
    fill(hers, sent, "contact", answers)
    page = client.get(reverse("submissions:step", args=[application.key, "contact"]))
    send(client, application)

    known_person.refresh_from_db()
    assert page.context["form"]["first_name"].value() == "X"
    assert "77\u202f77" not in page.text
    assert (known_person.first_name, known_person.phone) == ("Zoé", "+33199007777")
    assert not application.contact


def test_naming_a_known_person_as_second_contact_gives_no_sight_of_her_row(
    client, known_person
):
    application = pick(client, known_person.structure)
    typed = {
        **ANSWERS["contact"],
        "email": "intruse@example.org",
        "second_first_name": "Z",
        "second_last_name": "N",
        "second_email": "zoe@example.org",
    }
    fill(client, application, "contact", typed)
    send(client, application)
    enter(Client(), "zoe@example.org")

    page = client.get(reverse("submissions:step", args=[application.key, "contact"]))

    application.refresh_from_db()
    assert application.is_sent
    assert application.second_contact != known_person
    assert page.context["form"]["second_phone"].value() == ""


def test_a_known_person_who_answers_again_keeps_one_row(client, known_person):
    application = pick(client, known_person.structure, email="zoe@example.org")
    enter(client, "zoe@example.org")

    fill(
        client, application, "contact", {**ANSWERS["contact"], "function": "Directrice"}
    )
    send(client, application)

    application.refresh_from_db()
    known_person.refresh_from_db()
    assert application.contact == known_person
    assert known_person.function == "Directrice"


def test_revoking_a_link_ends_what_was_begun_through_it(client, known_person):
    enter(client, "zoe@example.org")
    sent = Application.objects.sent().get()
    client.post(reverse("submissions:another", args=[sent.key]), {"start_key": ""})
    draft = Application.objects.drafts().get()

    access_links.revoke(AccessLink.objects.all(), at=WHILE_OPEN)

    response = client.get(reverse("submissions:check", args=[draft.key]))
    assert response.status_code == 404


def test_entering_a_link_leaves_the_drafts_of_the_previous_person(client):
    alice = begin(client, Kind.PARTICIPATE, email="alice@example.org")

    enter(client, "bob@example.org")

    response = client.get(reverse("submissions:check", args=[alice.key]))
    assert response.status_code == 404


def test_the_key_of_a_page_left_open_opens_nothing_later(client, while_open):
    application = begin(client, Kind.PARTICIPATE)
    while_open.shift(7200)
    stranger = Client()

    stranger.post(
        reverse("submissions:start"),
        {
            "email": "zoe@example.org",
            "kind": "participate",
            "start_key": str(application.start_key),
        },
    )

    response = stranger.get(reverse("submissions:check", args=[application.key]))
    assert response.status_code == 404
    assert fingerprint(client, application, "structure")


@pytest.mark.parametrize("email", ["victime@example.org", "zoe@example.org"])
def test_the_key_of_a_page_left_open_opens_no_answer_beside_ones_own(
    client, while_open, email
):
    left_open = ApplicationFactory(email=email)
    while_open.shift(7200 if email == "zoe@example.org" else 60)
    mine = begin(client, Kind.DECLARE, email="zoe@example.org")

    response = client.post(
        reverse("submissions:another", args=[mine.key]),
        {"start_key": str(left_open.start_key)},
    )

    opened = client.get(reverse("submissions:check", args=[left_open.key]))
    assert left_open.key not in response.url
    assert opened.status_code == 404
    assert Application.objects.count() == 3


def test_declaring_another_action_twice_from_one_page_begins_one_answer(client):
    mine = begin(client, Kind.DECLARE)
    address = reverse("submissions:another", args=[mine.key])
    start_key = uuid.uuid4()

    urls = {client.post(address, {"start_key": start_key}).url for _ in range(2)}

    assert len(urls) == 1
    assert Application.objects.count() == 2


def test_the_former_address_is_told_of_the_new_one(client):
    application = begin(client, Kind.PARTICIPATE)

    fill(
        client,
        application,
        "contact",
        {**ANSWERS["contact"], "email": "autre@example.org"},
    )

    written = Mail.objects.order_by("pk").values_list("kind", "address", "link_email")
    assert list(written)[1:] == [
        ("address_changed", "autre@example.org", "autre@example.org"),
        ("address_replaced", "zoe@example.org", ""),
    ]


def test_the_former_address_is_told_even_when_the_new_one_has_had_its_share(client):
    application = begin(client, Kind.PARTICIPATE)
    for _ in range(throttle.LIMITS["start-address"].times):
        throttle.allow("start-address", "autre@example.org", at=WHILE_OPEN)

    fill(
        client,
        application,
        "contact",
        {**ANSWERS["contact"], "email": "autre@example.org"},
    )

    written = Mail.objects.order_by("pk").values_list("kind", "address")
    assert list(written)[1:] == [
        ("address_changed", "autre@example.org"),
        ("address_replaced", "zoe@example.org"),
    ]


def test_two_answers_of_one_browser_stay_open_there_once_confirmed_elsewhere(client):
    first = begin(client, Kind.PARTICIPATE)
    fill_all(client, first)
    send(client, first)
    client.post(reverse("submissions:another", args=[first.key]), {"start_key": ""})
    second = Application.objects.drafts().get()
    fill(client, second, "public", {"difficulty": "Une autre"})

    enter(Client(), "zoe@example.org")

    for application in (first, second):
        response = client.get(
            reverse("submissions:step", args=[application.key, "contact"])
        )
        assert response.status_code == 200
    assert Contact.objects.count() == 1
