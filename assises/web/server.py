"""How does gunicorn read a request that never ends, and what does it write of it?"""

import socket
import time

from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from assises.web.logs import WithoutSecrets
from assises.web.whole_requests import LONGEST

# A request holds a thread while it is read, and there are few: it gets these seconds,
# then must have kept this rate (bytes per second). Past LONGEST, it would be refused.
PATIENCE = 15
SLOWEST = 2_000
LIMIT = LONGEST.total_seconds()


class PatientSocket(socket.socket):
    """A connection that seems closed once its request has been too slow to come.

    The request then ends early: the site refuses it as cut, and its thread is free.
    """

    @classmethod
    def take(cls, sock):
        """Return the connection of ``sock``, which is no longer usable."""
        kind = sock.family, sock.type, sock.proto
        return cls(*kind, fileno=sock.detach())

    def begin(self):
        """Start waiting for a request."""
        self.began, self.received = time.monotonic(), 0

    @property
    def remaining(self):
        """The seconds left to the request, given what came of it."""
        allowed = min(PATIENCE + self.received / SLOWEST, LIMIT)
        return self.began + allowed - time.monotonic()

    def recv(self, *args):
        former = self.gettimeout()
        patience = min(self.remaining, former or LIMIT)
        if patience <= 0:
            return b""
        self.settimeout(patience)
        try:
            piece = super().recv(*args)
        except TimeoutError:
            return b""
        finally:
            self.settimeout(former)
        self.received += len(piece)
        return piece


class PatientWorker(ThreadWorker):
    """The worker of gunicorn with threads, which a stalled connection does not hold."""

    def handle(self, conn):
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket.take(conn.sock)
        conn.sock.begin()
        return super().handle(conn)


class DiscreetLogger(Logger):
    """The journal of gunicorn, less the tokens of personal links."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in [*self.error_log.handlers, *self.access_log.handlers]:
            handler.addFilter(WithoutSecrets())
