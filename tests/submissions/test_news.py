"""Whoever asked for news of the next edition may stop them, whatever the call."""

import pytest
from django.urls import reverse

from assises.models import Contact, Event
from submissions.models import Application
from tests.answers import enter
from tests.factories import ApplicationFactory, ContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

NEWS = reverse("submissions:refuse-news")
SPACE = reverse("committee:space")
HERS = "zoe@example.org"


def informed(client=None):
    """Return an answer of hers, which asked for news, once she has come by its link."""
    answer = ApplicationFactory(sent=True, email=HERS)
    Contact.objects.filter(pk=answer.contact_id).update(keep_informed=True)
    answer.type("public", {"keep_informed": ["on"]})
    Application.objects.filter(pk=answer.pk).update(typed=answer.typed)
    if client:
        client.post(reverse("submissions:access"), {"email": HERS})
        enter(client, HERS)
    return answer


@pytest.mark.usefixtures("while_open")
def test_one_button_stops_them_in_every_structure_and_on_the_form(client):
    answer = informed(client)
    ContactFactory(email=HERS, keep_informed=True)
    other = ContactFactory(email="lea@example.org", keep_informed=True)

    assert "Ne plus en recevoir" in client.get(SPACE).text
    client.post(NEWS)

    assert list(Contact.objects.filter(keep_informed=True)) == [other]
    answer.refresh_from_db()
    assert answer.said("public", "keep_informed") == ""
    assert answer.snapshots.count() == 1
    assert "Ne plus en recevoir" not in client.get(SPACE).text
    assert Event.objects.filter(verb="ne veut plus de nouvelles").count() == 2


@pytest.mark.usefixtures("while_open")
def test_nobody_stops_those_of_another_one(client):
    informed()

    assert client.post(NEWS).status_code == 404
    assert Contact.objects.filter(keep_informed=True).count() == 1


@pytest.mark.usefixtures("asking")
def test_it_is_possible_once_all_is_closed(client):
    informed(client)

    client.post(NEWS)

    assert not Contact.objects.filter(keep_informed=True).exists()
