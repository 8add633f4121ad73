"""What does the file of a backup hold, and has it come whole?

One compressed tar: the database, the files of the site under ``files/``, and a manifest
with the SHA-256 of each, and what each table held.
"""

import hashlib
import json
import os
import tarfile
import tempfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from assises.backups.contents import BackupError

MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"
DAMAGED = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError, KeyError)


class Unpacked(NamedTuple):
    """What a sound archive held, in a folder that disappears."""

    folder: Path
    engine: str
    tables: dict

    @property
    def database(self):
        return self.folder / DATABASE

    @property
    def files(self):
        return files_under(self.folder / FILES)


def files_under(folder):
    """Return ``{name: path}`` of the files under ``folder``, in the order of names."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def pack(path, database, files, **facts):
    """Write the archive ``path``, that its owner alone may read, safe on the disk."""
    held = {DATABASE: database, **{f"{FILES}/{name}": files[name] for name in files}}
    digests = {name: _digest(kept) for name, kept in held.items()}
    manifest = database.with_name(MANIFEST)
    manifest.write_text(json.dumps({**facts, "files": digests}, indent=1))
    with open(path, "xb", opener=_private) as written:
        with tarfile.open(fileobj=written, mode="w:gz") as packed:
            for name, kept in {MANIFEST: manifest, **held}.items():
                packed.add(kept, arcname=name)
        written.flush()
        os.fsync(written.fileno())


@contextmanager
def unpacked(path):
    """Give what the archive ``path`` holds, once all of it equals its manifest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            with tarfile.open(path, mode="r:gz") as packed:
                packed.extractall(folder, filter="data")
            manifest = json.loads((folder / MANIFEST).read_text())
            found = {name: _digest(kept) for name, kept in files_under(folder).items()}
            del found[MANIFEST]
            whole = found == manifest["files"]
            sound = Unpacked(folder, manifest["engine"], manifest["tables"])
        except FileNotFoundError as error:
            raise BackupError(f"Aucune sauvegarde sous {path}.") from error
        except PermissionError as error:
            raise BackupError(
                f"{path} est illisible\u00a0: ce compte n’en a pas le droit."
            ) from error
        except DAMAGED as error:
            raise _damaged(path) from error
        if not whole:
            raise _damaged(path)
        yield sound


def _damaged(path):
    return BackupError(f"{path} est abîmé\u00a0: prenez une autre sauvegarde.")


def _private(path, flags):
    return os.open(path, flags, mode=0o600)


def _digest(path):
    with path.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()
