"""In which order do those who write at the same time to SQLite have their turn?"""

import fcntl
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def turn():
    """Wait for one's turn, in the order of arrival, whatever the process.

    SQLite takes one writer at a time, and lets the others try again after a nap, in no
    order: some would wait a second and more. PostgreSQL needs none of this.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with open(settings.VAR_DIR / "turns.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
