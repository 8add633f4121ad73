"""Is what was typed still there when too many people try at once?"""

import pytest
from django.urls import reverse

from assises.models import AccessLink, Kind, Mail
from assises.people import access_links
from assises.web import throttle
from submissions.models import Application
from tests.answers import begin
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def exhaust(scope, key="127.0.0.1"):
    while throttle.allow(scope, key, at=WHILE_OPEN):
        pass


def test_a_first_screen_refused_shows_what_was_typed(client):
    exhaust("start-client")
    typed = {"email": "tape@example.org", "kind": "declare", "start_key": ""}

    response = client.post(reverse("submissions:start"), typed)

    assert response.status_code == 429
    assert 'value="tape@example.org"' in response.text
    assert response.context["form"]["kind"].value() == "declare"
    assert "rien n’est perdu" in response.text
    assert not Application.objects.exists()


def test_another_action_waits_as_a_first_one(client):
    application = begin(client, Kind.DECLARE)
    another = reverse("submissions:another", args=[application.key])
    exhaust("start-client")

    response = client.post(another, {"start_key": ""}, follow=True)

    assert "Beaucoup de réponses" in response.text
    assert Application.objects.count() == 1


def test_a_request_for_a_link_refused_shows_the_address(client):
    exhaust("link-client")

    response = client.post(reverse("submissions:access"), {"email": "tape@example.org"})

    assert response.status_code == 429
    assert 'value="tape@example.org"' in response.text
    assert not Mail.objects.exists()


def test_a_link_refused_may_be_used_again_from_the_page(client, while_open):
    exhaust("enter-client")
    token = access_links.issue("zoe@example.org", at=WHILE_OPEN)

    refused = client.post(reverse("submissions:enter"), {"token": token})
    while_open.shift(600)
    entered = client.post(reverse("submissions:enter"), {"token": token})

    assert refused.status_code == 429
    assert f'name="token" value="{token}"' in refused.text
    assert entered.url == reverse("committee:space")
    assert AccessLink.objects.get().used_at is not None
