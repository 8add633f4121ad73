"""Which periodic work is due, and how is each period done once, whatever happens?"""

import logging
from datetime import UTC, datetime, timedelta
from functools import partial

from assises import clock
from assises.french import text
from assises.models import Job
from assises.packages import packages
from assises.papers import shelf
from assises.web import logs
from assises.work import leases

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
MAX_TRIES = len(DELAYS) + 1

HEARTBEAT = "heartbeat"


def declared():
    """Return ``{kind: (function, period)}`` of all packages, « assises.housekeeping »."""
    return {
        f"{config.label}.{name}": job
        for config in packages()
        for name, job in config.jobs.items()
    }


def plan(at):
    """Write the jobs of the periods that ``at`` falls in, unless they are there.

    After an interruption only the current period is planned: a job looks back by
    itself to what it missed.
    """
    jobs = [
        Job(kind=kind, key=f"{kind} {start:%Y-%m-%dT%H:%M}", due_at=start)
        for kind, (_, every) in declared().items()
        for start in [_period_start(at, every)]
    ]
    Job.objects.bulk_create(jobs, ignore_conflicts=True)


def _period_start(at, every):
    """Return the start of the period of length ``every`` that holds ``at``."""
    seconds = int(every.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=UTC)


def run_next(at=None):
    """Run the first job that is due; return whether there was one."""
    now = clock.now if at is None else lambda: at
    due = Job.objects.due(now()).order_by("due_at", "pk")
    job = leases.take_leased(due, at=now(), lease=LEASE, state=Job.State.RUNNING)
    if job is None:
        return False
    _run_job(job, now)
    return True


def _run_job(job, now):
    """Run ``job`` once and keep its result, or when to try again."""
    try:
        result = _work_of(job)(now())
    except Exception as error:
        logger.exception("job %s failed", job.key)
        _settle_failure(job, error, now())
        return
    leases.end_lease(
        job,
        state=Job.State.DONE,
        done_at=now(),
        result=text.shorten(str(result or ""), 500),
    )


def _work_of(job):
    """Return the function ``(at) -> str`` that does ``job``: periodic, or a paper."""
    if job.kind in shelf.declared():
        return partial(shelf.make, job)
    function, _ = declared()[job.kind]
    return function


def _settle_failure(job, error, at):
    result = text.shorten(logs.one_line_error(error), 500)
    if job.tries >= MAX_TRIES:
        leases.end_lease(job, state=Job.State.FAILED, result=result)
        return
    due_at = at + DELAYS[job.tries - 1]
    leases.end_lease(job, state=Job.State.QUEUED, due_at=due_at, result=result)


def beat(at):
    """Write that the worker is alive."""
    alive = {"kind": HEARTBEAT, "state": Job.State.DONE, "due_at": at, "done_at": at}
    Job.objects.update_or_create(key=HEARTBEAT, defaults=alive)


def last_beat():
    """Return when the worker last said that it was alive, or ``None``."""
    beats = Job.objects.filter(key=HEARTBEAT)
    return beats.values_list("done_at", flat=True).first()
