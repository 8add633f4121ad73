"""An answer leaves a structure, or its person has several: nothing else moves with it."""

import pytest
from django.urls import reverse

from assises.models import Contact, Kind, Structure
from submissions.answering import lifecycle
from submissions.models import Application
from tests.answers import ANSWERS, begin, enter, fill, fill_all, fingerprint, send
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    ContactFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]
HERS = "chloe@example.org"


@pytest.fixture
def hers():
    """Two answers of hers in one structure of the list, and one in another."""
    first, second = (StructureFactory(listed=True) for _ in range(2))
    rows = {
        structure: ContactFactory(
            structure=structure, email=HERS, email_confirmed_at=WHILE_OPEN
        )
        for structure in (first, second)
    }
    return [
        ApplicationFactory(
            sent=True,
            structure=structure,
            structure_picked=True,
            contact=rows[structure],
            email=HERS,
            email_confirmed_at=WHILE_OPEN,
        )
        for structure in (first, first, second)
    ]


def test_one_answer_that_moves_leaves_the_others_where_they_are(client, hers):
    moved, stays, other = hers
    enter(client, HERS)

    fill(client, moved, "structure", {"known": str(other.structure_id)})

    moved.refresh_from_db()
    assert (moved.structure, moved.contact) == (other.structure, other.contact)
    before = stays.contact_id
    stays.refresh_from_db()
    assert stays.contact_id == before
    assert stays.contact.structure == stays.structure


def test_a_structure_that_was_picked_is_still_known_once_it_is_left(client, hers):
    moved, _, other = hers
    called = StructureFactory()  # Organisers know it; it is not in the list.
    Application.objects.filter(pk=moved.pk).update(structure=called)
    enter(client, HERS)

    fill(client, moved, "structure", {"known": str(other.structure_id)})

    moved.refresh_from_db()
    assert moved.structure == other.structure
    assert Structure.objects.filter(pk=called.pk).exists()


def test_the_second_contact_moves_it_nowhere(client, hers):
    moved, _, other = hers
    Application.objects.filter(pk=moved.pk).update(
        second_contact=ContactFactory(email="second@example.org")
    )
    enter(client, "second@example.org")

    response = fill(client, moved, "structure", {"known": str(other.structure_id)})

    before = moved.structure_id, moved.contact_id
    moved.refresh_from_db()
    assert response.status_code == 200
    assert (moved.structure_id, moved.contact_id) == before


def test_the_browser_that_began_it_moves_it_without_touching_her_rows(client, hers):
    known = hers[0].structure
    application = begin(client, Kind.PARTICIPATE, email=HERS)
    fill_all(client, application)
    send(client, application)

    response = fill(client, application, "structure", {"known": str(known.pk)})

    application.refresh_from_db()
    assert response.status_code == 200
    assert application.structure == known
    assert application.contact != hers[0].contact
    assert application.contact.email_confirmed_at is None


def test_a_sent_answer_picks_a_known_structure_in_place_of_its_own(client):
    known = StructureFactory(name="Musée Démo", listed=True)
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    send(client, application)

    fill(client, application, "structure", {"known": str(known.pk)})

    application.refresh_from_db()
    assert (application.structure, application.structure_picked) == (known, True)
    assert application.structure_name == "Musée Démo"
    assert Structure.objects.get() == known


def test_a_picked_structure_that_is_left_is_missing_until_another_is_described(client):
    known = StructureFactory(listed=True)
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    fill(client, application, "structure", {"known": str(known.pk)})
    seen = fingerprint(client, application, "structure")

    client.post(
        reverse("submissions:step", args=[application.key, "structure"]),
        {"known": "", "unit": "", "structure_correction": "", "seen": seen},
        headers={"X-Autosave": "1"},
    )

    application.refresh_from_db()
    assert application.structure is None
    assert ("structure", "name") in [
        (lack.step, lack.field) for lack in lifecycle.missing(application)
    ]


def test_a_reported_error_is_read_and_stays_with_its_structure(client):
    known = StructureFactory(listed=True)
    application = begin(client, Kind.PARTICIPATE)
    fill(client, application, "structure", {"known": str(known.pk)})
    typed = {"known": str(known.pk), "structure_correction": "Le site a changé."}
    fill(client, application, "structure", typed)
    check = client.get(reverse("submissions:check", args=[application.key]))

    fill(client, application, "structure", {"known": ""})

    application.refresh_from_db()
    assert "Le site a changé." in check.text
    assert application.said("structure", "structure_correction") == ""


def test_another_action_withdraws_no_consent_of_the_first(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    agreed = {"keep_informed": "on", "on_shared_list": "on"}
    fill(client, application, "public", agreed)
    send(client, application)
    enter(client, "zoe@example.org")
    client.post(
        reverse("submissions:another", args=[application.key]), {"start_key": ""}
    )
    other = Application.objects.drafts().get()
    page = client.get(reverse("submissions:step", args=[other.key, "public"]))
    for step in ("action", "territoire"):
        fill(client, other, step, ANSWERS[step])

    send(client, other)

    contact = Contact.objects.get()
    assert page.context["form"]["keep_informed"].value() is True
    assert (contact.keep_informed, contact.on_shared_list) == (True, True)
