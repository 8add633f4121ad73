"""Two people click together: one wins, the other is told, nothing is done twice.

``ROUNDS=1000 pytest tests/submissions/test_races.py`` is the long version.
"""

import itertools
import os

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Kind, Mail
from assises.web import throttle
from submissions.answering import lifecycle
from submissions.models import Application, Snapshot
from tests.answers import ANSWERS, link_of_last_mail
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    EditionFactory,
    StructureFactory,
)
from tests.together import together

ROUNDS = int(os.environ.get("ROUNDS", "20"))

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=False),
    pytest.mark.usefixtures("while_open"),
]


@pytest.fixture(autouse=True)
def call():
    """The call is open. (Transactional tests start from reference data alone.)"""
    return EditionFactory()


def refusals(results):
    return sum(isinstance(result, lifecycle.MoveRefusedError) for result in results)


def test_of_two_sends_one_wins():
    application = ApplicationFactory(proposed=True, kind=Kind.PROPOSE)
    copies = [Application.objects.get(pk=application.pk) for _ in range(2)]

    results = together(
        *(lambda copy=copy: lifecycle.send(copy, at=WHILE_OPEN) for copy in copies)
    )

    application.refresh_from_db()
    assert refusals(results) == 1
    assert application.state == Application.State.SENT
    assert Snapshot.objects.count() == 1
    assert Mail.objects.count() == 1


def test_of_send_again_and_withdraw_one_wins():
    application = ApplicationFactory(sent=True)
    copies = [Application.objects.get(pk=application.pk) for _ in range(2)]

    results = together(
        lambda: lifecycle.withdraw(copies[0], at=WHILE_OPEN),
        lambda: lifecycle.withdraw(copies[1], at=WHILE_OPEN),
    )

    application.refresh_from_db()
    assert refusals(results) == 1
    assert application.state == Application.State.WITHDRAWN


def test_a_send_racing_a_withdrawal_ends_in_one_state_with_its_history():
    application = ApplicationFactory(proposed=True, kind=Kind.PROPOSE)
    copies = [Application.objects.get(pk=application.pk) for _ in range(2)]

    results = together(
        lambda: lifecycle.send(copies[0], at=WHILE_OPEN),
        lambda: lifecycle.withdraw(copies[1], at=WHILE_OPEN),
    )

    application.refresh_from_db()
    assert refusals(results) == 1
    assert application.state == Application.State.SENT
    assert application.version == 2


def test_two_browsers_click_send_and_both_see_the_receipt():
    application = ApplicationFactory(proposed=True, kind=Kind.PROPOSE)
    clients = [signed_in(application.email) for _ in range(2)]
    address = reverse("submissions:check", args=[application.key])

    responses = together(
        *(lambda client=client: client.post(address) for client in clients)
    )

    receipt = reverse("submissions:receipt", args=[application.key])
    assert [response.url for response in responses] == [receipt, receipt]
    assert Mail.objects.filter(kind="application_received").count() == 1
    assert Snapshot.objects.count() == 1


def start_once(number):
    """Return a function that starts answer ``number``, from a house of its own.

    A thousand answers from one address would be throttled.
    """
    typed = {
        "email": f"double{number}@example.org",
        "kind": "declare",
        "start_key": f"6f9619ff-8b86-4d01-b42d-{number:012d}",
    }
    client = Client(REMOTE_ADDR=f"10.0.{number // 256}.{number % 256}")
    return lambda: client.post(reverse("submissions:start"), typed)


def test_parallel_double_clicks_on_start_make_one_answer_each():
    for number in range(ROUNDS):
        first, second = together(start_once(number), start_once(number))
        assert first.url == second.url

    assert Application.objects.count() == ROUNDS
    assert Mail.objects.count() == ROUNDS


def test_parallel_starts_in_one_browser_are_both_remembered():
    for number in range(ROUNDS):
        client = Client(REMOTE_ADDR=f"10.1.{number // 256}.{number % 256}")
        start(client, number, page=0)
        twin = Client(REMOTE_ADDR=client.defaults["REMOTE_ADDR"])
        twin.cookies = client.cookies

        begun = together(
            lambda client=client, number=number: start(client, number, page=1),
            lambda twin=twin, number=number: start(twin, number, page=2),
        )

        assert [client.get(page.url).status_code for page in begun] == [200, 200]


def start(client, number, *, page):
    """Begin an answer from one page of a browser."""
    return client.post(
        reverse("submissions:start"),
        {
            "email": f"page{page}-{number}@example.org",
            "kind": "participate",
            "start_key": f"6f9619ff-8b86-4d0{page}-b42e-{number:012d}",
        },
    )


@pytest.mark.parametrize("slug", ["structure", "contact"])
def test_a_double_click_on_a_step_is_no_conflict(slug):
    known = StructureFactory(listed=True)
    for _ in range(ROUNDS):
        application = ApplicationFactory()
        contact = {**ANSWERS["contact"], "email": application.email}
        typed = contact if slug == "contact" else {"known": str(known.pk)}

        responses = save_twice(application, slug, typed, typed)

        assert [response.status_code for response in responses] == [302, 302]


def save_twice(application, slug, *saves):
    """Save one step at the same instant from two browsers that opened it before."""
    clients = [signed_in(application.email) for _ in saves]
    address = reverse("submissions:step", args=[application.key, slug])
    seen = {"seen": clients[0].get(address).context["seen"]}
    posts = zip(clients, saves, strict=True)
    return together(
        *(
            lambda client=client, typed=typed: client.post(address, {**typed, **seen})
            for client, typed in posts
        )
    )


def test_two_saves_of_one_step_never_overwrite_silently():
    application = ApplicationFactory(proposed=True, kind=Kind.PROPOSE)
    titles = ("Le premier", "Le second")

    responses = save_twice(
        application,
        "action",
        *({**ANSWERS["action"], "title": title} for title in titles),
    )

    application.refresh_from_db()
    assert sorted(response.status_code for response in responses) == [302, 409]
    winner = [response.status_code for response in responses].index(302)
    assert application.title == titles[winner]


def test_the_throttle_counts_every_try_of_a_crowd():
    together(
        *(lambda: throttle.allow("link-address", "a", at=WHILE_OPEN) for _ in range(4))
    )

    assert throttle.allow("link-address", "a", at=WHILE_OPEN) is False
    assert throttle.allow("link-address", "b", at=WHILE_OPEN) is True


HOUSES = itertools.count()


def signed_in(email):
    """Return a browser, in a house of its own, that has used a link of ``email``."""
    house = next(HOUSES)
    client = Client(REMOTE_ADDR=f"10.2.{house // 256}.{house % 256}")
    client.post(
        reverse("submissions:enter"),
        {"token": link_of_last_mail(email)},
    )
    return client
