"""What does the worker do for invitations: seats taken back and given, reminders?"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from assises.french import dates
from assises.french.numbers import plural
from assises.guests import invitations, mails, seats
from assises.models import Edition, Invitation

# How many days before the last day to answer a reminder leaves.
REMINDERS = (10, 3)


def do_round(at):
    """Do the round of the edition of the moment; say what was done. A round that was missed
    is caught up by the next one."""
    edition = Edition.objects.current()
    if edition is None or not edition.is_ahead(at):
        return "rien à faire"
    late = seats.take_back(edition, at=at)
    kept = seats.promote(edition, at=at)
    reminded = remind(to_remind(edition, at=at), at=at)
    return (
        f"{reminded} relance{plural(reminded)}, {kept} promotion{plural(kept)},"
        f" {late} place{plural(late)} rendue{plural(late)}"
    )


def to_remind(edition, *, at):
    """Return the invitations that a reminder is due to: sent before its day, not answered
    and not reminded since. None during the quiet weeks, nor past the last day."""
    rows = Invitation.objects.of(edition).to_remind().filter(promised_until=None)
    if edition.answers_until is None or edition.is_quiet(at):
        return rows.none()
    days = [edition.answers_until - timedelta(days=number) for number in REMINDERS]
    today = dates.local_day(at)
    come = [day for day in days if day <= today <= edition.answers_until]
    if not come:
        return rows.none()
    since = dates.start_of(max(come))
    unreminded = Q(reminded_at=None) | Q(reminded_at__lt=since)
    return rows.filter(unreminded, sent_at__lt=since)


@transaction.atomic
def remind(rows, *, at):
    """Remind the people of ``rows``, at most once a day; return how many."""
    unreminded = Q(reminded_at=None) | Q(reminded_at__lt=at - invitations.ONE_DAY)
    rows = invitations.held(rows.filter(unreminded))
    if rows:
        keys = [row.pk for row in rows]
        sent = Invitation.objects.filter(pk__in=keys)
        sent.update(reminded_at=at, version=F("version") + 1)
        mails.reminded(rows, at=at)
    return len(rows)
