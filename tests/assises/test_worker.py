"""Does the worker survive what breaks around it, and lose nothing?

``MAILS=1000 WORKER_KILLS=200 pytest tests/assises/test_worker.py -k kills`` is the long
version, whose figures are published.
"""

import os
import re
import signal
import sqlite3
import threading
import time

import psycopg
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from assises import clock
from assises.guests import invitations
from assises.mail import delivery
from assises.models import AccessLink, Invitation, Job, Mail
from assises.people import access_links
from assises.work import jobs
from assises.work.worker import ERROR_PAUSE, Worker
from tests.assises.smtp_server import SmtpServer
from tests.assises.worker_process import database_url, kill, start_worker, wait_until
from tests.factories import InvitationFactory, MailFactory, UserFactory

MAILS = int(os.environ.get("MAILS", "50"))
KILLS = int(os.environ.get("WORKER_KILLS", "5"))


@pytest.fixture
def start(server):
    """Start workers that are all dead when the test ends."""
    started = []

    def start(*options, port=server.port):
        started.append(start_worker(port, *options))
        return started[-1]

    yield start
    for process in started:
        kill(process)


def make_mails(count):
    now = clock.now()
    return MailFactory.create_batch(count, created_at=now, due_at=now)


def make_invitations(count):
    """Send invitations as an organiser does; return their mails, which bring links."""
    InvitationFactory.create_batch(count)
    invitations.send(Invitation.objects.all(), by=UserFactory(), at=clock.now())
    return list(Mail.objects.filter(kind="invited"))


WHATEVER_LEAVES = pytest.mark.parametrize("make", [make_mails, make_invitations])


def opened(server):
    """Return, for each link that left, who was told by which mail and what it opens."""
    keys = dict(AccessLink.objects.values_list("digest", "answer_key"))
    return {
        (letter["To"], letter["Message-ID"], keys[access_links.token_digest(token)])
        for letter in server.read()
        for token in re.findall(r"/acces/([^/\s]+)/", letter.get_content())
    }


def links_of(mails):
    return {
        (mail.address, mail.message_id, mail.reference)
        for mail in mails
        if mail.link_email
    }


def count(state):
    return Mail.objects.filter(state=state).count()


def all_sent():
    return count(Mail.State.SENT) == Mail.objects.count()


@pytest.mark.django_db(transaction=True)
def test_mail_of_a_killed_worker_leaves_after_its_lease(server, start):
    (mail,) = make_mails(1)
    server.delay = 30
    first = start("--lease", "2")
    assert wait_until(lambda: server.messages)

    kill(first)
    server.delay = 0
    start("--lease", "2")

    assert wait_until(all_sent)
    assert server.copies() == {mail.message_id: 2}


@WHATEVER_LEAVES
@pytest.mark.django_db(transaction=True)
def test_kills_of_the_worker_lose_no_mail(server, start, make):
    mails = make(MAILS)
    server.delay = 0.02
    between = MAILS * 4 // (KILLS * 5)

    for round_number in range(1, KILLS + 1):
        worker = start("--lease", "1")
        assert wait_until(lambda n=round_number: len(server.messages) >= between * n)
        kill(worker)
    start("--lease", "1")

    assert wait_until(all_sent)
    assert set(server.copies()) == {mail.message_id for mail in mails}
    assert len(server.messages) <= len(mails) + KILLS
    assert opened(server) == links_of(mails)


@WHATEVER_LEAVES
@pytest.mark.django_db(transaction=True)
def test_mails_written_while_the_server_is_away_leave_at_its_return(
    server, start, make
):
    server.stop()
    mails = make(5)
    start("--mail-pause", "0.2")
    assert wait_until(lambda: Job.objects.filter(key=jobs.HEARTBEAT).exists())
    time.sleep(1)

    back = SmtpServer(server.port)

    try:
        assert wait_until(all_sent)
        assert set(Mail.objects.values_list("tries", flat=True)) == {1}
        assert back.copies() == {mail.message_id: 1 for mail in mails}
        assert opened(back) == links_of(mails)
    finally:
        back.stop()


@WHATEVER_LEAVES
@pytest.mark.django_db(transaction=True)
def test_sessions_cut_in_the_middle_lose_nothing(server, start, make):
    mails = make(6)
    server.breaks = 2

    start("--mail-pause", "0.2")

    assert wait_until(all_sent)
    assert server.copies() == {mail.message_id: 1 for mail in mails}
    assert opened(server) == links_of(mails)


