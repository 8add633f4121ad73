"""Writers of SQLite wait for each other in the order of arrival; those of PostgreSQL do not."""

import fcntl

import pytest
from django.db import connection

from assises.web.turns import turn


def is_free(path):
    """Say whether somebody of another process could have their turn now."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_one_writes_at_a_time_to_sqlite_alone(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    lock = tmp_path / "turns.lock"

    with turn():
        during = is_free(lock)

    assert during == (connection.vendor != "sqlite")
    assert is_free(lock)


def test_a_turn_that_fails_leaves_it_to_the_next_one(settings, tmp_path):
    settings.VAR_DIR = tmp_path

    with pytest.raises(ZeroDivisionError), turn():
        _ = 1 / 0

    assert is_free(tmp_path / "turns.lock")
