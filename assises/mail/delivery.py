"""How do the waiting mails leave, so that none is lost and none blocks the others?"""

import enum
import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple

from django.core.mail import mailers
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F

from assises import clock
from assises.french import text
from assises.mail import messages, outbox
from assises.models import Mail
from assises.web import logs
from assises.work import leases

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
BATCH = 20
GIVE_UP_AFTER = timedelta(days=2)
# One delay after each counted try: 12 tries over two days.
DELAYS = [
    timedelta(minutes=minutes)
    for minutes in (1, 5, 15, 30, 60, 120, 240, 360, 480, 720, 720)
]
MAX_TRIES = len(DELAYS) + 1

CUT = "La connexion au serveur de courriel s’est coupée pendant l’envoi."
STOPPED = "Le serveur de cette adresse a rendu un courriel précédent\u00a0: corrigez l’adresse, ou renvoyez."
UNREACHABLE = "Le serveur de courriel est resté injoignable pendant deux jours."


class Batch(NamedTuple):
    """What one call did. ``reachable`` is false when the server itself refused."""

    sent: int = 0
    failed: int = 0
    reachable: bool = True


class Fault(enum.Enum):
    """Whose fault an error is, hence what becomes of the mail."""

    ADDRESS = "the address: no other try would do better"
    MAIL = "this mail: it waits longer after each try, the others go on"
    CUT = "unknown, the session broke: a try is counted, then the outbox rests"
    SERVER = "the server: no try is counted, the outbox rests"


def deliver_due(at=None, limit=BATCH, *, lease=LEASE, stop=lambda: False):
    """Deliver at most ``limit`` due mails over one connection; return a :class:`Batch`.

    Without ``at``, the clock is read for each mail, because a batch may last longer
    than a lease. ``stop()`` is asked between two mails.
    """
    now = clock.now if at is None else lambda: at
    if not Mail.objects.due(now()).exists():
        return Batch()
    mailer = mailers.default
    try:
        mailer.open()
    except (OSError, UnicodeError) as error:  # every smtplib error is an OSError
        logger.warning("mail server out of reach: %s", error)
        return Batch(failed=_give_up_stale(now()), reachable=False)
    try:
        return _deliver_batch(mailer, now, limit, lease, stop)
    finally:
        with suppress(OSError):
            mailer.close()


def _deliver_batch(mailer, now, limit, lease, stop):
    sent = failed = 0
    while sent + failed < limit and not stop():
        due = Mail.objects.due(now()).in_sending_order()
        state = Mail.State.SENDING
        mail = leases.take_leased(due, at=now(), lease=lease, state=state)
        if mail is None:
            break
        fault = _deliver(mailer, mail, now)
        if fault is None:
            sent += 1
            if sent == 1:
                _hasten(now())
            continue
        failed += 1
        if fault in {Fault.CUT, Fault.SERVER}:
            _give_up_stale(now())
            return Batch(sent, failed, reachable=False)
    return Batch(sent, failed)


def _deliver(mailer, mail, now):
    """Try ``mail`` once and write what became of it; return the :class:`Fault` if any."""
    if mail.tries > MAX_TRIES:  # Each try killed the worker that made it.
        return _refuse(mail, Fault.MAIL, RuntimeError("no try ever ended"), now())
    if outbox.is_stopped(mail):
        leases.end_lease(mail, state=Mail.State.FAILED, retry_at=None, error=STOPPED)
        return Fault.ADDRESS
    try:
        message = messages.as_message(mail, at=now())
    except (OperationalError, InterfaceError):
        raise  # The database, not the mail: the lease brings it back.
    except Exception as error:
        logger.exception("mail %s could not be written", mail.pk)
        return _refuse(mail, Fault.MAIL, error, now())
    try:
        if not mailer.send_messages([message]):
            raise ValueError("no recipient")
    except Exception as error:
        return _refuse(mail, _fault_of(error), error, now())
    _mark_sent(mail, now())
    return None


def _mark_sent(mail, at):
    """Write that ``mail`` has left, insisting: if that is lost, a second copy leaves."""
    changes = {"state": Mail.State.SENT, "sent_at": at, "retry_at": None, "error": ""}
    try:
        leases.end_lease(mail, **changes)
    except (OperationalError, InterfaceError):
        connection.close()  # A PostgreSQL that went away needs a new connection.
        leases.end_lease(mail, **changes)


def _fault_of(error):
    """Say whose fault ``error`` is, raised while sending."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = {code for code, _ in error.recipients.values()}
            if 421 in codes:
                return Fault.SERVER
            return Fault.ADDRESS if min(codes, default=550) >= 500 else Fault.MAIL
        case smtplib.SMTPSenderRefused(smtp_code=552):  # larger than the server takes
            return Fault.MAIL
        case smtplib.SMTPSenderRefused() | smtplib.SMTPResponseException(smtp_code=421):
            return Fault.SERVER
        case smtplib.SMTPServerDisconnected():
            return Fault.CUT
        case smtplib.SMTPException():
            return Fault.MAIL
        case OSError():
            return Fault.CUT
        case ValueError():  # an address, or a text, that no mail can carry
            return Fault.ADDRESS
    return Fault.MAIL


def _refuse(mail, fault, error, at):
    """Write that ``mail`` did not leave, and when it is tried again, if ever."""
    words = CUT if fault is Fault.CUT else text.shorten(_spoken_error(error), 500)
    logger.warning("mail %s not delivered (%s): %s", mail.pk, fault.name, words)
    if fault is Fault.SERVER:
        changes = {"state": Mail.State.QUEUED, "tries": F("tries") - 1}
    elif fault is Fault.ADDRESS or _is_last_try(mail, at):
        changes = {"state": Mail.State.FAILED, "retry_at": None}
    else:
        retry_at = at + DELAYS[mail.tries - 1]
        changes = {"state": Mail.State.QUEUED, "retry_at": retry_at}
    leases.end_lease(mail, error=words, **changes)
    return fault


def _is_last_try(mail, at):
    """Say whether ``mail`` has been tried often or long enough."""
    return mail.tries >= MAX_TRIES or at >= mail.due_at + GIVE_UP_AFTER


def _spoken_error(error):
    """Return what the server said, readable by an organiser."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(error.recipients.values()))
        case smtplib.SMTPResponseException():
            code, words = error.smtp_code, error.smtp_error
        case _:
            return logs.one_line_error(error)
    if isinstance(words, bytes):
        words = words.decode(errors="replace")
    return f"{code} {words}"


def _hasten(at):
    """Try again now what a broken session interrupted: the server answers again."""
    cut = Mail.objects.filter(state=Mail.State.QUEUED, error=CUT, retry_at__gt=at)
    cut.update(retry_at=at)


def _give_up_stale(at):
    """Let the mails that no server took for two days fail, where people see it."""
    stale = Mail.objects.due(at).filter(due_at__lte=at - GIVE_UP_AFTER)
    return stale.update(state=Mail.State.FAILED, lease_until=None, error=UNREACHABLE)
