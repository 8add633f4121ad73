"""What mails say to whom: a stranger's words carry no link to somebody who asked nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Kind, Mail
from assises.web import throttle
from submissions.answering import lifecycle, steps
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send
from tests.factories import WHILE_OPEN, ApplicationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

BAIT = {
    "structure": {"name": "Gagnez sur https://evil.example/a"},
    "contact": {
        "function": "evil.example",
        "second_first_name": "Inès",
        "second_last_name": "Petit",
        "second_email": "ines@example.org",
    },
    "action": {"title": "Votre colis : https://evil.example/b"},
}


def baited(client, email):
    """Return an answer begun for ``email``, full of links, and sent by ``client``."""
    application = begin(client, Kind.DECLARE, email=email)
    for step in steps.PATHS[Kind.DECLARE]:
        typed = ANSWERS[step] | BAIT.get(step, {})
        fill(client, application, step, typed | {"email": email})
    send(client, application)
    return application


def texts(**about):
    return [
        f"{mail.subject}\n{mail.body}"
        for mail in Mail.objects.filter(**about).order_by("pk")
    ]


def test_what_a_stranger_types_is_no_link_in_the_mails_of_others(client, settings):
    application = baited(client, "victime@example.org")
    client.post(reverse("submissions:withdraw", args=[application.key]))

    kinds = Mail.objects.order_by("pk").values_list("kind", "address")
    assert list(kinds) == [
        ("application_started", "victime@example.org"),
        ("application_received", "victime@example.org"),
        ("second_contact_named", "ines@example.org"),
        ("application_withdrawn", "victime@example.org"),
        ("application_withdrawn", "ines@example.org"),
    ]
    written = "\n".join(texts()).replace(settings.SITE_URL, "")
    assert "Gagnez sur https: //evil. example/a" in written
    assert not re.search(r"https?://|evil\.example", written)
    assert "Votre colis" not in "".join(texts(address="ines@example.org"))
    subjects = Mail.objects.values_list("subject", flat=True)
    assert not [subject for subject in subjects if "colis" in subject]


def test_a_person_who_confirmed_their_address_reads_their_own_words(client):
    application = begin(client, Kind.DECLARE)
    fill_all(client, application)
    fill(client, application, "action", {**ANSWERS["action"], **BAIT["action"]})
    enter(client, "zoe@example.org")
    send(client, application)

    [received] = texts(kind="application_received")

    assert received.count("Votre colis : https://evil.example/b") == 2


def test_a_second_contact_is_told_who_may_resume(client):
    application = baited(client, "zoe@example.org")

    client.post(reverse("submissions:withdraw", args=[application.key]))

    hers, others = texts(kind="application_withdrawn")
    assert "Vous pouvez la reprendre" in hers
    assert "La personne qui a répondu peut la reprendre" in others


DAY = throttle.LIMITS["mail-address"]


def burn(address, scope="mail-address"):
    for _ in range(throttle.LIMITS[scope].times):
        throttle.allow(scope, address, at=WHILE_OPEN)


def dues(**about):
    """Return, in their order, how long after now each mail may leave."""
    mails = Mail.objects.filter(state=Mail.State.QUEUED, **about).order_by("pk")
    return [mail.due_at - WHILE_OPEN for mail in mails]


def test_every_answer_of_a_busy_day_is_acknowledged_later_at_worst(client):
    for _ in range(DAY.times + 2):
        answer = ApplicationFactory(complete=True, email="zoe@example.org")
        lifecycle.send(answer, at=WHILE_OPEN)
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)

    receipt = send(client, application)

    late = [DAY.pace, DAY.pace * 2, DAY.pace * 3]
    assert dues(kind="application_received") == [timedelta(0)] * DAY.times + late
    assert len(dues()) == DAY.times + 3
    assert "partira vers zoe@example.org" in receipt.text


def test_a_receipt_that_waits_gives_its_place_to_the_next_one(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    burn("zoe@example.org")
    send(client, application)

    client.post(reverse("submissions:withdraw", args=[application.key]))
    client.post(reverse("submissions:resume", args=[application.key]))
    send(client, application)

    assert dues(kind="application_received") == [DAY.pace]
    assert dues(kind="application_withdrawn") == [DAY.pace * 2]
    assert Mail.objects.filter(state=Mail.State.CANCELLED).count() == 1


def test_a_second_contact_whose_box_is_full_is_told_later(client):
    burn("ines@example.org")

    baited(client, "zoe@example.org")

    assert dues(kind="second_contact_named") == [DAY.pace]


def test_strangers_together_write_to_few_second_contacts_an_hour(client):
    hour = throttle.LIMITS["second-unconfirmed"]
    burn("", "second-unconfirmed")

    for number in range(3):
        baited(Client(), f"inconnue{number}@example.org")
    enter(client, "zoe@example.org")
    baited(client, "zoe@example.org")

    told = dues(kind="second_contact_named")
    assert told == [hour.pace, hour.pace * 2, hour.pace * 3, timedelta(0)]


@pytest.mark.parametrize(("confirmed", "due"), [(True, 0), (False, 1)])
def test_who_loses_an_answer_is_always_told(client, confirmed, due):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    if confirmed:
        enter(client, "zoe@example.org")
    burn("zoe@example.org")
    burn("voleur@example.org", "start-address")

    typed = {**ANSWERS["contact"], "email": "voleur@example.org"}
    fill(client, application, "contact", typed)

    assert dues(kind="address_changed", address="voleur@example.org") == [timedelta(0)]
    assert dues(kind="address_replaced", address="zoe@example.org") == [DAY.pace * due]


def test_asking_for_links_all_day_fills_no_box(client, while_open):
    for _ in range(12):
        for _ in range(5):
            page = client.post(
                reverse("submissions:access"), {"email": "zoe@example.org"}
            )
        while_open.shift(3600)

    left_by_then = Mail.objects.filter(due_at__lte=WHILE_OPEN + timedelta(hours=12))
    assert left_by_then.exclude(state=Mail.State.CANCELLED).count() <= DAY.times + 5
    assert "nous n’en envoyons pas d’autre" in page.text
