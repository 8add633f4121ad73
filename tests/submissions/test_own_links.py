"""One's own links: listed, and revoked by who received them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import AccessLink, Event, Kind
from assises.people import access_links
from tests.answers import begin, enter
from tests.factories import WHILE_OPEN, ApplicationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def links_in(page):
    return re.findall(r'(?:action|href)="(/acces/liens/\d+/)"', page.text)


def test_links_of_ones_own_are_listed_and_stop_at_once(client):
    ApplicationFactory(email="zoe@example.org")
    ApplicationFactory(email="autre@example.org")
    access_links.issue("autre@example.org", at=WHILE_OPEN)
    other = Client()
    enter(other, "zoe@example.org")
    enter(client, "zoe@example.org")

    page = client.get(reverse("committee:space"))
    here, elsewhere = links_in(page)
    client.post(elsewhere)

    assert "celui de votre visite" in page.text
    assert f'href="{here}"' in page.text  # It asks first.
    assert links_in(client.get(reverse("committee:space"))) == [here]
    assert other.get(reverse("committee:space")).url == reverse("submissions:access")
    assert Event.objects.filter(verb="lien révoqué").count() == 1


def test_the_link_one_came_by_is_revoked_after_a_question(client):
    ApplicationFactory(email="zoe@example.org")
    enter(client, "zoe@example.org")
    [here] = links_in(client.get(reverse("committee:space")))

    question = client.get(here)
    kept = AccessLink.objects.usable(WHILE_OPEN).count()
    client.post(here)

    assert "C’est par ce lien que vous êtes ici" in question.text
    assert kept == 1
    assert client.get(reverse("committee:space")).url == reverse("submissions:access")


def test_links_of_others_are_not_revoked(client):
    ApplicationFactory(email="zoe@example.org")
    access_links.issue("autre@example.org", at=WHILE_OPEN)
    theirs = AccessLink.objects.get().pk
    begin(client, Kind.DECLARE)

    address = reverse("submissions:revoke-link", args=[theirs])
    stranger = client.post(address).status_code
    enter(client, "zoe@example.org")

    assert [stranger, client.post(address).status_code] == [404, 404]
    assert AccessLink.objects.get(pk=theirs).revoked_at is None


def test_a_link_says_when_it_was_last_used(client, while_open):
    ApplicationFactory(email="zoe@example.org")
    token = access_links.issue("zoe@example.org", at=WHILE_OPEN)
    client.post(reverse("submissions:enter"), {"token": token})
    while_open.shift(3600)

    client.post(reverse("submissions:enter"), {"token": token})

    used_at = AccessLink.objects.get().used_at
    assert used_at == WHILE_OPEN + timedelta(hours=1)
    page = client.get(reverse("committee:space"))
    assert "Dernière ouverture à 15\u00a0h\u00a032" in page.text
