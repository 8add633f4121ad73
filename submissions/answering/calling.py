"""How is a structure that has not answered called, and by which link does it begin?"""

from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode

from assises.guests import mails
from assises.models import Contact, Mail, Outreach, Structure, User
from assises.people import audit
from submissions.answering import tables
from submissions.models import Application
from submissions.questions.question import Owner

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


@transaction.atomic
def hold_calls(structures, *, edition, by, at):
    """Write the mail of the call to those of ``structures`` that have not answered, and
    hold it: one for each address, unless one waits there already. Return how many.

    Nobody is written to at an address whose owner has said that an answer is not theirs.
    """
    called = silent(structures, edition).order_by("search_text", "pk")
    structures = {structure.pk: structure for structure in called}
    contested = Application.objects.filter(contested_at__isnull=False)
    waiting = Mail.objects.filter(
        edition=edition, kind="call_for_answer", state=Mail.State.HELD
    )
    left_out = {
        *contested.values_list("email", flat=True),
        *waiting.values_list("address", flat=True),
    }
    people = Contact.objects.filter(structure__in=structures).each_address_once()
    people = [contact for contact in people if contact.email not in left_out]
    calls = []
    for contact in people:
        structure = structures[contact.structure_id]
        link = call_link(structure, contact, edition=edition, by=by)
        calls.append((contact, structure, link))
    if calls:
        mails.call_for_answer(calls, edition=edition, by=by, at=at)
        told = {"courriels": len(calls)}
        audit.record("appel préparé", edition, by=by, at=at, changed=told, values=told)
    return len(people)
