"""What is asked right above the button that sends: kept first, then sent."""

import pytest
from django.urls import reverse

from assises.models import Kind
from submissions.models import Application
from tests.answers import begin, fill_all, save_elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


@pytest.fixture
def draft(client):
    application = begin(client, Kind.DECLARE)
    fill_all(client, application)
    return Application.objects.get(pk=application.pk)


def check(application):
    return reverse("submissions:check", args=[application.key])


def stored(application):
    return Application.objects.get(pk=application.pk)


def post(client, application, seen=None, headers=None, **typed):
    seen = seen or client.get(check(application)).context["seen"]
    return client.post(check(application), {"seen": seen, **typed}, headers=headers)


def test_what_is_typed_there_is_sent_with_the_rest(client, draft):
    response = post(client, draft, difficulty="Garder les bénévoles.", publishes="on")

    draft = stored(draft)
    assert response.url == reverse("submissions:receipt", args=[draft.key])
    assert (draft.difficulty, draft.publishes) == ("Garder les bénévoles.", True)
    assert draft.is_sent


def test_a_consent_unticked_there_is_not_given(client, draft):
    assert draft.is_to_be_published

    post(client, draft, difficulty="")

    assert stored(draft).publishes is False


def test_what_is_typed_there_is_kept_though_something_is_missing(client):
    draft = begin(client, Kind.PARTICIPATE)

    response = post(client, draft, difficulty="Des locaux.")

    assert response.status_code == 422
    assert stored(draft).said("public", "difficulty") == "Des locaux."
    assert "Ce qui manque pour envoyer" in response.text


def test_what_is_wrong_there_is_kept_said_and_not_sent(client, draft):
    response = post(client, draft, difficulty="é" * 301)

    assert response.status_code == 422
    assert 'href="#id_difficulty"' in response.text
    assert stored(draft).said("public", "difficulty") == "é" * 301
    assert not stored(draft).is_sent


def test_a_page_out_of_date_sends_nothing_and_shows_both(client, draft):
    seen = client.get(check(draft)).context["seen"]
    save_elsewhere(draft, "public", difficulty="Celle de l’autre page.")

    response = post(client, draft, seen=seen, difficulty="Celle de cette page.")

    assert response.status_code == 409
    assert "Celle de l’autre page." in response.text
    assert "Celle de cette page." in response.text
    assert not stored(draft).is_sent


def test_it_saves_by_itself_and_sends_nothing(client, draft):
    response = post(
        client, draft, headers={"X-Autosave": "1"}, difficulty="En cours de frappe"
    )

    assert response.json()["at"] == "14\u00a0h\u00a032"
    assert stored(draft).said("public", "difficulty") == "En cours de frappe"
    assert not stored(draft).is_sent


def test_the_list_of_steps_keeps_it_and_goes(client, draft):
    response = post(client, draft, difficulty="Des locaux.", vers="action")

    assert response.url == reverse("submissions:step", args=[draft.key, "action"])
    assert stored(draft).said("public", "difficulty") == "Des locaux."
    assert not stored(draft).is_sent
