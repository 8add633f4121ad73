"""Where does an address of a person stand, and how is it corrected everywhere at once?"""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Q

from assises.mail import outbox
from assises.models import Contact, Mail
from assises.people import audit
from submissions.answering import corrections
from submissions.models import Application


class Bearers(NamedTuple):
    """The rows of contacts and the answers that bear one address."""

    contacts: list
    answers: list


def bearers_of(email):
    """Return the :class:`Bearers` of ``email``, less what its owner has said is not theirs."""
    contested = Application.objects.filter(email=email, contested_at__isnull=False)
    contacts = Contact.objects.filter(email=email).select_related("structure")
    contacts = contacts.exclude(
        pk__in=contested.exclude(contact=None).values("contact")
    )
    given = Q(email=email) | Q(second_contact__email=email)
    answers = Application.objects.filter(given).exclude(pk__in=contested)
    return Bearers(list(contacts.order_by("pk")), list(answers.order_by("pk")))


@transaction.atomic
def correct_address(application, email, *, everywhere, by, at):
    """Let ``email`` be the address of the person of ``application``: in the row of this
    answer alone, or ``everywhere`` the former one stands. Return who is written to,
    address → number of mails.

    What could not be delivered to the former address leaves for the new one. An address
    that takes no mail is not told that it was replaced.
    """
    former = application.email
    bearers = bearers_of(former)
    contacts, answers = bearers
    if not everywhere:
        contacts = [row for row in contacts if row.pk == application.contact_id]
        answers = [application]
    for contact in contacts:
        contact.email = email
        corrections.change_address(contact, former=former, by=by, at=at)
        audit.record("adresse corrigée", contact, by=by, at=at, changed={"email"})
    left = Application.objects.filter(pk__in=[answer.pk for answer in answers])
    for answer in left.filter(email=former):
        corrections.correct(answer, {"email": email}, by=by, at=at)
    bearing = Q(email=email) | Q(second_contact__email=email)
    moved = Application.objects.filter(
        bearing, pk__in=[answer.pk for answer in bearers.answers]
    )
    mails = Mail.objects.filter(reference__in=moved.values("key"))
    outbox.readdress(mails, former, email, at=at)
    return _waiting(mails.filter(address__in=[former, email]))


def _waiting(mails):
    """Return address → number of ``mails`` that are about to leave for it."""
    queued = mails.filter(state=Mail.State.QUEUED).order_by("address")
    return dict(queued.values_list("address").annotate(Count("pk")))
