"""Are there seats left, and who gets the one that frees?"""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, Sum

from assises.french import dates
from assises.guests import invitations, mails
from assises.models import Guest, Invitation
from assises.people import audit

State = Invitation.State
# How long the seats of somebody who waited are kept for them.
PROMISE = timedelta(days=4)


class Counts(NamedTuple):
    """How the day fills up, in seats; ``left`` is ``None`` without a capacity."""

    given: int
    answered: int
    morning: int
    lunch: int
    afternoon: int
    waiting: int
    left: int | None

    @property
    def is_overbooked(self):
        """Say whether more seats are given than there are."""
        return self.left is not None and self.left < 0


def counts(edition, *, at):
    """Return the :class:`Counts` of ``edition``, in two queries."""
    standing = Invitation.objects.of(edition).standing()
    given = standing.aggregate(given=Sum("seats", default=0))["given"]
    of_people = Guest.objects.filter(invitation__edition=edition)
    accepted = Q(invitation__state=State.ACCEPTED)
    holders = Invitation.objects.of(edition).holding_seats(at)
    people = of_people.aggregate(
        answered=Sum("headcount", filter=accepted, default=0),
        waiting=Sum("headcount", filter=Q(invitation__state=State.WAITING), default=0),
        held=Sum("headcount", filter=Q(invitation__in=holders), default=0),
        **{
            moment: Sum("headcount", filter=accepted & Q(**{moment: True}), default=0)
            for moment in ("morning", "lunch", "afternoon")
        },
    )
    held = people.pop("held")
    left = None if edition.capacity is None else edition.capacity - held
    return Counts(given=given, left=left, **people)


def free(edition, *, but=None, at):
    """Return how many seats nobody holds, ``but`` an invitation's own; ``None`` if the room
    has no limit. To be asked once the edition is held."""
    if edition.capacity is None:
        return None
    holders = Invitation.objects.of(edition).holding_seats(at)
    if but is not None:
        holders = holders.exclude(pk=but.pk)
    return edition.capacity - Guest.objects.filter(invitation__in=holders).seats()


@transaction.atomic
def promote(edition, *, at):
    """Keep the seats that have freed for who waits longest, and tell them until when.

    Nobody overtakes: a group that does not fit holds the line. Returns how many are told.
    """
    invitations.hold_edition(edition)
    waiting = Invitation.objects.of(edition).in_waiting_order()
    rows = waiting.select_for_update(of=["self"])
    told = 0
    for invitation in rows.select_related("edition", "structure", "contact"):
        left = free(edition, at=at)
        if left is not None and invitation.guests.all().seats() > left:
            break
        invitations.move(
            invitation,
            "promise",
            by=audit.SYSTEM,
            at=at,
            promised_until=_until(edition, at),
        )
        mails.seats_kept(invitation, at=at)
        told += 1
    return told


def _until(edition, at):
    """Return until when seats are kept, never beyond the day of the Assises."""
    until = dates.closing_after(dates.local_day(at + PROMISE))
    return min(until, edition.comes_at())


@transaction.atomic
def take_back(edition, *, at):
    """Put at the end of the list who did not confirm the seats kept for them."""
    invitations.hold_edition(edition)
    late = Invitation.objects.of(edition).filter(
        state=State.SENT, promised_until__lte=at
    )
    for invitation in late:
        invitations.move(
            invitation,
            "expire",
            by=audit.SYSTEM,
            at=at,
            waiting_since=at,
            promised_until=None,
        )
    return len(late)
