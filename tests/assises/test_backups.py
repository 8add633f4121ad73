"""Does the site come back as it was, and is what cannot be trusted refused?"""

import io
import os
import stat
import subprocess
import tarfile
import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from assises import clock
from assises.apps import AssisesConfig
from assises.backups import archive, postgresql, restoring, saving
from assises.backups.contents import BackupError, contents_of
from assises.models import Edition, Job
from assises.work import jobs
from tests.factories import WHILE_OPEN, EditionFactory, MailFactory

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    return settings.BACKUP_DIR


class Writer(threading.Thread):
    """Somebody who writes all along, two rows by transaction."""

    def __init__(self):
        super().__init__()
        self.written, self.stopping = 0, threading.Event()

    def run(self):
        try:
            while not self.stopping.is_set():
                with transaction.atomic():
                    job = Job.objects.create(
                        kind="tests.write", key=f"n° {self.written}", due_at=WHILE_OPEN
                    )
                    MailFactory(subject=job.key)
                self.written += 1
        finally:
            connection.close()

    def wait_for(self, count):
        end = self.written + count
        while self.written < end and self.is_alive():
            time.sleep(0.01)

    def __enter__(self):
        self.start()
        self.wait_for(20)
        return self

    def __exit__(self, *error):
        self.stopping.set()
        self.join()


def test_the_drill_brings_back_what_was_there_while_somebody_wrote(capsys):
    edition = EditionFactory()
    began = time.monotonic()

    with Writer() as writer:
        call_command("backup")
        writer.wait_for(20)
    path = saving.last_backup()[1]
    call_command("verify_backup")
    Edition.objects.update(venue="Ailleurs")
    call_command("restore", path, overwrite=True)

    with archive.unpacked(path) as saved:
        assert contents_of(connection) == saved.tables
    edition.refresh_from_db()
    assert edition.venue == EditionFactory.venue
    kept = Job.objects.filter(kind="tests.write").count()
    assert 20 <= kept < writer.written
    assert kept == connection_count("assises_mail")
    with capsys.disabled():
        print(f"\n{connection.vendor}: drill in {time.monotonic() - began:.1f} s")


def connection_count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608
        return cursor.fetchone()[0]


def test_a_site_that_was_restored_goes_on_writing():
    MailFactory()
    restoring.restore(saving.save(WHILE_OPEN))

    MailFactory()

    assert connection_count("assises_mail") == 2


def test_a_backup_waits_for_no_writer(folder):
    EditionFactory()

    with transaction.atomic():
        Edition.objects.update(venue="Pas encore écrit")
        path = saving.save(WHILE_OPEN)

    restoring.restore(path, overwrite=True)
    assert Edition.objects.get().venue == EditionFactory.venue


def test_a_backup_is_read_by_its_owner_alone_and_leaves_nothing_beside_it(folder):
    path = saving.save(WHILE_OPEN)

    assert path.name == "assises-20270512T123200Z.tar.gz"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == [path]


def test_a_backup_that_fails_leaves_no_file(folder, monkeypatch):
    def full(*args, **facts):
        raise OSError("No space left on device")

    monkeypatch.setattr(archive, "pack", full)
    with pytest.raises(OSError, match="No space"):
        saving.save(WHILE_OPEN)

    assert list(folder.iterdir()) == []


