"""Is what was typed still there when too many people try at once?"""

import pytest
from django.urls import reverse

from assises.models import Kind, Mail
from assises.people import access_links
from assises.web import throttle
from submissions.models import Application
from tests.answers import begin
from tests.factories import WHILE_OPEN, ApplicationFactory

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


def test_wrong_links_shut_nobody_out(client):
    enter = reverse("submissions:enter")
    wrong = {client.post(enter, {"token": "x" * 43}).status_code for _ in range(130)}

    token = access_links.issue("zoe@example.org", at=WHILE_OPEN)
    entered = client.post(enter, {"token": token})

    assert wrong == {404}
    assert entered.url == reverse("committee:space")


@pytest.mark.parametrize("known", [True, False])
def test_a_link_that_does_not_leave_is_not_said_to(client, known):
    if known:
        ApplicationFactory(email="zoe@example.org")
    asked = {"email": "zoe@example.org"}

    pages = [client.post(reverse("submissions:access"), asked) for _ in range(5)]

    assert Mail.objects.count() == 4
    said = ["Nous envoyons un lien" in page.text for page in pages]
    assert said == [True] * 4 + [False]
    assert "nous n’en envoyons pas d’autre" in pages[-1].text
