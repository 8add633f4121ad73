"""The receipt says what is true of this answer, whatever became of it since."""

import pytest
from django.urls import reverse

from assises.models import Kind
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

TO_CONFIRM = "pour confirmer que cette adresse est la vôtre"


@pytest.fixture
def sent(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    send(client, application)
    return application


def receipt(client, application):
    return client.get(reverse("submissions:receipt", args=[application.key])).text


def test_receipt_asks_to_confirm_an_address_until_its_link_is_used(client, sent):
    before = receipt(client, sent)
    enter(client, "zoe@example.org")
    after = receipt(client, sent)

    told = "Un accusé de réception part vers zoe@example.org"
    assert [told in text for text in (before, after)] == [True, True]
    assert [TO_CONFIRM in text for text in (before, after)] == [True, False]


def test_receipt_of_a_changed_address_does_not_send_the_past_there(client, sent):
    enter(client, "zoe@example.org")

    fill(
        client,
        sent,
        "contact",
        {**ANSWERS["contact"], "email": "zoe.noel@example.org"},
    )

    text = receipt(client, sent)
    assert "Un accusé de réception part vers" not in text
    assert "est parti à l’adresse indiquée à l’envoi" in text
    assert "nous vous écrivons à zoe.noel@example.org" in text
    assert TO_CONFIRM in text


@pytest.mark.parametrize(
    ("kind", "consent", "offer"),
    [
        (
            Kind.PARTICIPATE,
            "Montrer mon adresse électronique à côté de la structure",
            "Déclarer une action de la même structure",
        ),
        (
            Kind.DECLARE,
            "Montrer mon adresse électronique à côté de l’action",
            "Déclarer une autre action de la même structure",
        ),
    ],
)
def test_who_comes_without_an_action_reads_of_none(client, kind, consent, offer):
    application = begin(client, kind)
    fill_all(client, application)
    step = client.get(reverse("submissions:step", args=[application.key, "public"]))

    received = send(client, application)
    space = client.get(reverse("committee:space"))

    assert step.context["form"].fields["shows_email"].label == consent
    assert [offer in page.text for page in (received, space)] == [True, True]
