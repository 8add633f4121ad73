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

BEAT_EVERY = 30
ERROR_PAUSE = 5


class Worker:
    """Deliver mails, then run jobs, for ever; stop between two of them when asked.

    A mail server out of reach rests the outbox alone, 1 minute then up to 10; a
    database out of reach rests everything; a bad mail or job rests nothing. All by a
    clock that nobody moves.
    """

    def __init__(self, *, lease=delivery.LEASE, mail_pause=60, idle=1.0):
        self.lease = lease
        self.idle = idle
        self.stopping = threading.Event()
        self.first_pause = self.mail_pause = mail_pause
        self.mail_resumes = self.next_beat = 0.0

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
            return ERROR_PAUSE
        return 0 if busy else self.idle

    def turn(self):
        """Beat, deliver a batch, run one job; return whether more may be due."""
        if time.monotonic() >= self.next_beat:
            self.next_beat = time.monotonic() + BEAT_EVERY
            jobs.beat(clock.now())
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
            self.mail_pause = self.first_pause
        if not batch.reachable:
            self.mail_resumes = time.monotonic() + self.mail_pause
            self.mail_pause = min(self.mail_pause * 2, self.first_pause * 10)
        return batch.sent

    def run_once(self, limit=1000):
        """Do everything that is due now, then return; for tests and for CI."""
        for _ in range(limit):
            if not self.turn() or self.stopping.is_set():
                return
