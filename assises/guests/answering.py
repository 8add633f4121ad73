"""How do invited people say who comes, and change their minds?"""

from typing import NamedTuple

from django.db import transaction
from django.urls import reverse

from assises.guests import invitations, mails, seats
from assises.models import Contact, Guest, Invitation
from assises.people import audit
from assises.people.access_links import Applicant


class TooManyError(Exception):
    """More people are named than there are seats."""


class Answer(NamedTuple):
    """What comes with a yes: a word, seats wanted besides, the summary of the day."""

    word: str = ""
    seats_wanted: int = 0
    wants_summary: bool = False


def opened_by(applicant):
    """Return the invitations that ``applicant`` may answer: sent to their address, or to
    a structure whose confirmed contact they are. ``prepared`` ones are told to nobody."""
    if not applicant.email:
        return Invitation.objects.none()
    own = Contact.objects.confirmed().filter(email=applicant.email)
    told = Invitation.objects.filter(state__in=invitations.ANSWERABLE)
    return told.filter(contact__email=applicant.email) | told.filter(
        structure__in=own.values("structure")
    )


def seats_of(applicant):
    """Return the seats that were handed to the address of ``applicant``."""
    if not applicant.email:
        return Guest.objects.none()
    return Guest.objects.filter(
        email=applicant.email,
        handed_at__isnull=False,
        invitation__state__in=invitations.ANSWERABLE,
    )


def is_invited(email):
    """Say whether a link sent to ``email`` would open an invitation, or a seat."""
    applicant = Applicant(email, frozenset())
    return opened_by(applicant).exists() | seats_of(applicant).exists()


def page_of(link):
    """Return the address of the invitation, or of the seat, that the mail of ``link`` speaks
    of; nothing if it speaks of something else."""
    if not link.answer_key:
        return ""
    pages = {"assises:invitation": Invitation, "assises:seat": Guest}
    for name, model in pages.items():
        if model.objects.filter(key=link.answer_key).exists():
            return reverse(name, args=[link.answer_key])
    return ""


@transaction.atomic
def accept(invitation, people, answer, *, referent, at):
    """Say that ``people`` come, by the ``referent`` or by whom the invitation was sent to: keys of rows that stay, columns of each, in the page's order.

    ``people`` is a list of pairs ``(key or None, {column: value})``; rows handed to others
    stay as they are. If the room is full, all wait. Raises :class:`TooManyError` or
    :class:`~assises.guests.invitations.MoveRefusedError`; then nothing changed.
    """
    invitations.hold_edition(invitation.edition)
    own = invitation.guests.filter(handed_at=None)
    handed = invitation.guests.exclude(handed_at=None).seats()
    number = handed + sum(columns["headcount"] for _, columns in people)
    if number > invitation.seats:
        raise TooManyError(number)
    left = seats.free(invitation.edition, but=invitation, at=at)
    verb = "accept" if left is None or number <= left else "wait"
    invitations.move(
        invitation,
        verb,
        by=audit.APPLICANT,
        at=at,
        contact=referent or invitation.contact,
        answered_at=at,
        waiting_since=_waiting_since(invitation, verb, at),
        promised_until=None,
        **answer._asdict(),
    )
    own.exclude(key__in=[key for key, _ in people if key]).delete()
    known = {guest.key: guest for guest in own}
    for key, columns in people:
        guest = known.get(key) or Guest(invitation=invitation)
        for name, value in columns.items():
            setattr(guest, name, value)
        guest.save()
    mails.answered(invitation, at=at)
    _fill(invitation.edition, at=at)


def _waiting_since(invitation, verb, at):
    """Who waits already keeps their turn when they change their answer."""
    if verb != "wait":
        return None
    return invitation.waiting_since or at


@transaction.atomic
def decline(invitation, answer, *, referent, at):
    """Say that nobody comes: the seats go to who waits."""
    invitations.hold_edition(invitation.edition)
    invitations.move(
        invitation,
        "decline",
        by=audit.APPLICANT,
        at=at,
        contact=referent or invitation.contact,
        answered_at=at,
        waiting_since=None,
        promised_until=None,
        **answer._asdict(),
    )
    for guest in invitation.guests.exclude(handed_at=None):
        mails.seat_lost(guest, at=at)
    invitation.guests.all().delete()
    mails.answered(invitation, at=at)
    _fill(invitation.edition, at=at)


@transaction.atomic
def hand_over(guest, email, *, by, at):
    """Give the seat of ``guest`` to whoever reads ``email``, who alone changes it then."""
    guest.email, guest.handed_at = email, at
    guest.save(update_fields=["email", "handed_at"])
    mails.seat_handed(guest, by=by, at=at)
    audit.record("place cédée", guest, by=audit.APPLICANT, at=at, changed=["email"])


@transaction.atomic
def describe(guest, columns, *, at):
    """Write what the person of a seat says of themselves; one seat stays one."""
    for name, value in (columns | {"headcount": guest.headcount}).items():
        setattr(guest, name, value)
    guest.save()
    audit.record("place complétée", guest, by=audit.APPLICANT, at=at)


@transaction.atomic
def give_up(guest, *, at, by_its_person=False):
    """Free one seat: it goes back to its structure, or to who waits. Whoever did not say it
    is told: its person, or who had given it."""
    if by_its_person:
        mails.seat_returned(guest, at=at)
    elif guest.handed_at:
        mails.seat_lost(guest, at=at)
    edition = guest.invitation.edition
    invitations.hold_edition(edition)
    audit.record("place rendue", guest, by=audit.APPLICANT, at=at)
    guest.delete()
    _fill(edition, at=at)


def _fill(edition, *, at):
    """Give the seats that have freed to who waits, if there is a limit."""
    if edition.capacity is not None:
        seats.promote(edition, at=at)
