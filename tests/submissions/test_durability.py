"""What the site has acknowledged survives the death of its web processes.

``KILLS=200 pytest tests/submissions/test_durability.py`` is the long version, whose
figures are published; the short one runs every time.
"""

import http.client
import http.cookiejar
import os
import random
import re
import signal
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from assises import clock
from assises.models import Kind, Mail
from submissions.answering import steps
from submissions.models import Application, Snapshot
from tests.answers import ANSWERS
from tests.factories import EditionFactory
from tests.web_process import serving, unused_port

KILLS = int(os.environ.get("KILLS", "4"))
CLIENTS = 3

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call():
    now, while_ = clock.now(), timedelta(days=100)
    return EditionFactory(
        opens_at=now - while_,
        closes_at=now + while_,
        inventory_closes_at=now + while_,
        reviews_due_on=None,
        results_on=None,
        held_on=(now + 2 * while_).date(),
    )


@pytest.fixture
def site():
    """A gunicorn with two processes, on the database of this test."""
    port = unused_port()
    with serving(port, "--workers", "2", "--threads", "4") as process:
        yield f"http://127.0.0.1:{port}", process.pid


class Browser:
    """A browser of an impatient person: it sends again whatever got no answer.

    Each at home, behind our own proxy: one address for all would be throttled.
    """

    def __init__(self, site, home):
        self.site = site
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar)
        )
        self.opener.addheaders.append(("X-Forwarded-For", home))

    def open(self, path, typed=None):
        data = urllib.parse.urlencode(typed, doseq=True).encode() if typed else None
        for _ in range(100):
            try:
                with self.opener.open(self.site + path, data, timeout=5) as answer:
                    return answer.url.removeprefix(self.site), answer.read().decode()
            except urllib.error.HTTPError:
                raise
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
        raise AssertionError(f"no answer from {path}")

    def submit(self, path, **typed):
        """Open a page as a person does, type into its form, send it."""
        return self.open(path, {**self.hidden(path), **typed})

    def hidden(self, path):
        _, page = self.open(path)
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))

    def submit_cut(self, path, *, after, **typed):
        """Type into a page, and let the network fail ``after`` a field; return the answer."""
        whole = urllib.parse.urlencode(self.hidden(path) | typed)
        cut = whole[: whole.index(f"{after}=") + len(after) + 4]
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)
        host = self.site.removeprefix("http://")
        name, port = host.split(":")
        with socket.create_connection((name, int(port)), timeout=20) as connection:
            connection.sendall(
                f"POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\n"
                f"Origin: {self.site}\r\nContent-Length: {len(whole)}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
                f"{cut}".encode()
            )
            connection.shutdown(socket.SHUT_WR)
            with connection.makefile("rb") as answered:
                return answered.read().decode()


def texts_of(email):
    """Return what the person at ``email`` types, hers alone, step by step."""
    own = email.partition("@")[0]
    return {
        "structure": {**ANSWERS["structure"], "name": f"Association {own}"},
        "contact": {
            **ANSWERS["contact"],
            "last_name": f"Noël-{own}",
            "function": f"« l’œuf » {own}",
            "email": email,
        },
        "public": {},
    }


def answer(browser, email, **others):
    """Answer the call by its shortest door; return the key that the receipt shows."""
    path, _ = browser.submit("/candidature/", email=email, kind=Kind.PARTICIPATE)
    key = path.split("/")[2]
    typed = texts_of(email) | others
    for step in steps.path(Kind.PARTICIPATE):
        browser.submit(f"/candidature/{key}/{step.slug}/", **typed[step.slug])
    path, _ = browser.submit(f"/candidature/{key}/verifier/")
    assert path == f"/candidature/{key}/recu/"
    return key


def typed_in(application):
    """Return the texts of :func:`texts_of` as they are read back."""
    contact = application.contact
    return (
        application.structure.name,
        contact.last_name,
        contact.function,
        contact.email,
        contact.phone,
    )


def expected_in(application):
    """Return the same texts as they were typed."""
    typed = texts_of(application.email)
    contact = typed["contact"]
    return (
        typed["structure"]["name"],
        contact["last_name"],
        contact["function"],
        contact["email"],
        "+33199001234",
    )


def workers_of(master):
    """Return the processes that gunicorn has forked."""
    return [
        int(child)
        for task in Path(f"/proc/{master}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]


def test_kills_of_web_processes_lose_nothing_acknowledged(site, call):
    address, master = site
    acknowledged, faults, stop = [], [], threading.Event()

    def work(number):
        for turn in range(10_000):
            if stop.is_set():
                return
            email = f"c{number}-{turn}@example.org"
            home = f"10.{number}.{turn // 250}.{turn % 250}"
            try:
                acknowledged.append(answer(Browser(address, home), email))
            except Exception as fault:
                faults.append(repr(fault))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    chance = random.Random(31)
    for _ in range(KILLS):
        time.sleep(0.3 + chance.random())
        with suppress(ProcessLookupError, IndexError):
            os.kill(chance.choice(workers_of(master)), signal.SIGKILL)
    stop.set()
    for thread in threads:
        thread.join(timeout=60)

    sent = Application.objects.sent()
    receipts = Mail.objects.filter(kind="application_received")
    assert faults == []
    assert len(acknowledged) > 0
    assert set(acknowledged) <= set(sent.values_list("key", flat=True))
    assert [typed_in(each) for each in sent] == [expected_in(each) for each in sent]
    assert Snapshot.objects.count() == receipts.count() == sent.count()
    assert set(receipts.values_list("reference", flat=True)) == set(
        sent.values_list("key", flat=True)
    )


def test_an_upload_cut_on_its_way_erases_nothing(site, call):
    address, _ = site
    browser, email = Browser(address, "10.9.9.9"), "chloe@example.org"
    second = {
        "second_first_name": "Inès",
        "second_last_name": "Petit",
        "second_email": "ines@example.org",
    }
    typed = texts_of(email)["contact"] | second
    key = answer(browser, email, contact=typed)

    path = f"/candidature/{key}/contact/"
    typed["last_name"] = "Noël corrigé"
    refused = browser.submit_cut(path, after="second_first_name", **typed)

    application = Application.objects.get(key=key)
    assert refused.startswith("HTTP/1.1 400 ")
    assert "Noël corrigé" in refused
    assert typed_in(application) == expected_in(application)
    assert application.second_contact.email == "ines@example.org"
    assert application.snapshots.count() == 1
