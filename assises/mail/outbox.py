"""How is a mail written, held back for its turn, cancelled, given its tries again?"""

import uuid

from django.conf import settings
from django.db.models import Max, Min, Q
from django.template.loader import get_template

from assises.french import text
from assises.models import Mail


def compose(template, placeholders):
    """Return the subject and the body of ``template`` (``assises/mails/….txt``).

    ``placeholders`` is a flat dict of strings with French names, the only ones
    that organisers will be able to use; ``lien`` marks the place of the link.
    """
    context = {**placeholders, "lien": text.LINK_PLACE}
    subject, body = (
        get_template(f"{template}#{part}").render(context).strip()
        for part in ("subject", "body")
    )
    return text.one_line(subject), f"{body}\n"


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
    """Give the failed ones of ``mails`` all their tries again; cancelled is for good."""
    return mails.filter(state=Mail.State.FAILED).update(
        state=Mail.State.QUEUED, due_at=at, retry_at=None, tries=0, error=""
    )


def readdress(mails, former, address, *, at):
    """Let those of ``mails`` that bring a link to ``former`` or are held, and have not left,
    leave for ``address``; if some had failed, nothing else is written to ``former``."""
    unsent = mails.filter(
        address=former,
        state__in=[Mail.State.HELD, Mail.State.QUEUED, Mail.State.FAILED],
    )
    failed = list(unsent.filter(state=Mail.State.FAILED).values_list("pk", flat=True))
    for mail in unsent.filter(Q(link_email=former) | Q(state=Mail.State.HELD)):
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
