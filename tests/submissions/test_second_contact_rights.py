"""What the second contact may not do, and may not see."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from assises.models import Kind
from tests.answers import ANSWERS, SECOND, begin, enter, fill, fill_all, send
from tests.test_consistency import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def test_a_second_contact_decides_nothing_and_sees_no_consent(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    fill(client, application, "contact", {**ANSWERS["contact"], **SECOND})
    fill(client, application, "public", {"publishes": "on", "keep_informed": "on"})
    send(client, application)
    hers = Client()
    enter(hers, "ines@example.org")
    receipt = reverse("submissions:receipt", args=[application.key])
    check = reverse("submissions:check", args=[application.key])
    change = reverse("submissions:change-kind", args=[application.key])

    read = hers.get(receipt).text
    client.post(reverse("submissions:withdraw", args=[application.key]))
    client.post(reverse("submissions:resume", args=[application.key]))
    resumed = hers.get(check).text
    refused = [hers.post(check), hers.post(change, {"kind": "declare"})]

    application.refresh_from_db()
    assert "Recevoir" in client.get(check).text
    assert ["Recevoir" in page for page in (read, resumed)] == [False, False]
    assert "peut seule l’envoyer" in resumed
    assert [response.status_code for response in refused] == [404, 404]
    assert (application.kind, application.state) == ("participate", "draft")


# What a second contact gets of a sent answer, by GET and by an empty POST.
ALLOWED = {
    "<slug:step>/": (200, 409),  # She may save it; an empty page is out of date.
    "autre-action/": (405, 404),
    "est-ce-la-votre/": (405, 404),
    "matinee/": (404, 404),  # Nobody was asked to present.
    "me-retirer/": (405, 302),
    "porte/": (405, 404),
    "recu/": (200, 405),
    "reprendre/": (405, 404),
    "retirer/": (404, 404),
    "supprimer/": (404, 404),
    "verifier/": (302, 404),
}


def test_every_address_answers_a_second_contact_as_written_here(client):
    application = begin(client, Kind.DECLARE)
    fill_all(client, application)
    fill(client, application, "contact", {**ANSWERS["contact"], **SECOND})
    send(client, application)
    hers = Client()
    enter(hers, "ines@example.org")
    prefix = "candidature/<str:key>/"
    known = {pattern for pattern, _ in addresses(get_resolver().url_patterns)}
    there = {name.removeprefix(prefix) for name in known if name.startswith(prefix)}

    found = {}
    for name in sorted(there, key="me-retirer/".__eq__):  # Left last: it is for good.
        page = name.replace("<slug:step>", "action")
        address = f"/candidature/{application.key}/{page}"
        found[name] = tuple(
            answer(address).status_code for answer in (hers.get, hers.post)
        )

    assert found == ALLOWED
