"""How does an invitation go from prepared to sent to answered, and who moves it when?"""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Case, F, When

from assises.guests import mails
from assises.mail import outbox
from assises.models import Contact, Edition, Invitation, Mail, Structure
from assises.people import audit

State = Invitation.State
ONE_DAY = timedelta(days=1)
# Still to be answered, or answered: its people may change their minds.
ANSWERABLE = frozenset({State.SENT, State.ACCEPTED, State.DECLINED, State.WAITING})


class Move(NamedTuple):
    sources: frozenset
    target: str
    label: str


MOVES = {
    "send": Move(frozenset({State.PREPARED}), State.SENT, "invitation envoyée"),
    "accept": Move(ANSWERABLE, State.ACCEPTED, "invitation acceptée"),
    "wait": Move(ANSWERABLE, State.WAITING, "mise en liste d’attente"),
    "decline": Move(ANSWERABLE, State.DECLINED, "invitation déclinée"),
    "promise": Move(frozenset({State.WAITING}), State.SENT, "places gardées"),
    "expire": Move(frozenset({State.SENT}), State.WAITING, "places rendues"),
    "cancel": Move(
        frozenset({State.PREPARED, *ANSWERABLE}), State.CANCELLED, "invitation annulée"
    ),
    "restore": Move(
        frozenset({State.CANCELLED}), State.PREPARED, "invitation préparée de nouveau"
    ),
}


class MoveRefusedError(Exception):
    """The invitation is not in a state that allows the move, or was changed meanwhile."""


class Wanted(NamedTuple):
    """One structure to invite: keys of its structure and of whom to write to, seats."""

    structure: int
    contact: int | None
    seats: int


class Prepared(NamedTuple):
    """What preparing does: keys of structures newly invited, and of invitations raised."""

    new: list
    raised: list
    seats: int


def hold_edition(edition):
    """Let one process at a time count the seats of ``edition``: of two, the second waits.

    To be called inside a transaction.
    """
    list(Edition.objects.select_for_update(no_key=True).filter(pk=edition.pk))


def plan(edition, wanted):
    """Return the :class:`Prepared` that :func:`prepare` would make of ``wanted``, in one query."""
    standing = dict(Invitation.objects.of(edition).values_list("structure", "seats"))
    new = [one for one in wanted if one.structure not in standing]
    raised = [
        one for one in wanted if one.seats > standing.get(one.structure, one.seats)
    ]
    seats = sum(one.seats for one in new)
    seats += sum(one.seats - standing[one.structure] for one in raised)
    return Prepared(new, raised, seats)


@transaction.atomic
def prepare(edition, wanted, *, by, at):
    """Invite each of ``wanted`` once; give more seats to who is invited with fewer.

    Nobody loses a seat, and preparing again does nothing else. Returns :class:`Prepared`.
    """
    hold_edition(edition)
    prepared = plan(edition, wanted)
    structures = Structure.objects.in_bulk([one.structure for one in prepared.new])
    contacts = Contact.objects.in_bulk([one.contact for one in prepared.new])
    rows = [
        Invitation(
            edition=edition,
            structure=structures[one.structure],
            contact=contacts.get(one.contact),
            seats=one.seats,
            prepared_at=at,
        )
        for one in prepared.new
    ]
    for row in rows:
        row.set_search_text()
    Invitation.objects.bulk_create(rows, batch_size=200)
    seats = [When(structure=one.structure, then=one.seats) for one in prepared.raised]
    if seats:
        raised = [one.structure for one in prepared.raised]
        Invitation.objects.of(edition).filter(structure__in=raised).update(
            seats=Case(*seats), version=F("version") + 1
        )
    if prepared.new or prepared.raised:
        told = {"nouvelles": len(prepared.new), "places": prepared.seats}
        audit.record(
            "invitations préparées", edition, by=by, at=at, changed=told, values=told
        )
    return prepared


def move(invitation, verb, *, by, at, **columns):
    """Move ``invitation`` along ``verb``, write ``columns`` with it, and its history.

    State and version are tested and changed by one UPDATE, so that of two people who
    click together, one wins. Raises :class:`MoveRefusedError`. The transaction is the caller's.
    """
    rule = MOVES[verb]
    held = Invitation.objects.filter(
        pk=invitation.pk, version=invitation.version, state__in=rule.sources
    )
    columns |= {"state": rule.target, "version": invitation.version + 1}
    if not held.update(**columns):
        raise MoveRefusedError(verb)
    for name, value in columns.items():
        setattr(invitation, name, value)
    told = {"state": State(rule.target).label}
    audit.record(rule.label, invitation, by=by, at=at, changed=told, values=told)


