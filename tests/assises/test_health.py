"""Does /sante/ turn red when somebody should look, and tell nobody's secrets?"""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse

from assises.backups import saving
from assises.models import Mail
from assises.work import jobs
from tests.factories import WHILE_OPEN, MailFactory

URL = reverse("assises:health")

pytestmark = pytest.mark.usefixtures("while_open", "running")


@pytest.fixture
def running(monkeypatch):
    """Say for how long the site has run: an hour, unless told otherwise."""

    def since(seconds):
        monkeypatch.setattr("assises.clock.running_for", lambda: seconds)

    since(3600.4)
    return since


@pytest.fixture
def beating(db):
    jobs.beat(WHILE_OPEN - timedelta(seconds=20))


def test_healthy_site_answers_200_with_figures_only(client, beating):
    MailFactory(due_at=WHILE_OPEN - timedelta(seconds=40))
    MailFactory(state=Mail.State.FAILED)

    response = client.get(URL)

    report = response.json()
    assert response.status_code == 200
    assert report.pop("disque_libre_mo") > 200
    assert report == {
        "etat": "ok",
        "alertes": [],
        "base": True,
        "courriel_en_attente_secondes": 40,
        "courriels_en_echec": 1,
        "travailleur_secondes": 20,
        "en_marche_secondes": 3600,
        "fichiers_statiques_manquants": 0,
        "mandataire_inconnu": False,
    }


def test_mail_that_waits_too_long_is_a_trouble(client, beating):
    MailFactory(due_at=WHILE_OPEN - timedelta(minutes=31))

    assert troubles(client) == ["courriel_en_attente_secondes"]


def test_mail_for_later_is_no_trouble(client, beating):
    MailFactory(due_at=WHILE_OPEN + timedelta(days=3))

    assert troubles(client) == []


def test_silent_worker_is_a_trouble(client, db):
    jobs.beat(WHILE_OPEN - timedelta(minutes=11))

    assert troubles(client) == ["travailleur_secondes"]


def test_worker_that_never_ran_is_a_trouble(client, db):
    assert troubles(client) == ["travailleur_secondes"]


def stopped_yesterday():
    """Leave what the site finds again at its next start."""
    jobs.beat(WHILE_OPEN - timedelta(days=1))
    MailFactory(due_at=WHILE_OPEN - timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize("before", [stopped_yesterday, lambda: None])
def test_a_site_that_has_just_started_leaves_time_to_its_worker(
    client, running, before
):
    before()
    running(119.9)

    assert troubles(client) == []


@pytest.mark.django_db
def test_a_worker_that_does_not_come_with_the_site_is_soon_a_trouble(client, running):
    stopped_yesterday()
    running(120)

    assert sorted(troubles(client)) == [
        "courriel_en_attente_secondes",
        "travailleur_secondes",
    ]


def test_full_disk_is_a_trouble_from_the_start(client, running, monkeypatch, db):
    running(1)
    monkeypatch.setattr("assises.views.health.LEAST_FREE_MEGABYTES", 10**12)

    assert troubles(client) == ["disque_libre_mo"]


@pytest.fixture
def saved(settings, tmp_path):
    """Leave a backup made ``hours`` ago."""
    settings.BACKUP_DIR = tmp_path

    def saved(hours):
        made_at = WHILE_OPEN - timedelta(hours=hours)
        (tmp_path / made_at.strftime(saving.NAME)).touch()

    return saved


def test_age_of_the_last_backup_is_told_where_backups_are_configured(
    client, beating, saved
):
    saved(50)
    saved(26)

    assert client.get(URL).json()["sauvegarde_secondes"] == 26 * 3600
    assert troubles(client) == []


def test_old_backup_is_a_trouble(client, beating, saved):
    saved(31)

    assert troubles(client) == ["sauvegarde_secondes"]


def test_no_backup_at_all_is_a_trouble_where_backups_are_configured(
    client, beating, settings, tmp_path
):
    settings.BACKUP_DIR = tmp_path / "not there"

    assert client.get(URL).json()["sauvegarde_secondes"] is None
    assert troubles(client) == ["sauvegarde_secondes"]


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"]
)
def test_proxy_that_nobody_trusts_is_a_trouble_from_the_start(
    client, beating, settings, running, header
):
    running(1)
    forwarded = {header: "192.0.2.7"}

    refused = client.get(URL, headers=forwarded)
    settings.TRUSTED_PROXIES = 1
    trusted = client.get(URL, headers=forwarded)

    assert (refused.status_code, trusted.status_code) == (503, 200)
    assert refused.json()["alertes"] == ["mandataire_inconnu"]


def test_static_files_left_out_are_a_trouble(client, beating, monkeypatch):
    monkeypatch.setattr("assises.web.static_files.count_uncollected", lambda: 3)

    assert troubles(client) == ["fichiers_statiques_manquants"]


def test_database_out_of_reach_is_a_trouble(client, beating, monkeypatch):
    def fail(at):
        raise DatabaseError

    monkeypatch.setattr("assises.views.health.mails", fail)

    assert troubles(client) == ["base"]


def troubles(client):
    """Return what is wrong, after checking that the status says the same."""
    response = client.get(URL)
    report = response.json()
    assert response.status_code == (503 if report["alertes"] else 200)
    assert report["etat"] == ("en panne" if report["alertes"] else "ok")
    return report["alertes"]


def test_health_is_never_cached(client, beating):
    assert "no-store" in client.get(URL)["Cache-Control"]


@pytest.mark.django_db
def test_health_takes_two_queries(client, beating, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(URL)
