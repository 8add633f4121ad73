"""How is a mail written, held back for its turn, cancelled, given its tries again?"""

import uuid

from django.conf import settings
from django.db.models import Max, Min, Q

from assises.french import text
from assises.models import Mail

BOUNCED = (
    "Le serveur de cette adresse a rendu ce courriel\u00a0: retour noté à la main."
)
# What people ask for themselves, at this very moment, still goes to where they ask it.
ASKED_FOR = ("link_requested", "link_requested_unknown")


def compose(words, placeholders):
    """Return the subject and the body of a mail that says ``words``, those of
    :func:`assises.mail.wordings.of`.

    ``placeholders`` is a flat dict of strings with French names; ``lien`` marks the place
    of the link.
    """
    return words.filled({**placeholders, "lien": text.LINK_PLACE})


def queue_mail(kind, *, to, subject, at, edition=None, due_at=None, **columns):
    """Write a mail, in the transaction of what it tells.

    ``body`` marks with :data:`assises.french.text.LINK_PLACE` where the worker writes the
    personal link of ``link_email``, or the one-time code of ``code_user``: neither
    is ever stored.
    """
    mail = _written(kind, to, subject, at=at, edition=edition, due_at=due_at, **columns)
    mail.save()
    return mail


def queue_mails(kind, letters, *, at, edition):
    """Write many mails of one ``kind``, in one statement: a dict of columns for each,
    with ``to`` and ``subject``."""
    mails = [_written(kind, at=at, edition=edition, **letter) for letter in letters]
    for mail in mails:
        mail.set_search_text()
    return Mail.objects.bulk_create(mails, batch_size=200)


def _written(kind, to, subject, *, at, edition, due_at=None, **columns):
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return Mail(
        kind=kind,
        edition=edition,
        address=to,
        reply_to=edition.contact_email if edition else "",
        subject=text.shorten(subject, 300),
        message_id=f"<{uuid.uuid4()}@{domain}>",
        created_at=at,
        due_at=due_at or at,
        **columns,
    )


def turn(kind, *, to, reference="", at, pace):
    """Return when one more mail may leave for an address that has had its share.

    Each goes ``pace`` after those that wait for this address. A mail of the same kind
    about the same answer takes the place of the one that waits, which says less.
    """
    waiting = Mail.objects.filter(address=to, state=Mail.State.QUEUED, due_at__gt=at)
    replaced = waiting.filter(kind=kind, reference=reference)
    place = replaced.aggregate(first=Min("due_at"))["first"]
    if place is not None:
        cancel_mails(replaced)
        return place
    last = waiting.aggregate(last=Max("due_at"))["last"]
    return (last or at) + pace


def release(mails, *, at):
    """Let those of ``mails`` that were held leave."""
    held = mails.filter(state=Mail.State.HELD)
    return held.update(state=Mail.State.QUEUED, due_at=at)


def requeue(mails, *, at):
    """Give the failed ones of ``mails`` all their tries again; cancelled is for good.

    Their addresses work, who asks it says: what had come back from them is forgotten.
    """
    failed = mails.filter(state=Mail.State.FAILED)
    addresses = list(failed.values_list("address", flat=True))
    Mail.objects.bounced().filter(address__in=addresses).update(bounced_at=None)
    return failed.update(
        state=Mail.State.QUEUED, due_at=at, retry_at=None, tries=0, error=""
    )


def readdress(mails, former, address, *, at, every=False):
    """Let those of ``mails`` that bring a link to ``former`` or are held, or ``every`` one,
    and have not left, leave for ``address``; if some had failed, nothing else is written to
    ``former``."""
    unsent = mails.filter(
        address=former,
        state__in=[Mail.State.HELD, Mail.State.QUEUED, Mail.State.FAILED],
    )
    failed = list(unsent.filter(state=Mail.State.FAILED).values_list("pk", flat=True))
    follows = Q() if every else Q(link_email=former) | Q(state=Mail.State.HELD)
    for mail in unsent.filter(follows):
        mail.address = address
        link_email = address if mail.link_email else ""
        found = text.fold(" ".join(mail.found_by()))
        unsent.filter(pk=mail.pk).update(
            address=address, link_email=link_email, search_text=found
        )
    requeue(mails.filter(pk__in=failed, address=address), at=at)
    if failed:
        cancel_mails(unsent.filter(link_email=""))


def cancel_mails(mails):
    """Keep those of ``mails`` that have not left from ever leaving."""
    return mails.filter(
        state__in=[Mail.State.HELD, Mail.State.QUEUED, Mail.State.FAILED]
    ).update(state=Mail.State.CANCELLED, retry_at=None)


def note_bounce(mails, *, at):
    """Note that ``mails``, which had left, came back: the next ones to their addresses stop."""
    sent = mails.filter(state=Mail.State.SENT)
    return sent.update(state=Mail.State.FAILED, error=BOUNCED, bounced_at=at)


def is_stopped(mail):
    """Say whether ``mail`` would go where another one came back from."""
    if mail.code_user_id or mail.kind in ASKED_FOR:
        return False
    return Mail.objects.bounced().filter(address=mail.address).exists()