def renew(invitation):
    """Let pages of ``invitation`` that are open elsewhere know that it has changed."""
    Invitation.objects.filter(pk=invitation.pk).update(version=F("version") + 1)


def forget_guests(invitation, *, at):
    """Forget who was to come; whoever was given a seat is told."""
    for guest in invitation.guests.exclude(handed_at=None):
        mails.seat_lost(guest, at=at)
    invitation.guests.all().delete()


def held(invitations):
    """Return the rows of ``invitations`` as they stand once nobody else moves them."""
    if edition := Edition.objects.filter(invitations__in=invitations).first():
        hold_edition(edition)
    rows = invitations.select_for_update(of=["self"])
    return list(rows.select_related("edition", "structure", "contact"))


@transaction.atomic
def send(invitations, *, by, at):
    """Send those of ``invitations`` that are prepared and have somebody to write to: state,
    mails and one line of the journal together. Returns how many left."""
    ready = invitations.filter(state=State.PREPARED, contact__isnull=False)
    rows = held(ready)
    if not rows:
        return 0
    for row in rows:
        row.state, row.sent_at = State.SENT, at
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.SENT, sent_at=at, version=F("version") + 1
    )
    mails.invited(rows, at=at)
    told = {"envoyées": len(rows)}
    audit.record(
        "invitations envoyées", rows[0].edition, by=by, at=at, changed=told, values=told
    )
    return len(rows)


@transaction.atomic
def announce(invitations, *, by, at):
    """Ask those whose invitation has not left yet to keep the day free; return how many."""
    ready = invitations.filter(state=State.PREPARED, contact__isnull=False)
    told_today = Mail.objects.filter(kind="day_kept", created_at__gt=at - ONE_DAY)
    ready = ready.exclude(key__in=told_today.values("reference"))
    rows = held(ready)
    if rows:
        mails.day_kept(rows, at=at)
        told = {"prévenues": len(rows)}
        audit.record(
            "date à réserver", rows[0].edition, by=by, at=at, changed=told, values=told
        )
    return len(rows)


@transaction.atomic
def give_seats(invitation, *, at):
    """Tell the person of an invitation that left that it has more seats now; what they had
    asked for is settled."""
    Invitation.objects.filter(pk=invitation.pk).update(seats_wanted=0)
    if invitation.state in ANSWERABLE:
        mails.seats_given(invitation, at=at)


def follow_address(contact, former, *, at):
    """Let the mails of the invitations of ``contact`` that have not left ``former``, its
    address until now, leave for the new one."""
    own = Invitation.objects.filter(contact=contact)
    mails_of = Mail.objects.filter(reference__in=own.values("key"))
    outbox.readdress(mails_of, former, contact.email, at=at)


@transaction.atomic
def give_to(invitation, contact, *, by, at):
    """Give an invitation to another person of its structure; what had left is sent again."""
    held = Invitation.objects.filter(pk=invitation.pk, version=invitation.version)
    if not held.update(contact=contact, version=F("version") + 1):
        raise MoveRefusedError("give")
    invitation.contact, invitation.version = contact, invitation.version + 1
    if invitation.state in ANSWERABLE:
        mails.invited([invitation], at=at)
    audit.record("invitation confiée", invitation, by=by, at=at, changed=["contact"])


@transaction.atomic
def restore(invitation, *, by, at):
    """Prepare a cancelled invitation again: nothing leaves by itself."""
    none = ("sent_at", "answered_at", "reminded_at", "waiting_since", "promised_until")
    move(invitation, "restore", by=by, at=at, **dict.fromkeys(none))


@transaction.atomic
def cancel(invitation, *, by, at):
    """Cancel an invitation, and tell its person if it had left."""
    hold_edition(invitation.edition)
    had_left = invitation.state in ANSWERABLE
    move(invitation, "cancel", by=by, at=at)
    outbox.cancel_mails(Mail.objects.filter(reference=invitation.key))
    forget_guests(invitation, at=at)
    if had_left:
        mails.cancelled(invitation, at=at)
