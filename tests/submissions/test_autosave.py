"""A page that saves by itself uses the address of its step, and is told the truth."""

import pytest
from django.urls import reverse

from assises.forms.posted_texts import MOST_CHARACTERS
from assises.models import Kind, Mail
from submissions.models import Application
from tests.answers import ANSWERS, begin, fill, fingerprint
from tests.factories import StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


@pytest.fixture
def application(client):
    return begin(client, Kind.DECLARE)


def autosave(client, application, step, typed, seen=None):
    seen = seen or fingerprint(client, application, step)
    return client.post(
        reverse("submissions:step", args=[application.key, step]),
        {**typed, "seen": seen},
        headers={"X-Autosave": "1"},
    )


def test_the_answer_says_when_and_what_the_page_carries_next(client, application):
    response = autosave(client, application, "action", {"title": "L’œuf"})

    stored = fingerprint(client, application, "action")
    assert response.json() == {"at": "14\u00a0h\u00a032", "seen": stored}
    application.refresh_from_db()
    assert application.title == "L’œuf"


def test_what_is_not_valid_yet_is_kept_too(client, application):
    autosave(client, application, "action", {"title": "L’œuf", "starts": "bientôt"})

    page = client.get(reverse("submissions:step", args=[application.key, "action"]))
    assert "bientôt" in page.text


def test_a_stale_page_is_refused(client, application):
    seen = fingerprint(client, application, "action")
    fill(client, application, "action", {"title": "Ailleurs"})

    response = autosave(client, application, "action", {"title": "Ici"}, seen=seen)

    application.refresh_from_db()
    assert response.status_code == 409
    assert application.title == "Ailleurs"


def test_too_much_to_keep_is_not_called_saved(client, application):
    typed = {"description": "x" * (MOST_CHARACTERS + 1)}

    seen = fingerprint(client, application, "action")

    refused = autosave(client, application, "action", typed, seen=seen)
    typed = {"title": "L’œuf"}
    kept = fill(client, application, "action", typed, seen=seen, follow=False)

    assert (refused.status_code, kept.status_code) == (413, 302)


def test_an_address_still_being_typed_is_not_written_to(client, application):
    typed = {**ANSWERS["contact"], "email": "zoe@example.or.fr", "first_name": "Zo"}

    autosave(client, application, "contact", typed)

    application.refresh_from_db()
    assert application.email == "zoe@example.org"
    assert application.said("contact", "first_name") == "Zo"
    assert not Mail.objects.filter(kind="address_changed").exists()


def test_a_structure_described_where_one_was_picked_is_kept(client, application):
    picked = StructureFactory(listed=True, name="Musée Démo")
    first = autosave(client, application, "structure", {"known": str(picked.pk)})
    described = {**ANSWERS["structure"], "known": ""}

    autosave(client, application, "structure", described, seen=first.json()["seen"])

    application = Application.objects.get(pk=application.pk)
    assert application.structure_name == ANSWERS["structure"]["name"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("contact", "submissions:step"),
        ("verifier", "submissions:check"),
        ("ailleurs", "submissions:step"),
    ],
)
def test_the_list_of_steps_saves_what_is_typed_then_goes(
    client, application, chosen, expected
):
    typed = {"title": "L’œuf", "starts": "bientôt", "vers": chosen}

    response = fill(client, application, "action", typed, follow=False)

    there = {"contact": ["contact"], "verifier": [], "ailleurs": ["action"]}[chosen]
    assert response.url == reverse(expected, args=[application.key, *there])
    application.refresh_from_db()
    assert application.title == "L’œuf"
    assert application.typed["action"]["starts"] == ["bientôt"]
