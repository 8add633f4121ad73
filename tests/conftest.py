"""The cast and the clock of every test."""

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests import factories


def pytest_configure(config):
    """Remove what a killed run left: Django deletes the database, not its journal."""
    if connection.vendor == "sqlite" and not hasattr(config, "workerinput"):
        for journal in settings.VAR_DIR.glob("test*.sqlite3*"):
            journal.unlink()


def pytest_collection_modifyitems(items):
    """Leave out on SQLite what only PostgreSQL can prove: ``.ci/run`` runs both."""
    if connection.vendor == "postgresql":
        return
    needs_row_locks = pytest.mark.skip(reason="needs PostgreSQL (DATABASE_URL)")
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(needs_row_locks)


@pytest.fixture(autouse=True)
def _clean_cache():
    cache.clear()


@pytest.fixture
def edition(db):
    """The call of the tests, open from 1 February to 31 May 2027 included."""
    return factories.EditionFactory()


@pytest.fixture
def while_open():
    """Stop the clock on 12 May 2027, 14 h 32 in Paris: the call is open."""
    with time_machine.travel(factories.WHILE_OPEN, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _reading_writes_nothing(monkeypatch):
    """A GET writes nothing, on any page of any test; sessions alone may end there."""
    get = Client.get

    def watched(client, *args, **kwargs):
        with connection.execute_wrapper(refuse_writes):
            return get(client, *args, **kwargs)

    monkeypatch.setattr(Client, "get", watched)


def refuse_writes(execute, sql, params, many, context):
    verb = sql.lstrip().split(maxsplit=1)[0].upper()
    if verb in {"INSERT", "UPDATE", "DELETE"} and "django_session" not in sql:
        raise AssertionError(f"a GET wrote: {sql[:200]}")
    return execute(sql, params, many, context)
