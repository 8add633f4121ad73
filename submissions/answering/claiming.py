"""What does the owner of an address say of the answers begun under it?"""

from django.db import transaction
from django.db.models import Q

from assises.mail import outbox
from assises.models import Mail
from assises.people import audit
from submissions.answering import holding, propagation, tables
from submissions.models import Application
from submissions.people import identity


def confirm(link, *, started, at):
    """Confirm what ``link`` proves: the answer whose mail brought it, and those that its
    address has ``started`` in the browser where it is used. No other one."""
    proved = Q(key=link.answer_key) | Q(key__in=started)
    answers = Application.objects.filter(proved, email=link.email, contested_at=None)
    for application in answers.unconfirmed():
        hers = application.key in started or application.claimed_at is not None
        recognise(application, hers=hers, at=at)


@transaction.atomic
def recognise(application, *, hers, at):
    """Confirm that ``application`` was given from its address.

    ``hers``: its owner began it here, or says that it is theirs; it opens by a link alone
    from then on, and joins what they have confirmed before. Otherwise anybody may have
    begun it: it goes on in its browser, and keeps a row of its own.
    """
    rows = Application.objects.select_for_update(no_key=True, of=("self",))
    application = rows.select_related("contact").get(pk=application.pk)
    contact = application.contact
    joins = hers and contact is not None and contact.email == application.email
    application.email_confirmed_at, application.former_email = at, ""
    if hers:
        application.claimed_at = at
        tables.list_structure(application, at=at)
    if joins:
        identity.join_confirmed(application, at=at)
    holding.hold(application)
    if joins:
        propagation.propagate(application.contact, at=at)


def contest(application, *, at):
    """Note that the owner of its address has nothing to do with ``application``.

    It stays with the browser that began it, and writes to this address no more.
    """
    Application.objects.filter(pk=application.pk).rewrite(contested_at=at)
    outbox.cancel_mails(
        Mail.objects.filter(reference=application.key, address=application.email)
    )
    audit.record("adresse contestée", application, by=audit.APPLICANT, at=at)
