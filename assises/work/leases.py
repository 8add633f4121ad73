"""How does one worker take a piece of work that no other one will touch meanwhile?"""

from django.db import transaction
from django.db.models import F


def take_leased(due, *, at, lease, state):
    """Take the first row of ``due`` until ``at + lease``; return it, or ``None``.

    The guarded UPDATE decides: of two workers, one wins. PostgreSQL also skips the
    rows that others are taking (SQLite ignores the row lock, and needs none). A
    worker that dies leaves its lease behind, and the row becomes due again.
    """
    if not due.exists():  # Nothing to do, most of the time: take no write lock.
        return None
    with transaction.atomic():
        row = due.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        until = at + lease
        changes = {"state": state, "lease_until": until}
        if not due.filter(pk=row.pk).update(tries=F("tries") + 1, **changes):
            return None
    row.state, row.lease_until, row.tries = state, until, row.tries + 1
    return row


def end_lease(row, **changes):
    """Write the outcome of ``row`` and end its lease, if it is still ours."""
    mine = type(row).objects.filter(
        pk=row.pk, state=row.state, lease_until=row.lease_until
    )
    mine.update(lease_until=None, **changes)
