"""The receipt says what is true of this answer, whatever became of it since."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assises.models import Kind, Mail
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

TO_CONFIRM = "Confirmez votre adresse"
STATES = Mail.State


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


def acknowledged(**columns):
    Mail.objects.filter(kind="application_received").update(**columns)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, "part vers zoe@example.org"),
        (
            {"state": STATES.SENT, "sent_at": WHILE_OPEN},
            "a été envoyé à zoe@example.org à 14\u00a0h\u00a032.",
        ),
        (
            {"state": STATES.SENT, "sent_at": WHILE_OPEN - timedelta(days=1)},
            "zoe@example.org le mardi 11\u00a0mai 2027 à 14\u00a0h\u00a032.",
        ),
        ({"state": STATES.FAILED}, "n’a pas pu être remis à zoe@example.org"),
        ({"state": STATES.CANCELLED}, "n’a pas pu être remis à zoe@example.org"),
        ({"tries": 1}, "n’a pas encore pu être remis"),
        ({"due_at": WHILE_OPEN + timedelta(hours=1)}, "partira vers zoe@example.org à"),
    ],
)
def test_receipt_tells_what_became_of_its_mail(client, sent, columns, said):
    acknowledged(**columns)

    text = receipt(client, sent)

    assert said in text
    assert ("Vérifier mon adresse" in text) is ("pas pu être remis" in said)


def test_receipt_says_what_when_and_where(client, sent, edition):
    text = receipt(client, sent)

    assert (
        "Votre structure est invitée aux Assises, le jeudi 21\u00a0octobre 2027."
        in text
    )
    assert edition.venue in text
    assert f'href="{reverse("assises:agenda", args=[edition.slug])}"' in text


def test_who_answers_alone_is_no_structure(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    typed = ANSWERS["structure"] | {"kind": "individuel"}
    fill(client, application, "structure", typed)
    send(client, application)

    text = receipt(client, application)
    body = Mail.objects.get(kind="application_received").body

    assert [each.count("Votre structure est invitée") for each in (text, body)] == [
        0,
        0,
    ]
    assert [each.count("Nous vous invitons aux") for each in (text, body)] == [1, 1]


def test_receipt_says_when_the_answer_was_changed(client, sent, while_open):
    before = receipt(client, sent)
    while_open.shift(3600)
    fill(client, sent, "public", {"difficulty": "Garder les bénévoles."})

    assert "Modifiée" not in before
    assert "Modifiée à 15\u00a0h\u00a032." in receipt(client, sent)


def test_its_mail_asks_first_to_confirm_and_brings_the_calendar(client, sent, settings):
    body = Mail.objects.get(kind="application_received").body

    first = body.split("\n")[2]
    assert "Confirmez que cette adresse est la vôtre" in first
    assert body.count("\x1e") == 1
    assert "Quand\u00a0: jeudi 21\u00a0octobre 2027\nOù\u00a0: " in body
    assert f"{settings.SITE_URL}/agenda/2027.ics" in body


def test_its_mail_asks_nothing_of_a_confirmed_address(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    enter(client, "zoe@example.org")
    send(client, application)

    mail = Mail.objects.get(kind="application_received")

    assert "onfirme" not in mail.subject + mail.body
    assert mail.body.count("\x1e") == 1
