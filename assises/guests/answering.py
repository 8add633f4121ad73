"""How do invited people say who comes, and change their minds?"""

from typing import NamedTuple

from django.db import transaction
from django.urls import reverse

from assises.guests import invitations, mails, seats
from assises.models import Guest, Invitation
from assises.people import audit
from assises.people.access_links import Applicant
from assises.web import throttle

State = Invitation.State


class TooManyError(Exception):
    """More people are named than there are seats."""


class HandOverRefusedError(Exception):
    """The seat is handed already, or too many mails would leave."""


class Answer(NamedTuple):
    """What comes with a yes or a no: a word, seats wanted besides, the summary of the day."""

    word: str = ""
    seats_wanted: int = 0
    wants_summary: bool = False


def opened_by(applicant):
    """Return the invitations that ``applicant`` may answer: those sent to their address.

    Nobody else of the structure: anybody may have picked it in the form.
    """
    if not applicant.email:
        return Invitation.objects.none()
    told = Invitation.objects.filter(state__in=invitations.ANSWERABLE)
    return told.filter(contact__email=applicant.email)


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
def accept(invitation, people, answer, *, at):
    """Say that ``people`` come: pairs of a key, or ``None``, and ``{column: value}``, in the
    order of the page.

    Rows handed to others stay as they are, whatever is typed of them. Who has accepted
    keeps their seats: only more than those may have to wait. Raises :class:`TooManyError` or
    :class:`~assises.guests.invitations.MoveRefusedError`; then nothing changed.
    """
    invitations.hold_edition(invitation.edition)
    handed = {guest.key: guest for guest in invitation.guests.exclude(handed_at=None)}
    people = [(key, columns) for key, columns in people if key not in handed]
    number = sum(guest.headcount for guest in handed.values())
    number += sum(columns["headcount"] for _, columns in people)
    if number > invitation.seats:
        raise TooManyError(number)
    verb = _verb(invitation, number, at)
    invitations.move(
        invitation,
        verb,
        by=audit.APPLICANT,
        at=at,
        answered_at=at,
        waiting_since=_waiting_since(invitation, verb, at),
        promised_until=None,
        **answer._asdict(),
    )
    _write_people(invitation, people)
    mails.answered(invitation, at=at)
    _fill(invitation.edition, at=at)


def _verb(invitation, number, at):
    """Say whether ``number`` people come or wait: there are seats for them and nobody waits
    already, or they had as many."""
    held = 0
    if invitation.state == State.ACCEPTED or invitation.promised_until:
        held = invitation.guests.all().seats()
    if number <= held:
        return "accept"
    left = seats.free(invitation.edition, but=invitation, at=at)
    if left is None:
        return "accept"
    waiting = Invitation.objects.of(invitation.edition).in_waiting_order()
    overtakes = not held and waiting.exclude(pk=invitation.pk).exists()
    if number <= left and not overtakes:
        return "accept"
    if held:
        raise TooManyError(number)
    return "wait"


def _waiting_since(invitation, verb, at):
    """Who waits already keeps their turn when they change their answer."""
    if verb != "wait":
        return None
    return invitation.waiting_since or at


def _write_people(invitation, people):
    own = invitation.guests.filter(handed_at=None)
    own.exclude(key__in=[key for key, _ in people if key]).delete()
    known = {guest.key: guest for guest in own}
    for key, columns in people:
        guest = known.pop(key, None) or Guest(invitation=invitation)
        for name, value in columns.items():
            setattr(guest, name, value)
        guest.save()


@transaction.atomic
def decline(invitation, answer, *, at):
    """Say that nobody comes: the seats go to who waits, and whoever was given one is told."""
    invitations.hold_edition(invitation.edition)
    invitations.move(
        invitation,
        "decline",
        by=audit.APPLICANT,
        at=at,
        answered_at=at,
        waiting_since=None,
        promised_until=None,
        **answer._asdict(),
    )
    invitations.forget_guests(invitation, at=at)
    mails.answered(invitation, at=at)
    _fill(invitation.edition, at=at)


def _held(guest):
    """Return ``guest`` as it stands now, once its edition is held, under a new version of its
    invitation. Raises ``Guest.DoesNotExist`` if it was freed meanwhile."""
    invitations.hold_edition(guest.invitation.edition)
    fresh = Guest.objects.select_related(
        "invitation__edition", "invitation__structure", "invitation__contact"
    ).get(pk=guest.pk)
    invitations.renew(fresh.invitation)
    return fresh


@transaction.atomic
def hand_over(guest, email, *, by, at):
    """Give the seat of ``guest`` to whoever reads ``email``, who alone changes it then.

    Raises :class:`HandOverRefusedError`: nobody's box is filled, and a seat has one owner.
    """
    guest = _held(guest)
    ready = guest.handed_at is None and guest.invitation.state == State.ACCEPTED
    if not ready or not (
        throttle.allow("hand-over", guest.invitation.key, at=at)
        and throttle.allow("mail-address", email, at=at)
    ):
        raise HandOverRefusedError
    guest.email, guest.handed_at = email, at
    guest.save(update_fields=["email", "handed_at"])
    mails.seat_handed(guest, by=by, at=at)
    audit.record("place cédée", guest, by=audit.APPLICANT, at=at, changed=["email"])


@transaction.atomic
def reclaim(guest, *, at):
    """Let a seat that was handed over belong to its structure again, and tell its person."""
    guest = _held(guest)
    if guest.handed_at is None:
        return
    mails.seat_lost(guest, at=at)
    guest.email, guest.handed_at = "", None
    guest.save(update_fields=["email", "handed_at"])
    audit.record("place reprise", guest, by=audit.APPLICANT, at=at)


@transaction.atomic
def describe(guest, columns, *, at):
    """Write what the person of a seat says of themselves, and acknowledge it; one seat
    stays one."""
    guest = _held(guest)
    for name, value in (columns | {"headcount": guest.headcount}).items():
        setattr(guest, name, value)
    guest.save(update_fields=columns)
    mails.seat_confirmed(guest, at=at)
    audit.record("place complétée", guest, by=audit.APPLICANT, at=at)


@transaction.atomic
def give_up(guest, *, at):
    """Free the seat of somebody who does not come, and tell who had given it."""
    guest = _held(guest)
    mails.seat_returned(guest, at=at)
    audit.record("place rendue", guest, by=audit.APPLICANT, at=at)
    guest.delete()
    _fill(guest.invitation.edition, at=at)


def _fill(edition, *, at):
    """Give the seats that have freed to who waits, if there is a limit."""
    if edition.capacity is not None:
        seats.promote(edition, at=at)
