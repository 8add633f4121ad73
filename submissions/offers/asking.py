"""How is the bearer of a declared action asked to present it in the morning, and what follows?

``kind`` stays ``declare`` until the bearer says yes; ``editable_until`` alone says until
when, for the call has closed by then.
"""

from django.db import transaction
from django.db.models import Q

from assises.french import dates
from assises.mail import outbox
from assises.models import Edition, Event, Kind, Mail
from assises.people import audit
from submissions import mails
from submissions.answering import lifecycle
from submissions.models import Application
from submissions.offers import tallies


class OfferRefusedError(Exception):
    """The answer is not in a state, or the day not one, that allows the gesture."""


@transaction.atomic
def ask_to_present(application, last_day, *, by, at):
    """Ask the bearer to present until the end of ``last_day``; say whether a mail leaves.

    A later day extends what was asked, and is told by a new mail in place of one that
    has not left; the same day again changes nothing. Raises :class:`OfferRefusedError`
    for what is no declared action, a day past, a day before the one already given, or
    that of the Assises. An answer open past the Assises stays so, and is asked for their
    eve.
    """
    closing = dates.closing_after(last_day)
    given = application.editable_until and application.offer_ends_at()
    if not at < closing <= application.edition.comes_at() or closing < (given or at):
        raise OfferRefusedError
    until = max(closing, application.editable_until or closing)
    extends = Q(editable_until=None) | Q(editable_until__lte=until)
    askable = Application.objects.filter(pk=application.pk).declared().filter(extends)
    news = Q(asked_to_present_at=None) | Q(editable_until__lt=until)
    changes = {"editable_until": until, "asked_to_present_at": at}
    if not askable.filter(news).update(**changes):
        if askable.exists():
            return False
        raise OfferRefusedError
    for name, value in changes.items():
        setattr(application, name, value)
    outbox.cancel_mails(_letters(application))
    mails.asked_to_present(application, at=at)
    told = {"editable_until": dates.deadline(closing)}
    audit.record(tallies.ASKED, application, by=by, at=at, changed=changes, values=told)
    return True


@transaction.atomic
def accept(form, *, applicant, at, by=audit.APPLICANT):
    """Write what was missing and propose the action: snapshot, receipt and history with it.

    ``form`` is a valid :class:`submissions.offers.offer_form.MorningOfferForm`. Raises
    :class:`OfferRefusedError`, :class:`submissions.answering.drafts.StaleError` and
    :class:`submissions.answering.lifecycle.IncompleteError`; then nothing changed.
    """
    application = form.application
    try:
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
    except lifecycle.MoveRefusedError:
        raise OfferRefusedError from None
    mails.proposal_received(application, at=at)


@transaction.atomic
def decline(application, *, at, by=audit.APPLICANT):
    """Say no: the action stays declared, and organisers read it in its history."""
    _close(application, tallies.DECLINED, by=by, at=at)


@transaction.atomic
def reconsider(application, *, at, by=audit.APPLICANT):
    """Take back a « no » while a « yes » is still possible: the offer stands again.

    Raises :class:`OfferRefusedError` if there was none, or if its last day is past.
    """
    if not _may_reconsider(application, at):
        raise OfferRefusedError
    ahead = Edition.objects.ahead(at).values("pk")
    free = Application.objects.filter(pk=application.pk, asked_to_present_at=None)
    free = free.declared().filter(editable_until__gt=at, edition__in=ahead)
    history = Event.objects.about(application).filter(verb=tallies.ASKED)
    asked = history.values_list("at", flat=True).first() or at
    if not free.update(asked_to_present_at=asked):
        raise OfferRefusedError
    application.asked_to_present_at = asked
    changed = {"asked_to_present_at"}
    audit.record(tallies.RECONSIDERED, application, by=by, at=at, changed=changed)


def _may_reconsider(application, at):
    """Say whether the bearer said no, and may still change their mind."""
    said = tallies.declined_at(application)
    return said is not None and at < application.offer_ends_at()


@transaction.atomic
def cancel_asking(application, *, by, at):
    """Take back what was asked; the mail that has not left never does. Nobody is told."""
    _close(application, tallies.CANCELLED, by=by, at=at)


def _close(application, verb, *, by, at):
    """End what was asked, once; ``editable_until`` stays: a promise is not shortened."""
    asked = Application.objects.filter(pk=application.pk).asked_to_present()
    if not asked.update(asked_to_present_at=None):
        raise OfferRefusedError
    application.asked_to_present_at = None
    outbox.cancel_mails(_letters(application))
    audit.record(verb, application, by=by, at=at, changed={"asked_to_present_at"})


def _letters(application):
    return Mail.objects.filter(kind="asked_to_present", reference=application.key)


def preview(application, last_day, *, at):
    """Return subject and body of the mail that asking until ``last_day`` would send."""
    return mails.letter_asking_to_present(
        application, until=dates.closing_after(last_day), at=at
    )
