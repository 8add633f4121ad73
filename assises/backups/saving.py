"""How is the site saved each day, how long is it kept, how old is the last backup?"""

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from assises.backups import archive, postgresql, sqlite
from assises.backups.contents import BackupError
from assises.french.numbers import plural

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}
NAME = "assises-%Y%m%dT%H%M%SZ.tar.gz"
PARTIAL = ".partial-"
KEPT = timedelta(days=30)


def save(at):
    """Write a backup beside the others, whole or not at all; return its path."""
    folder = settings.BACKUP_DIR
    if folder is None:
        raise BackupError("Dites d’abord où les garder\u00a0: BACKUP_DIR.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / at.astimezone(UTC).strftime(NAME)
    with tempfile.TemporaryDirectory(prefix=PARTIAL, dir=folder) as name:
        database, whole = Path(name, archive.DATABASE), Path(name, "whole")
        tables = ENGINES[connection.vendor].dump(database)
        files = _files_of_the_site()
        archive.pack(whole, database, files, engine=connection.vendor, tables=tables)
        os.replace(whole, path)
    _sync(folder)
    return path


def _files_of_the_site():
    """Return ``{name: path}`` of what people gave, read after the rows that name it."""
    root = settings.MEDIA_ROOT
    return archive.files_under(Path(root)) if root else {}


def _sync(folder):
    """Make sure that the new name survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def backups():
    """Return pairs of instant and path, oldest first; none where none can be read."""
    try:
        paths = list(settings.BACKUP_DIR.iterdir())
    except OSError:
        return []
    return sorted((at, path) for path in paths if (at := _instant(path)))


def _instant(path):
    """Return when the backup ``path`` was made, ``None`` if it is no backup of ours."""
    try:
        return datetime.strptime(path.name, NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def last_backup():
    """Return the instant and the path of the last backup, or a pair of ``None``."""
    return [(None, None), *backups()][-1]


def forget_old(at):
    """Delete what is older than ``KEPT``, never the last one; return how many."""
    old = [path for made, path in backups()[:-1] if made < at - KEPT]
    for path in old:
        path.unlink()
    # What a process that was killed has left.
    for left in settings.BACKUP_DIR.glob(f"{PARTIAL}*"):
        if left.stat().st_mtime < (at - timedelta(days=1)).timestamp():
            shutil.rmtree(left)
    return len(old)


def save_and_forget(at):
    """Save, then forget; return a sentence for the journal of jobs."""
    path = save(at)
    old = forget_old(at)
    return f"{path.name}, {old} ancienne{plural(old)} supprimée{plural(old)}"
