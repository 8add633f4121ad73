"""The person named by somebody else: told once, free to leave, master of nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Contact, Kind, Mail
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def named_second(client, email="ines@example.org"):
    """Return an answer begun by ``client`` that names ``email`` as second contact."""
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    second = {
        "second_first_name": "Inès",
        "second_last_name": "Petit",
        "second_email": email,
    }
    fill(client, application, "contact", {**ANSWERS["contact"], **second})
    return application


def test_a_second_contact_sees_nothing_before_the_answer_is_sent(client):
    application = named_second(client)
    hers = Client()

    space = enter(hers, "ines@example.org")

    draft = hers.get(reverse("submissions:check", args=[application.key]))
    assert space.context["answers"] == []
    assert draft.status_code == 404


def test_a_second_contact_neither_withdraws_nor_deletes(client):
    application = named_second(client)
    send(client, application)
    hers = Client()

    space = enter(hers, "ines@example.org")

    withdraw = reverse("submissions:withdraw", args=[application.key])
    assert withdraw not in space.text
    assert hers.post(withdraw).status_code == 404
    assert client.get(withdraw).status_code == 200


def test_a_withdrawal_is_told_to_everybody_named(client):
    application = named_second(client)
    send(client, application)

    client.post(reverse("submissions:withdraw", args=[application.key]))

    told = Mail.objects.filter(kind="application_withdrawn").order_by("pk")
    assert list(told.values_list("address", "link_email")) == [
        ("zoe@example.org", "zoe@example.org"),
        ("ines@example.org", "ines@example.org"),
    ]


def test_the_second_contact_can_read_and_leave_in_one_click(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    second = {
        "second_first_name": "Inès",
        "second_last_name": "Petit",
        "second_email": "ines@example.org",
    }
    fill(client, application, "contact", {**ANSWERS["contact"], **second})
    send(client, application)
    hers = Client()
    space = enter(hers, "ines@example.org")

    response = hers.post(
        reverse("submissions:leave-application", args=[application.key]), follow=True
    )

    application.refresh_from_db()
    assert "Me retirer de ce dossier" in space.text
    assert "Vous ne figurez plus" in response.text
    assert application.second_contact is None
    assert not Contact.objects.filter(email="ines@example.org").exists()
    assert application.snapshots.count() == 2


def test_a_replaced_second_contact_is_told_too(client):
    application = named_second(client)
    send(client, application)

    fill(
        client,
        application,
        "contact",
        {
            **ANSWERS["contact"],
            "second_first_name": "Lou",
            "second_last_name": "Grand",
            "second_email": "lou@example.org",
        },
    )

    told = Mail.objects.filter(kind="second_contact_named").order_by("pk")
    assert [mail.address for mail in told] == ["ines@example.org", "lou@example.org"]


def test_a_second_contact_cannot_take_the_answer_over(client):
    application = named_second(client)
    send(client, application)
    hers = Client()
    enter(hers, "ines@example.org")

    response = fill(
        hers,
        application,
        "contact",
        {**ANSWERS["contact"], "email": "ines@example.org"},
        seen="",
    )

    application.refresh_from_db()
    assert response.redirect_chain[-1][0] == reverse(
        "submissions:receipt", args=[application.key]
    )
    assert application.email == "zoe@example.org"


def test_a_name_carries_no_address_to_a_stranger(client):
    application = named_second(client)
    typed = {
        **ANSWERS["contact"],
        "second_first_name": "Voir https://evil.example",
        "second_last_name": "Petit",
        "second_email": "ines@example.org",
    }

    response = fill(client, application, "contact", typed)

    assert list(response.context["form"].errors) == ["second_first_name"]


def test_one_answer_cannot_write_to_ever_more_strangers(client):
    application = named_second(client)
    send(client, application)

    for number in range(8):
        typed = {
            **ANSWERS["contact"],
            "second_first_name": "Lou",
            "second_last_name": "Grand",
            "second_email": f"lou{number}@example.org",
        }
        fill(client, application, "contact", typed)

    assert Mail.objects.filter(kind="second_contact_named").count() == 4
