"""How is a structure that has not answered called, and by which link does it begin?"""

from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode

from assises.guests import invitations, mails, outreach
from assises.mail import outbox
from assises.models import Contact, Mail, Outreach, Structure, User
from assises.people import audit
from submissions.answering import tables
from submissions.models import Application
from submissions.questions.question import Owner

CALL = "call_for_answer"
SALT = "submissions.call"
PARAMETER = "appel"


class Call(NamedTuple):
    """What the link of a structure says: to whom it was given, and by whom."""

    structure: Structure
    email: str
    sender: str

    def begins(self):
        """Return what an answer begun by this link holds already."""
        typed = tables.typed_texts(self.structure, Owner.STRUCTURE)
        typed["structure"]["known"] = [str(self.structure.pk)]
        picked = {"structure": self.structure, "structure_picked": True}
        return {**picked, "typed": typed}


def call_link(structure, contact, *, edition, by):
    """Return the link by which ``contact``, or whoever has it, answers for ``structure``.

    It opens nothing: it fills in the first page. It holds keys alone, no address: a digest
    tells whether that of ``contact`` is still the same.
    """
    made_for = [contact.pk, _digest(contact.email)] if contact else [None, ""]
    keys = [edition.pk, structure.pk, by.pk, *made_for]
    query = urlencode({PARAMETER: signing.dumps(keys, salt=SALT)})
    return f"{settings.SITE_URL}{reverse('submissions:start')}?{query}"


def _digest(email):
    return salted_hmac(SALT, email, algorithm="sha256").hexdigest()[:16]


def read_call(signed, edition):
    """Return the :class:`Call` of a link of ``edition``, or ``None``."""
    try:
        of, structure, by, contact, digest = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    found = Structure.objects.filter(pk=structure)
    found = found.select_related("seat", "merged_into__seat").first()
    if of != edition.pk or found is None:
        return None
    email = Contact.objects.filter(pk=contact).values_list("email", flat=True).first()
    is_same = email and _digest(email) == digest
    sender = User.objects.filter(pk=by).values_list("first_name", flat=True).first()
    return Call(found.merged_into or found, email if is_same else "", sender or "")


def silent(structures, edition):
    """Leave out those of ``structures`` that have answered, were merged or do not want to."""
    answered = Application.objects.of(edition).sent().values("structure")
    declined = Outreach.objects.filter(edition=edition, state=Outreach.State.DECLINED)
    asked = structures.unmerged().exclude(pk__in=declined.values("structure"))
    return asked.exclude(pk__in=answered)


def _to_call(structures, edition):
    """Return the contacts of those of ``structures`` that are silent, less the addresses
    whose owner has said that an answer is not theirs."""
    contested = Application.objects.filter(contested_at__isnull=False)
    people = Contact.objects.filter(structure__in=silent(structures, edition))
    return people.exclude(email__in=contested.values("email"))


@transaction.atomic
def hold_calls(structures, *, edition, by, at):
    """Write the mail of the call to those of ``structures`` that have not answered, and
    hold it: one for each address, unless one waits there already. Return how many."""
    invitations.hold_edition(edition)
    waiting = Mail.objects.filter(
        edition=edition, kind=CALL, state__in=[Mail.State.HELD, Mail.State.QUEUED]
    )
    people = _to_call(structures, edition).select_related("structure")
    people = people.exclude(email__in=waiting.values("address")).each_address_once()
    calls = []
    for contact in people:
        structure = contact.structure
        link = call_link(structure, contact, edition=edition, by=by)
        calls.append((contact, structure, link))
    if calls:
        mails.call_for_answer(calls, edition=edition, by=by, at=at)
        told = {"courriels": len(calls)}
        audit.record("appel préparé", edition, by=by, at=at, changed=told, values=told)
    return len(calls)


@transaction.atomic
def release(held, *, by, at):
    """Let the mails ``held`` leave, but for calls to who has answered since, does not want
    to, or has another address now. The structures of calls that leave are contacted."""
    rows = held.filter(state=Mail.State.HELD)
    rows = rows.select_related("edition", "contact__structure")
    rows = [row for row in rows if row.kind != CALL or _still_calls(row, row.address)]
    leaving = held.filter(pk__in=[row.pk for row in rows])
    released = outbox.release(leaving, at=at)
    for row in rows if released else []:
        if row.kind == CALL:
            called = row.contact.structure
            outreach.note_contacted(called, edition=row.edition, by=by, at=at)
    return released


def follow_contact(contact, former, *, at):
    """Let the calls to ``contact`` that have not left ``former``, its address until now,
    leave for the new one; who needs no call any more gets none again."""
    calls = Mail.objects.filter(contact=contact, kind=CALL, address=former)
    waited_for = [
        call.pk
        for call in calls.select_related("edition")
        if call.state == Mail.State.HELD or _still_calls(call, contact.email)
    ]
    mails = Mail.objects.filter(pk__in=waited_for)
    outbox.readdress(mails, former, contact.email, at=at, every=True)


def _still_calls(mail, address):
    """Say whether the person of ``mail``, who reads ``address``, is still to be called."""
    people = _to_call(Structure.objects.all(), mail.edition)
    return people.filter(pk=mail.contact_id, email=address).exists()
