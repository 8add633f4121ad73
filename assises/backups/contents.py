"""What does each table of a database hold, so that two of them can be compared?"""

import hashlib
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import connection

from assises.french.numbers import plural, spaced


class BackupError(CommandError):
    """Why a backup cannot be made, read or put back, in words for who asked for it."""


@contextmanager
def connected_apart(name):
    """Give a connection of its own to the database ``name`` of the same engine."""
    apart = connection.copy()
    apart.settings_dict["NAME"] = str(name)
    apart.ensure_connection()
    try:
        yield apart
    finally:
        apart.close()


def contents_of(database):
    """Return table → number of rows and digest of them all, whatever their order."""
    tables = database.introspection.table_names()
    return {table: _contents_of_table(database, table) for table in sorted(tables)}


def _contents_of_table(database, table):
    with database.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {database.ops.quote_name(table)}")  # noqa: S608
        rows = sorted(hashlib.sha256(repr(row).encode()).digest() for row in cursor)
    return {"rows": len(rows), "sha256": hashlib.sha256(b"".join(rows)).hexdigest()}


def told_contents(tables):
    """Write what :func:`contents_of` counted: « 42 tables, 1 203 lignes »."""
    rows = sum(held["rows"] for held in tables.values())
    return f"{len(tables)} tables, {spaced(rows)} ligne{plural(rows)}"
