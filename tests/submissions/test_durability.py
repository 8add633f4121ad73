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
import subprocess
import sys
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
from submissions import steps
from submissions.models import Application, Snapshot
from tests.answers import ANSWERS
from tests.assises.worker_process import ROOT, database_url
from tests.factories import EditionFactory

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
        held_on=(now + 2 * while_).date(),
    )


@pytest.fixture
def site(unused_port):
    """A gunicorn with two processes, on the database of this test."""
    address = f"127.0.0.1:{unused_port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "assises.settings",
        "DATABASE_URL": database_url(),
        "DEMO": "0",
        "DEBUG": "1",
        "SITE_URL": f"http://{address}",
    }
    options = ["--bind", address, "--workers", "2", "--threads", "4"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "assises.wsgi", *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://{address}/plan-du-site/")
        yield f"http://{address}", process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address):
    for _ in range(200):
        with suppress(OSError), urllib.request.urlopen(address, timeout=1):
            return
        time.sleep(0.1)
    pytest.fail("the site did not start")


class Browser:
    """A browser of an impatient person: it sends again whatever got no answer."""

    def __init__(self, site):
        self.site = site
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(jar)
        )

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
        _, page = self.open(path)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        return self.open(path, {**hidden, **typed})


def answer(site, email):
    """Answer the call by its shortest door; return the key that the receipt shows."""
    browser = Browser(site)
    path, _ = browser.submit("/candidature/", email=email, kind=Kind.PARTICIPATE)
    key = path.split("/")[2]
    for step in steps.path(Kind.PARTICIPATE):
        typed = {
            **ANSWERS[step.slug],
            **({"email": email} if step.slug == "contact" else {}),
        }
        browser.submit(f"/candidature/{key}/{step.slug}/", **typed)
    path, _ = browser.submit(f"/candidature/{key}/verifier/")
    assert path == f"/candidature/{key}/recu/"
    return key


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
            try:
                acknowledged.append(answer(address, f"c{number}-{turn}@example.org"))
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
    assert Snapshot.objects.count() == receipts.count() == sent.count()
    assert set(receipts.values_list("reference", flat=True)) == set(
        sent.values_list("key", flat=True)
    )
