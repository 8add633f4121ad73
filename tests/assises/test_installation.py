"""Is an installation that is not ready refused, and does it still answer?"""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import override_settings

from assises.web import installation, static_files
from assises.web.static_files import ModuleManifestStorage
from tests.assises.worker_process import kill, wait_until
from tests.factories import EditionFactory
from tests.repository import ROOT
from tests.web_process import unused_port

READY = {
    "HTTPS": True,
    "DEBUG": False,
    "DEMO": False,
    "SITE_URL": "https://assises.test",
    "ALLOWED_HOSTS": ["assises.test", "127.0.0.1"],
    "DEFAULT_FROM_EMAIL": "assises@assises.test",
    "TRUSTED_PROXIES": 1,
    "BACKUP_DIR": ROOT,
    "REQUIRE_SECOND_FACTOR": True,
    "CLOCK_SHIFT": timedelta(),
}


def told(**changed):
    with override_settings(**READY | changed):
        return [check.id for check in installation.refuse_unready(None)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"DEBUG": True}, ["assises.DEBUG"]),
        ({"DEMO": True}, ["assises.DEMO"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["assises.ALLOWED_HOSTS"]),
        ({"ALLOWED_HOSTS": ["autre.test"]}, ["assises.SITE_URL"]),
        ({"ALLOWED_HOSTS": [".test"]}, []),
        (
            {
                "SITE_URL": "https://assises.example.org",
                "ALLOWED_HOSTS": ["assises.example.org"],
            },
            ["assises.SITE_URL_EXAMPLE", "assises.ALLOWED_HOSTS_EXAMPLE"],
        ),
        ({"DEFAULT_FROM_EMAIL": "a@site.example"}, ["assises.MAIL_FROM_EXAMPLE"]),
        (
            {"DEFAULT_FROM_EMAIL": "Assises <assises@example.org>"},
            ["assises.MAIL_FROM_EXAMPLE"],
        ),
        ({"DEFAULT_FROM_EMAIL": "Assises <assises@assises.test>"}, []),
        ({"TRUSTED_PROXIES": 0}, ["assises.TRUSTED_PROXIES"]),
        ({"BACKUP_DIR": None}, ["assises.BACKUP_DIR"]),
        ({"BACKUP_DIR": ROOT / "nowhere"}, ["assises.BACKUP_DIR"]),
        ({"HTTPS": False}, ["assises.HTTPS"]),
        ({"REQUIRE_SECOND_FACTOR": False}, ["assises.REQUIRE_SECOND_FACTOR"]),
        ({"CLOCK_SHIFT": timedelta(days=-1)}, ["assises.CLOCK_SHIFT"]),
    ],
)
def test_check_refuses_what_a_public_site_may_not_be(changed, expected):
    assert told(**changed) == expected


def test_names_that_somebody_may_own_are_no_examples():
    assert not installation.is_example("assises@my-example.fr")
    assert not installation.is_example("example.fr")


def test_check_deploy_asks_for_it():
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "assises.settings",
        "DATABASE_URL": "",
        "SITE_URL": "https://assises.example.org",
        "ALLOWED_HOSTS": "*",
        "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFG",
    }
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert checked.returncode == 1
    assert "ALLOWED_HOSTS answers to any name." in checked.stderr
    assert "still bears an example: assises.example.org" in checked.stderr


@pytest.fixture
def uncollected(settings, tmp_path):
    """A site whose static files were never collected."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "assises.web.static_files.ModuleManifestStorage"}
    }
    static_files.count_uncollected.cache_clear()
    yield
    static_files.count_uncollected.cache_clear()


@pytest.mark.django_db
def test_without_its_static_files_the_site_answers_and_its_health_says_so(
    client, uncollected
):
    EditionFactory()

    home, health = client.get("/"), client.get("/sante/")

    assert home.status_code == 200
    assert "/static/css/base.css" in home.text
    assert health.status_code == 503
    assert "fichiers_statiques_manquants" in health.json()["alertes"]


def test_collected_static_files_are_all_there(uncollected):
    call_command("collectstatic", interactive=False, verbosity=0)

    assert static_files.count_uncollected() == 0
    assert ModuleManifestStorage().url("css/base.css") != "/static/css/base.css"


def test_a_worker_started_while_its_database_is_away_waits_for_it(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "assises.settings",
        "DATABASE_URL": f"postgres://nobody@127.0.0.1:{unused_port()}/nothing",
        "SECRET_KEY": "tests only",
    }
    journal = tmp_path / "journal"
    with journal.open("w") as written:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "work"],
            cwd=ROOT,
            env=environment,
            stderr=written,
        )
        try:
            assert wait_until(lambda: "goes on after an error" in journal.read_text())
            assert worker.poll() is None
        finally:
            kill(worker)