@pytest.mark.django_db(transaction=True)
def test_worker_waits_for_a_locked_database(server, start):
    start()
    assert wait_until(lambda: Job.objects.filter(key=jobs.HEARTBEAT).exists())
    make_mails(3)

    with locked_database():
        time.sleep(3)

    assert wait_until(all_sent)
    assert len(server.messages) == 3


def locked_database():
    """Return a connection that holds the lock of every writer until it closes."""
    if connection.vendor == "sqlite":
        return LockedSQLite(connection.settings_dict["NAME"])
    lock = psycopg.connect(database_url())
    lock.execute("LOCK TABLE assises_mail, assises_job IN ACCESS EXCLUSIVE MODE")
    return lock


class LockedSQLite:
    def __init__(self, name):
        self.connection = sqlite3.connect(name, timeout=20, isolation_level=None)

    def __enter__(self):
        self.connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, *error):
        self.connection.execute("ROLLBACK")
        self.connection.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_worker_opens_a_new_connection_after_losing_its_own(server, start):
    start()
    assert wait_until(lambda: Job.objects.filter(key=jobs.HEARTBEAT).exists())

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    make_mails(3)

    assert wait_until(all_sent)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_workers_share_the_mails_and_send_each_once(server, start):
    mails = make_mails(40)
    server.delay = 0.05

    for _ in range(3):
        start()

    assert wait_until(all_sent)
    assert server.copies() == {mail.message_id: 1 for mail in mails}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_asked_to_stop_ends_the_mail_in_hand(server, start, number):
    make_mails(3)
    server.delay = 1
    worker = start()
    assert wait_until(lambda: server.messages)

    worker.send_signal(number)

    assert worker.wait(timeout=10) == 0
    assert (count(Mail.State.SENT), count(Mail.State.QUEUED)) == (1, 2)


@pytest.mark.django_db
def test_once_does_everything_that_is_due():
    make_mails(45)

    call_command("work", once=True)

    assert count(Mail.State.SENT) == 45
    assert not Job.objects.due(clock.now()).exists()


@pytest.mark.django_db
def test_error_of_one_turn_does_not_end_the_worker(monkeypatch, caplog):
    make_mails(1)
    worker = Worker()
    monkeypatch.setattr("assises.work.worker.connection.close", lambda: None)
    errors = [OperationalError("database is locked"), ValueError("anything")]

    def turn():
        if errors:
            raise errors.pop(0)
        return Worker.turn(worker)

    monkeypatch.setattr(worker, "turn", turn)

    works = [0] * len(jobs.declared())
    turns = [worker.turn_safely() for _ in range(3 + len(works))]

    assert turns == [ERROR_PAUSE, ERROR_PAUSE, *works, worker.idle]
    assert all_sent()


@pytest.mark.django_db
def test_outbox_alone_rests_while_the_server_is_away(settings):
    closed = SmtpServer()
    closed.stop()
    settings.MAILERS = {
        "default": {"OPTIONS": {"host": "127.0.0.1", "port": closed.port}}
    }
    make_mails(1)
    worker = Worker()

    worker.run_once()

    assert worker.mail_resumes - time.monotonic() == pytest.approx(60, abs=5)
    assert Job.objects.filter(kind="assises.housekeeping", state="done").count() == 1


def test_rest_doubles_and_stays_under_ten_minutes(monkeypatch):
    worker = Worker()

    def deliver(**batch):
        monkeypatch.setattr(
            delivery, "deliver_due", lambda **_: delivery.Batch(**batch)
        )
        worker.mail_resumes = 0.0
        worker.deliver()
        return round(worker.mail_resumes - time.monotonic())

    waits = [deliver(reachable=False) for _ in range(6)]
    deliver(sent=1)

    assert waits == [60, 120, 240, 480, 600, 600]
    assert deliver(reachable=False) == 60


def test_stopping_wakes_an_idle_worker(monkeypatch):
    worker = Worker(idle=60)
    monkeypatch.setattr(worker, "turn", lambda: False)
    thread = threading.Thread(target=worker.run)
    thread.start()

    worker.stop()

    thread.join(timeout=5)
    assert not thread.is_alive()
