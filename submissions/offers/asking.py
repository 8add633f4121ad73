"""How is the bearer of a declared action asked to present it in the morning, and what follows?

``kind`` stays ``declare`` until the bearer says yes; ``editable_until`` alone says until
when, for the call has closed by then.
"""

from collections import Counter

from django.db import transaction

from assises.french import dates
from assises.mail import outbox
from assises.models import Kind, Mail
from assises.people import audit
from submissions import mails
from submissions.answering import lifecycle
from submissions.answering.lifecycle import MoveRefusedError
from submissions.models import Application

# What the journal says of each.
ASKED = "matinée proposée à la structure"
DECLINED = "matinée déclinée par la structure"
CANCELLED = "matinée plus proposée à la structure"
RECONSIDERED = "matinée reconsidérée par la structure"

# The columns that say what was asked, until when, and what was answered.
OFFER = ("editable_until", "asked_to_present_at", "declined_to_present_at")


@transaction.atomic
def ask_to_present(application, last_day, *, by, at):
    """Ask the bearer to present until the end of ``last_day``; say whether a mail leaves.

    A later day extends what was asked, and is told by a new mail in place of one that
    has not left; the same day again changes nothing. Raises :class:`MoveRefusedError`
    for what is no declared action or was changed meanwhile, a day past, a day before the
    one already given, or that of the Assises. An answer open past the Assises stays so,
    and is asked for their eve.
    """
    closing, given = dates.closing_after(last_day), application.editable_until
    if not at < closing <= application.edition.comes_at():
        raise MoveRefusedError
    if given and closing < application.offer_ends_at():
        raise MoveRefusedError
    until = max(closing, given or closing)
    if application.is_asked_to_present and until == given:
        return False
    as_read = {name: getattr(application, name) for name in OFFER}
    unchanged = Application.objects.declared().filter(**as_read)
    changes = {"editable_until": until, "asked_to_present_at": at}
    _write(application, unchanged, **changes, declined_to_present_at=None)
    outbox.cancel_mails(_letters(application))
    mails.asked_to_present(application, at=at)
    told = {"editable_until": dates.deadline(closing)}
    audit.record(ASKED, application, by=by, at=at, changed=changes, values=told)
    return True


@transaction.atomic
def accept(form, *, applicant, at, by=audit.APPLICANT):
    """Write what was missing and propose the action: snapshot, receipt and history with it.

    ``form`` is a valid :class:`submissions.offers.offer_form.MorningOfferForm`. Raises
    :class:`MoveRefusedError`, :class:`submissions.answering.holding.StaleError` and
    :class:`submissions.answering.lifecycle.IncompleteError`; then nothing changed.
    """
    application = form.application
    lifecycle.rewrite(
        application,
        form.parts,
        applicant=applicant,
        among=Application.objects.may_accept(at),
        verb="action proposée pour la matinée",
        by=by,
        at=at,
        kind=Kind.PROPOSE,
    )
    mails.proposal_received(application, at=at)


@transaction.atomic
def decline(application, *, at, by=audit.APPLICANT):
    """Say no: the action stays declared, and organisers read it in its history."""
    _end(application, DECLINED, by=by, at=at, declined_to_present_at=at)


@transaction.atomic
def reconsider(application, *, at, by=audit.APPLICANT):
    """Take back a « no » while a « yes » is still possible: the offer stands again.

    Raises :class:`MoveRefusedError` if there was none, or if its last day is past.
    """
    declined = Application.objects.declined_to_present().offer_open(at)
    _write(application, declined, declined_to_present_at=None)
    changed = {"declined_to_present_at"}
    audit.record(RECONSIDERED, application, by=by, at=at, changed=changed)


@transaction.atomic
def cancel_asking(application, *, by, at):
    """Take back what was asked; the mail that has not left never does. Nobody is told."""
    _end(application, CANCELLED, by=by, at=at, asked_to_present_at=None)


def _end(application, verb, *, by, at, **change):
    """End what was asked, once; ``editable_until`` stays: a promise is not shortened."""
    _write(application, Application.objects.asked_to_present(), **change)
    outbox.cancel_mails(_letters(application))
    audit.record(verb, application, by=by, at=at, changed=change)


def _write(application, among, **change):
    """Write ``change``, column → value, if the answer is still one of those ``among``."""
    if not among.filter(pk=application.pk).update(**change):
        raise MoveRefusedError
    for name, value in change.items():
        setattr(application, name, value)


def _letters(application):
    return Mail.objects.filter(kind="asked_to_present", reference=application.key)


def tally(applications, *, at):
    """Count what those who were asked answered, in one query: ``accepted``, ``declined``,
    ``waiting``, ``unanswered`` once their last day is past."""
    asked = applications.sent().filter(asked_to_present_at__isnull=False)
    return Counter(offer_state(each, at) for each in asked.select_related("edition"))


def offer_state(application, at):
    """Return where the offer stands, as :func:`tally` counts it; nothing if none was made."""
    if application.has_declined_to_present:
        return "declined"
    if application.is_asked_to_present:
        return "waiting" if application.may_accept(at) else "unanswered"
    proposed = application.kind == Kind.PROPOSE
    return "accepted" if proposed and application.offer_stands else ""


def told_to_bearer(application, at):
    """Return what the bearer is told of the offer: ``open``, ``missed``, ``declined``,
    ``closed`` (declined, and too late to change one's mind), or nothing."""
    if application.may_accept(at):
        return "open"
    if not application.edition.is_ahead(at):
        return ""
    if application.is_asked_to_present:
        return "missed"
    if not application.has_declined_to_present:
        return ""
    return "declined" if at < application.offer_ends_at() else "closed"
