"""How is a SQLite database copied and put back, while others read and write it?

By its online backup: the copy is the database at one instant, and waits for nobody.
"""

from contextlib import contextmanager

from django.db import connection

from assises.backups.contents import connected_apart, contents_of


def dump(path):
    """Copy the database to ``path``; return what its tables held at that instant."""
    name = connection.settings_dict["NAME"]
    with connected_apart(name) as source, connected_apart(path) as copy:
        source.connection.backup(copy.connection)
        return contents_of(copy)


def load_into(into, path):
    """Put the copy at ``path`` in place of all that ``into`` holds, at once."""
    into.ensure_connection()
    with connected_apart(path) as copy:
        copy.connection.backup(into.connection)


@contextmanager
def throwaway(folder):
    """Give an empty database that disappears with ``folder``."""
    with connected_apart(folder / "throwaway.sqlite3") as database:
        yield database
