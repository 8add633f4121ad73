"""What does the worker do all day, and what does it survive?"""

import logging
import signal
import threading
import time

from django.db import close_old_connections, connection

from assises import clock
from assises.mail import delivery
from assises.work import jobs

logger = logging.getLogger(__name__)

IDLE = 1.0
BEAT_EVERY = 30
PLAN_EVERY = 60


class Backoff:
    """Seconds to wait after a failure: twice as long each time, up to ``most``."""

    def __init__(self, first, most):
        self.first, self.most = first, most
        self.next = first

    def failed(self):
        """Count one more failure; return how long to wait."""
        wait, self.next = self.next, min(self.next * 2, self.most)
        return wait

    def succeeded(self):
        self.next = self.first


class Every:
    """True at most once in ``seconds``, by a clock that nobody moves."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.next = 0.0

    def __call__(self):
        if time.monotonic() < self.next:
            return False
        self.next = time.monotonic() + self.seconds
        return True


class Worker:
    """Deliver mails, then run jobs, for ever; stop between two of them when asked.

    A mail server out of reach rests the outbox alone, 1 minute then up to 10; a
    database out of reach rests everything; a bad mail or job rests nothing.
    """

    def __init__(self, *, lease=delivery.LEASE, mail_pause=60, idle=IDLE):
        self.lease = lease
        self.idle = idle
        self.stopping = threading.Event()
        self.mail_backoff = Backoff(mail_pause, mail_pause * 10)
        self.mail_resumes = 0.0
        self.database_backoff = Backoff(1, 30)
        self.beat_due = Every(BEAT_EVERY)
        self.plan_due = Every(PLAN_EVERY)

    def stop(self, *_):
        """Stop after the mail or the job in hand; also a signal handler."""
        self.stopping.set()

    def listen(self):
        """Stop cleanly on SIGTERM and SIGINT."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)

    def run(self):
        """Work until stopped."""
        while not self.stopping.is_set():
            self.stopping.wait(self.turn_safely())

    def turn_safely(self):
        """Do one turn whatever happens; return how long to wait before the next one."""
        try:
            close_old_connections()
            busy = self.turn()
        except Exception:
            logger.exception("the worker goes on after an error")
            connection.close()  # The next turn opens a sound one.
            return self.database_backoff.failed()
        self.database_backoff.succeeded()
        return 0 if busy else self.idle

    def turn(self):
        """Beat, deliver a batch, run one job; return whether more may be due."""
        if self.beat_due():
            jobs.beat(clock.now())
        if self.plan_due():
            jobs.plan(clock.now())
        delivered = self.deliver()
        worked = not self.stopping.is_set() and jobs.run_next()
        return bool(delivered or worked)

    def deliver(self):
        """Deliver a batch unless the outbox rests; return how many mails left."""
        if time.monotonic() < self.mail_resumes:
            return 0
        batch = delivery.deliver_due(lease=self.lease, stop=self.stopping.is_set)
        if batch.sent:
            self.mail_backoff.succeeded()
        if not batch.reachable:
            self.mail_resumes = time.monotonic() + self.mail_backoff.failed()
        return batch.sent

    def run_once(self, limit=1000):
        """Do everything that is due now, then return; for tests and for CI."""
        for _ in range(limit):
            if not self.turn() or self.stopping.is_set():
                return
