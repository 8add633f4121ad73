"""What is thrown away each day: sessions, links and counters that no longer serve."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from assises.models import AccessLink, Job, Throttle

JOBS_KEPT = timedelta(days=90)


def run(at):
    """Delete what has expired; return a sentence for the journal of jobs."""
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    links, _ = AccessLink.objects.filter(
        expires_at__lt=at - timedelta(days=30)
    ).delete()
    counters, _ = Throttle.objects.filter(window__lt=at - timedelta(days=2)).delete()
    done = Job.objects.filter(state=Job.State.DONE, done_at__lt=at - JOBS_KEPT)
    jobs, _ = done.delete()
    return (
        f"Supprimés : sessions {sessions}, liens {links}, compteurs {counters},"
        f" tâches {jobs}"
    )