def test_files_of_the_site_come_back(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    image = settings.MEDIA_ROOT / "images" / "fusée.png"
    image.parent.mkdir(parents=True)
    image.write_bytes(b"une fus\xc3\xa9e")
    path = saving.save(WHILE_OPEN)
    image.unlink()

    restoring.restore(path)

    assert image.read_bytes() == b"une fus\xc3\xa9e"
    assert list(image.parent.iterdir()) == [image]


def test_a_base_that_holds_an_edition_is_not_overwritten_unless_told():
    path = saving.save(WHILE_OPEN)
    EditionFactory()

    with pytest.raises(BackupError, match="--overwrite"):
        restoring.restore(path)

    assert Edition.objects.count() == 1
    restoring.restore(path, overwrite=True)
    assert Edition.objects.count() == 0


def changed(path, name, content):
    """Write ``path`` again with ``content`` under ``name``, everything else the same."""
    with tarfile.open(path) as packed:
        held = {member.name: packed.extractfile(member).read() for member in packed}
    held[name] = content
    with tarfile.open(path, mode="w:gz") as packed:
        for entry, data in held.items():
            member = tarfile.TarInfo(entry)
            member.size = len(data)
            packed.addfile(member, io.BytesIO(data))


def cut(path):
    os.truncate(path, path.stat().st_size // 2)


DAMAGES = {
    "cut": cut,
    "no tar": lambda path: path.write_bytes(b"not a tar"),
    "other bytes": lambda path: changed(path, archive.DATABASE, b"other bytes"),
    "one more": lambda path: changed(path, "files/added", b"nobody listed it"),
    "outside": lambda path: changed(path, "../outside", b"it leaves its folder"),
    "no manifest": lambda path: changed(path, archive.MANIFEST, b"{}"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("process", [restoring.restore, restoring.verify])
def test_a_damaged_backup_is_refused_and_nothing_moves(damage, process):
    path = saving.save(WHILE_OPEN)
    damage(path)
    MailFactory()

    with pytest.raises(BackupError, match="abîmé"):
        process(path)

    assert connection_count("assises_mail") == 1


def test_a_backup_that_this_account_may_not_read_is_not_called_damaged(monkeypatch):
    path = saving.save(WHILE_OPEN)

    def refused(*args, **options):
        raise PermissionError(13, "Permission denied", str(path))

    # Root, who runs some of these tests, may read everything.
    monkeypatch.setattr(archive.tarfile, "open", refused)
    with pytest.raises(BackupError, match="illisible"):
        restoring.verify(path)


def test_a_backup_that_does_not_come_back_the_same_is_told(monkeypatch):
    MailFactory()
    dump = saving.ENGINES[connection.vendor].dump

    def other(path):
        tables = dump(path)
        tables["assises_mail"]["rows"] = 2
        return tables

    monkeypatch.setattr(saving.ENGINES[connection.vendor], "dump", other)
    path = saving.save(WHILE_OPEN)

    with pytest.raises(BackupError, match=r"identique.: assises_mail\."):
        restoring.verify(path)


def test_one_changed_value_changes_the_contents():
    mail = MailFactory()
    before = contents_of(connection)

    type(mail).objects.update(subject="Autre")

    after = contents_of(connection)
    assert {name for name in after if after[name] != before[name]} == {"assises_mail"}


def test_a_backup_of_another_engine_is_refused(monkeypatch):
    path = saving.save(WHILE_OPEN)
    monkeypatch.setattr(connection, "vendor", "oracle")

    with pytest.raises(BackupError, match="la base du site est oracle"):
        restoring.verify(path)


def test_commands_say_what_is_missing(settings, folder):
    with pytest.raises(BackupError, match="Aucune sauvegarde sous"):
        call_command("restore", folder / "nowhere.tar.gz")
    settings.BACKUP_DIR = None
    with pytest.raises(BackupError, match="BACKUP_DIR"):
        call_command("backup")


def test_the_job_is_declared_where_backups_are_configured(settings):
    config = AssisesConfig.create("assises")

    assert set(config.jobs) == {"housekeeping", "backup", "invitations"}
    settings.BACKUP_DIR = None
    assert set(config.jobs) == {"housekeeping", "invitations"}


def test_the_worker_saves_each_day_and_keeps_thirty_days(folder):
    for days in (40, 31, 30, 1):
        saving.save(WHILE_OPEN - days * DAY)
    (folder / "notes.txt").write_text("not ours")
    jobs.plan(WHILE_OPEN)

    while jobs.run_next(WHILE_OPEN):
        pass

    job = Job.objects.get(kind="assises.backup")
    assert (job.state, job.result) == (
        Job.State.DONE,
        "assises-20270512T123200Z.tar.gz, 2 anciennes supprimées",
    )
    assert [at for at, _ in saving.backups()] == [
        WHILE_OPEN - days * DAY for days in (30, 1, 0)
    ]
    assert (folder / "notes.txt").exists()


def test_the_last_backup_is_never_forgotten(folder):
    path = saving.save(WHILE_OPEN - 90 * DAY)

    assert saving.forget_old(WHILE_OPEN) == 0
    assert path.exists()


def test_what_a_killed_backup_left_goes_the_next_day(folder):
    left = folder / ".partial-killed"
    left.mkdir(parents=True)

    saving.forget_old(clock.now())
    assert left.exists()
    saving.forget_old(clock.now() + 2 * DAY)
    assert not left.exists()


@pytest.mark.postgresql
def test_the_password_of_the_database_is_on_no_command_line(monkeypatch):
    seen = []

    def run(command, *, env, **options):
        seen.append((command, env))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "only for the test")
    monkeypatch.setattr(postgresql.subprocess, "run", run)
    postgresql._run("pg_dump", *postgresql._options_to("any"))

    [(command, environment)] = seen
    assert "only for the test" not in " ".join(command)
    assert environment["PGPASSWORD"] == "only for the test"


@pytest.mark.postgresql
def test_a_restore_that_fails_leaves_the_base_as_it_was(tmp_path):
    EditionFactory()
    path = saving.save(WHILE_OPEN)
    changed_script = postgresql._run

    def broken(tool, *options):
        changed_script(tool, *options)
        if tool == "pg_restore":
            (script,) = [o for o in options if o.startswith("--file=")]
            with open(script.removeprefix("--file="), "a") as written:
                written.write("SELECT 1/0;\n")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgresql, "_run", broken)
        with pytest.raises(BackupError, match="psql"):
            restoring.restore(path, overwrite=True)

    assert Edition.objects.count() == 1


@pytest.mark.postgresql
def test_a_throwaway_database_is_dropped():
    restoring.verify(saving.save(WHILE_OPEN))

    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        names = {name for (name,) in cursor.fetchall()}
    assert not [name for name in names if name.startswith("assises_throwaway")]
