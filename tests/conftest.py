"""The cast and the clock of every test."""

import re
from contextlib import contextmanager

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from assises.people.permissions import Role
from assises.web.site_context import Site
from tests import factories, pages, team


def pytest_configure(config):
    """Remove what a killed run left: Django deletes the database, not its journal."""
    if connection.vendor == "sqlite" and not hasattr(config, "workerinput"):
        for journal in settings.VAR_DIR.glob("test*.sqlite3*"):
            journal.unlink()


# What a browser shows and what a server refuses is the same whatever holds the rows.
ON_ONE_DATABASE = (
    "tests/e2e/",
    "tests/test_deploy.py",
    "tests/test_headers.py",
    "tests/assises/test_server.py",
    "tests/committee/test_rehearse.py",
)


def pytest_collection_modifyitems(items):
    """Leave out what the other database proves: ``.ci/run`` runs both."""
    if connection.vendor == "postgresql":
        proved = pytest.mark.skip(reason="proved on SQLite (DATABASE_URL=)")
        left_out = [it for it in items if it.nodeid.startswith(ON_ONE_DATABASE)]
    else:
        proved = pytest.mark.skip(reason="needs PostgreSQL (DATABASE_URL)")
        left_out = [it for it in items if it.get_closest_marker("postgresql")]
    for item in left_out:
        item.add_marker(proved)


@pytest.fixture(autouse=True)
def _clean_cache():
    cache.clear()


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries):
    """Count what a request asks in a process that has already answered one."""

    @contextmanager
    def counting(number):
        _ = Site().reference
        with django_assert_num_queries(number) as queries:
            yield queries

    return counting


@pytest.fixture(autouse=True)
def _pages_are_read(monkeypatch):
    """``response.text`` of a page is what a browser reads, on one line."""
    pages.read_by_browsers(monkeypatch)


@pytest.fixture
def edition(db):
    """The call of the tests, open from 1 February to 31 May 2027 included."""
    return factories.EditionFactory()


@pytest.fixture
def while_open():
    """Stop the clock on 12 May 2027, 14 h 32 in Paris: the call is open."""
    with time_machine.travel(factories.WHILE_OPEN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def asking():
    """Stop the clock on the day when the committee asks a declared action to be presented."""
    with time_machine.travel(factories.ASKED_AT, tick=False):
        yield


@pytest.fixture
def me(db):
    """The account of somebody who runs the edition."""
    return team.member(Role.ORGANISERS, first_name="Odile", last_name="Garnier")


@pytest.fixture
def organiser(me):
    """Their browser, signed in."""
    return team.signed_in(me)


@pytest.fixture
def reader(db):
    """The browser of somebody who looks, and reads no name."""
    return team.signed_in(team.member(Role.READERS))


@pytest.fixture(autouse=True)
def _reading_writes_nothing(monkeypatch):
    """A GET writes nothing, on any page of any test; sessions alone may end there.

    One exception: the download of a list says in the journal who took it.
    """
    get = Client.get

    def watched(client, path, *args, **kwargs):
        refuse = refuse_writes
        if DOWNLOAD.fullmatch(str(path)):
            refuse = refuse_writes_but_journal
        with connection.execute_wrapper(refuse):
            return get(client, path, *args, **kwargs)

    monkeypatch.setattr(Client, "get", watched)


DOWNLOAD = re.compile(r"/admin/comite/exports/[a-z-]+\.(csv|xlsx)")


def refuse_writes_but_journal(execute, sql, params, many, context):
    if sql.startswith('INSERT INTO "assises_event"') and "export" in params:
        return execute(sql, params, many, context)
    return refuse_writes(execute, sql, params, many, context)


def refuse_writes(execute, sql, params, many, context):
    verb = sql.lstrip().split(maxsplit=1)[0].upper()
    if verb in {"INSERT", "UPDATE", "DELETE"} and "django_session" not in sql:
        raise AssertionError(f"a GET wrote: {sql[:200]}")
    return execute(sql, params, many, context)
