"""Is each piece of periodic work done once per period, whatever happens?"""

from datetime import UTC, datetime, timedelta

import pytest

from assises.models import Job
from assises.work import housekeeping, jobs
from tests import factories
from tests.factories import WHILE_OPEN

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MIDNIGHT = datetime(2027, 5, 12, tzinfo=UTC)


@pytest.fixture
def runs(monkeypatch):
    """One job a day; ``runs`` keeps the instants at which it ran."""
    runs = []

    def note(at):
        runs.append(at)
        return f"fois n° {len(runs)}"

    monkeypatch.setattr(jobs, "declared", lambda: {"tests.note": (note, DAY)})
    return runs


@pytest.fixture
def broken(monkeypatch):
    """One job a day, that never succeeds."""

    def fail(at):
        raise ValueError("le disque est plein")

    monkeypatch.setattr(jobs, "declared", lambda: {"tests.note": (fail, DAY)})


def test_packages_declare_their_jobs():
    assert "assises.housekeeping" in jobs.declared()


def test_job_is_planned_once_a_period(runs):
    jobs.plan(WHILE_OPEN)
    jobs.plan(WHILE_OPEN)
    jobs.plan(WHILE_OPEN + DAY)

    assert list(Job.objects.order_by("pk").values_list("key", "due_at")) == [
        ("tests.note 2027-05-12T00:00", MIDNIGHT),
        ("tests.note 2027-05-13T00:00", MIDNIGHT + DAY),
    ]


def test_job_runs_once_and_keeps_its_result(runs):
    jobs.plan(WHILE_OPEN)

    tried = [jobs.run_next(WHILE_OPEN), jobs.run_next(WHILE_OPEN)]

    job = Job.objects.get()
    assert tried == [True, False]
    assert runs == [WHILE_OPEN]
    assert (job.state, job.done_at, job.result, job.tries) == (
        Job.State.DONE,
        WHILE_OPEN,
        "fois n° 1",
        1,
    )


def test_job_missed_while_the_worker_was_down_runs_at_its_return(runs):
    jobs.plan(WHILE_OPEN)

    later = WHILE_OPEN + 5 * DAY
    jobs.plan(later)
    while jobs.run_next(later):
        pass

    assert runs == [later, later]


def test_failing_job_is_tried_five_times_then_shown(broken, caplog):
    jobs.plan(WHILE_OPEN)
    tries = 0

    job = Job.objects.get()
    while job.state != Job.State.FAILED:
        assert jobs.run_next(job.due_at)
        tries += 1
        job.refresh_from_db()

    assert tries == 5
    assert job.result == "ValueError: le disque est plein"
    assert job.due_at - MIDNIGHT == timedelta(minutes=156)


def test_job_of_a_dead_worker_is_taken_again_after_its_lease(runs):
    jobs.plan(WHILE_OPEN)
    until = WHILE_OPEN + timedelta(minutes=10)
    Job.objects.update(state=Job.State.RUNNING, lease_until=until, tries=1)

    tried = [jobs.run_next(WHILE_OPEN), jobs.run_next(until)]

    assert tried == [False, True]


def test_job_that_no_package_declares_any_more_fails_in_the_end(runs, caplog):
    Job.objects.create(kind="tests.gone", key="x", due_at=WHILE_OPEN, tries=4)

    jobs.run_next(WHILE_OPEN)

    assert Job.objects.get().state == Job.State.FAILED


def test_heartbeat_is_one_row():
    jobs.beat(WHILE_OPEN)
    jobs.beat(WHILE_OPEN + DAY)

    assert jobs.last_beat() == WHILE_OPEN + DAY
    assert Job.objects.count() == 1
    assert not Job.objects.due(WHILE_OPEN + 9 * DAY).exists()


def test_what_somebody_eats_or_needs_is_forgotten_a_month_after_the_day():
    guest = factories.GuestFactory(meal="vegetarien", access="Une rampe")
    day = guest.invitation.edition.comes_at()

    housekeeping.run(day + timedelta(days=29))
    guest.refresh_from_db()
    kept = guest.access
    housekeeping.run(day + timedelta(days=31))
    guest.refresh_from_db()

    assert kept == "Une rampe"
    assert (guest.access, guest.meal) == ("", "tout")


def test_housekeeping_deletes_what_has_expired():
    old = WHILE_OPEN - timedelta(days=91)
    jobs.plan(old)
    while jobs.run_next(old):
        pass

    result, _ = jobs.declared()["assises.housekeeping"]
    ran = len(jobs.declared())

    assert result(WHILE_OPEN) == (
        f"Supprimés\u00a0: sessions 0, liens 0, compteurs 0, tâches {ran},"
        " documents 0, repas et aménagements 0"
    )
