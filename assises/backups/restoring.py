"""How is a backup put back, and how do we know that it could be?"""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from assises.backups import archive
from assises.backups.contents import BackupError, contents_of
from assises.backups.saving import ENGINES
from assises.models import Edition


def restore(path, *, overwrite=False):
    """Put the backup ``path`` in place of what the site holds; return its tables.

    Files come first, so that no row ever names one that is not there.
    """
    with archive.unpacked(path) as saved:
        engine = _engine_of(saved)
        if not overwrite and _holds_an_edition():
            raise BackupError(
                "Cette base contient déjà une édition et ses réponses. Pour les"
                " remplacer par celles de la sauvegarde\u00a0: --overwrite."
            )
        _put_files_back(saved)
        engine.load_into(connection, saved.database)
    return saved.tables


def _holds_an_edition():
    """Say whether something would be lost: no answer exists without its edition."""
    tables = connection.introspection.table_names()
    return Edition._meta.db_table in tables and Edition.objects.exists()


def _put_files_back(saved):
    if saved.files and not settings.MEDIA_ROOT:
        raise BackupError("Dites d’abord où vont les fichiers\u00a0: MEDIA_ROOT.")
    for name, kept in saved.files.items():
        path = Path(settings.MEDIA_ROOT, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        arriving = path.with_name(f".{path.name}.arriving")
        shutil.copyfile(kept, arriving)
        os.replace(arriving, path)


def verify(path):
    """Restore the backup ``path`` elsewhere and compare; return its tables."""
    with archive.unpacked(path) as saved:
        engine = _engine_of(saved)
        with engine.throwaway(saved.folder) as elsewhere:
            engine.load_into(elsewhere, saved.database)
            found = contents_of(elsewhere)
    tables = saved.tables.keys() | found.keys()
    differing = [name for name in tables if saved.tables.get(name) != found.get(name)]
    if differing:
        names = ", ".join(sorted(differing))
        raise BackupError(f"Ne revient pas à l’identique\u00a0: {names}.")
    return found


def _engine_of(saved):
    if saved.engine != connection.vendor:
        raise BackupError(
            f"Cette sauvegarde vient de {saved.engine}, la base du site est"
            f" {connection.vendor}."
        )
    return ENGINES[saved.engine]
