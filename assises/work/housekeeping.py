"""What is thrown away each day: sessions, links and counters that no longer serve."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from assises.french import dates
from assises.models import AccessLink, Guest, Job, Paper, Throttle

JOBS_KEPT = timedelta(days=90)
# A document is made again when it is asked for; it names people.
PAPERS_KEPT = timedelta(days=7)
# What somebody eats, or needs to come, serves the day alone.
NEEDS_KEPT = timedelta(days=30)


def run(at):
    """Delete what has expired; return a sentence for the journal of jobs."""
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    links, _ = AccessLink.objects.filter(
        expires_at__lt=at - timedelta(days=30)
    ).delete()
    counters, _ = Throttle.objects.filter(window__lt=at - timedelta(days=2)).delete()
    papers, _ = Paper.objects.filter(job__done_at__lt=at - PAPERS_KEPT).delete()
    done = Job.objects.filter(state=Job.State.DONE, done_at__lt=at - JOBS_KEPT)
    jobs, _ = done.delete()
    needs = _forget_needs(dates.local_day(at - NEEDS_KEPT))
    return (
        f"Supprimés : sessions {sessions}, liens {links}, compteurs {counters},"
        f" tâches {jobs}, documents {papers}, repas et aménagements {needs}"
    )


def _forget_needs(day):
    """Forget the meals and arrangements of editions held before ``day``; return how many."""
    known = Guest.objects.exclude(access="", meal=Guest.Meal.ANY)
    past = known.filter(invitation__edition__held_on__lt=day)
    return past.update(access="", meal=Guest.Meal.ANY)
