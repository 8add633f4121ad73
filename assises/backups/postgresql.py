"""How is a PostgreSQL database copied and put back, while others read and write it?

By its own tools, which read the password in their environment.
"""

import os
import secrets
import subprocess
from contextlib import contextmanager

from django.db import connection

from assises.backups.contents import BackupError, connected_apart, contents_of

# How long tables that somebody else holds are waited for.
PATIENCE = "10s"
SINCE_NOBODY_OWNS = ["--no-owner", "--no-acl"]


def dump(path):
    """Copy the database to ``path``; return what its tables held at that instant.

    One snapshot is read twice: by ``pg_dump``, and by what counts the rows.
    """
    name = connection.settings_dict["NAME"]
    with connected_apart(name) as source:
        source.set_autocommit(False)
        with source.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        options = ["--format=custom", f"--snapshot={snapshot}", f"--file={path}"]
        _run("pg_dump", *options, *SINCE_NOBODY_OWNS, *_options_to(name))
        held = contents_of(source)
        source.rollback()
    return held


def load_into(into, path):
    """Put the copy at ``path`` in place of all that ``into`` holds, at once or not at all."""
    emptying, filling = path.with_name("emptying.sql"), path.with_name("filling.sql")
    _run("pg_restore", *SINCE_NOBODY_OWNS, f"--file={filling}", str(path))
    drops = [
        f"DROP TABLE {into.ops.quote_name(table)} CASCADE;\n"
        for table in into.introspection.table_names()
    ]
    emptying.write_text(f"SET lock_timeout = '{PATIENCE}';\n{''.join(drops)}")
    _run(
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--output=/dev/null",
        "--set=ON_ERROR_STOP=1",
        "--single-transaction",
        f"--file={emptying}",
        f"--file={filling}",
        *_options_to(into.settings_dict["NAME"]),
    )


@contextmanager
def throwaway(folder):
    """Give an empty database that is dropped afterwards."""
    name = f"assises_throwaway_{secrets.token_hex(6)}"
    _run("createdb", "--template=template0", "--encoding=UTF8", *_options_to(name))
    try:
        with connected_apart(name) as database:
            yield database
    finally:
        _run("dropdb", *_options_to(name))


def _options_to(name):
    """Return what tells the tools of PostgreSQL where the database ``name`` is."""
    settings = {**connection.settings_dict, "NAME": name}
    [_, *options], _ = connection.client.settings_to_cmd_args_env(settings, [])
    return options


def _run(tool, *options):
    """Run ``tool``, the password in its environment; say what it says if it fails."""
    _, secret = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    environment = os.environ | (secret or {})
    try:
        subprocess.run(
            [tool, *options],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise BackupError(
            f"{tool} est introuvable\u00a0: installez les outils de PostgreSQL"
            " (postgresql-client)."
        ) from error
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{tool}\u00a0: {error.stderr.strip()}") from error
