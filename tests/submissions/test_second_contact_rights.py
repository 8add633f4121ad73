"""What the second contact may not do, and may not see."""

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Kind
from tests.answers import ANSWERS, SECOND, begin, enter, fill, fill_all, send

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
