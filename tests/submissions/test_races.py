"""Two people click together: one wins, the other is told, nothing is done twice.

``ROUNDS=1000 pytest tests/submissions/test_races.py`` is the long version.
"""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from assises.models import Kind, Mail
from assises.web import throttle
from submissions.answering import lifecycle
from submissions.models import Application, Snapshot
from tests.answers import ANSWERS, END, link_of_last_mail
from tests.factories import WHILE_OPEN, ApplicationFactory, EditionFactory

ROUNDS = int(os.environ.get("ROUNDS", "20"))

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=False),
    pytest.mark.usefixtures("while_open"),
]


@pytest.fixture(autouse=True)
def call():
    """The call is open. (Transactional tests start from reference data alone.)"""
    return EditionFactory()


def together(*functions):
    """Run ``functions`` at the same time, each in its own connection."""
    barrier = threading.Barrier(len(functions))

    def run(function):
        try:
            barrier.wait(timeout=10)
            return function()
        except lifecycle.MoveRefusedError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(functions)) as pool:
        return list(pool.map(run, functions))


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
        *(lambda client=client: client.post(address, END) for client in clients)
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
        **END,
    }
    client = Client(REMOTE_ADDR=f"10.0.{number // 256}.{number % 256}")
    return lambda: client.post(reverse("submissions:start"), typed)


def test_parallel_double_clicks_on_start_make_one_answer_each():
    for number in range(ROUNDS):
        first, second = together(start_once(number), start_once(number))
        assert first.url == second.url

    assert Application.objects.count() == ROUNDS
    assert Mail.objects.count() == ROUNDS


def test_two_saves_of_one_step_never_overwrite_silently():
    application = ApplicationFactory(proposed=True, kind=Kind.PROPOSE)
    clients = [signed_in(application.email) for _ in range(2)]
    address = reverse("submissions:step", args=[application.key, "action"])
    seen = clients[0].get(address).context["seen"]

    responses = together(
        *(
            lambda client=client, title=title: client.post(
                address, {**ANSWERS["action"], "title": title, "seen": seen, **END}
            )
            for client, title in zip(clients, ("Le premier", "Le second"), strict=True)
        )
    )

    application.refresh_from_db()
    assert sorted(response.status_code for response in responses) == [302, 409]
    winner = [response.status_code for response in responses].index(302)
    assert application.title == ("Le premier", "Le second")[winner]


def test_the_throttle_counts_every_try_of_a_crowd():
    together(
        *(lambda: throttle.allow("link-address", "a", at=WHILE_OPEN) for _ in range(4))
    )

    assert throttle.allow("link-address", "a", at=WHILE_OPEN) is False
    assert throttle.allow("link-address", "b", at=WHILE_OPEN) is True


def signed_in(email):
    client = Client()
    client.post(
        reverse("submissions:enter"),
        {"token": link_of_last_mail(email)},
    )
    return client
