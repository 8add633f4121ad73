"""Which answers say the same of a structure or of a person? Corrected once, in all of them."""

from django.db import transaction
from django.db.models import Q

from assises.models import Contact, Structure
from assises.people import audit
from submissions.answering import snapshots, tables
from submissions.answering.holding import TYPED
from submissions.models import Application
from submissions.questions.question import Owner


def propagate(row, names=None, *, but=None, at):
    """Let the answers that bear the structure or the contact ``row``, all ``but`` the one
    that corrected it, say what it is now in its columns ``names``."""
    answers = Application.objects.exclude(pk=but.pk) if but else Application.objects
    if not isinstance(row, Structure):
        given = answers.filter(given_by(row, email=row.email))
        type_into(given, tables.typed_texts(row, Owner.CONTACT, names), at=at)
        return
    bearing = answers.filter(structure=row)
    type_into(bearing, tables.typed_texts(row, Owner.STRUCTURE, names), at=at)
    # Consent is asked of who describes it, not of who picks it.
    if names is None or "listed" in names:
        listed = {"public": {"listed": ["on"] if row.listed else []}}
        type_into(bearing.filter(structure_picked=False), listed, at=at)


@transaction.atomic
def stop_news(email, *, at):
    """Write no more news of the next edition to ``email``, confirmed, in any structure."""
    people = Contact.objects.informed(email).select_for_update(no_key=True)
    for contact in people.order_by("pk"):
        contact.keep_informed = False
        contact.save(update_fields=["keep_informed"])
        propagate(contact, {"keep_informed"}, at=at)
        audit.record(
            "ne veut plus de nouvelles",
            contact,
            by=audit.APPLICANT,
            at=at,
            changed=["keep_informed"],
            values={"keep_informed": "non"},
        )


def repick(former, structure):
    """Let the answers that bear ``structure``, and had picked ``former`` in the list, say
    that they picked ``structure``: the step would refuse the other."""
    for application in Application.objects.filter(structure=structure):
        if application.said("structure", "known") == str(former.pk):
            application.type("structure", {"known": [str(structure.pk)]})
            Application.objects.filter(pk=application.pk).rewrite(
                typed=application.typed
            )


def given_by(contact, *, email):
    """Return the condition of an answer that ``contact`` gave as ``email``, or has begun:
    of the drafts, those alone that open by a link of this address, if it is confirmed."""
    given = Q(contact=contact)
    if contact.email_confirmed_at is not None:
        begun = Q(contact=None, state=Application.State.DRAFT)
        given |= begun & Q(structure=contact.structure_id, claimed_at__isnull=False)
    return Q(email=email) & given


def propagate_second(contact, *, at):
    """Let the answer that names ``contact`` as its second one say who it is now."""
    texts = tables.typed_texts(contact, Owner.SECOND)
    type_into(Application.objects.filter(second_contact=contact), texts, at=at)


def type_into(answers, texts, *, at):
    """Type ``texts``, step → name → texts, into ``answers`` where they say another thing;
    what was sent gets a snapshot: what it says has changed.

    They are held first, as their own persons last saved them.
    """
    held = answers.order_by("pk").select_for_update(no_key=True, of=("self",))
    changed = [application for application in held if _retype(application, texts)]
    Application.objects.bulk_update(changed, ["version", *TYPED])
    snapshots.take_snapshots([each for each in changed if each.is_sent], at=at)


def _retype(application, texts):
    """Say whether ``texts`` change what ``application`` says, in memory."""
    before = application.typed
    for slug in before.keys() & texts.keys():
        application.type(slug, texts[slug])
    application.repeat_typed()
    application.version += 1
    return application.typed != before
