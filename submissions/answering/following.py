"""Which answers say the same of a structure or of a person? Corrected once, all follow."""

from django.db.models import Q

from assises.models import Structure
from submissions.answering import snapshots, tables
from submissions.models import Application


def follow(application, corrected, *, at):
    """Let the other answers that bear a row of ``corrected``, pairs of a row and of the
    names of its columns that changed, say what it says there."""
    others = Application.objects.exclude(pk=application.pk)
    for row, names in corrected:
        if names and isinstance(row, Structure):
            follow_structure(row, others, names=names, at=at)
        elif names:
            follow_contact(row, others, names=names, at=at)


def follow_structure(structure, answers=Application.objects, *, names=None, at):
    """Let ``answers`` that bear ``structure`` say what it is now in its columns ``names``;
    those that describe it, whether it is listed too."""
    bearing = answers.filter(structure=structure)
    type_into(bearing, tables.described(structure, names), at=at)
    if names is None or "listed" in names:
        said = {"public": {"listed": ["on"] if structure.listed else []}}
        type_into(bearing.filter(structure_picked=False), said, at=at)


def follow_contact(contact, answers=Application.objects, *, names=None, at):
    """Let ``answers`` of this person in this structure say who they are now."""
    answers = answers.filter(given_by(contact, email=contact.email))
    type_into(answers, tables.introduced(contact, names), at=at)


def given_by(contact, *, email):
    """Return the condition of an answer that ``contact`` gave as ``email``, or has begun:
    of the drafts, those alone that open by a link of this address."""
    begun = Q(contact=None, state=Application.State.DRAFT)
    begun &= Q(structure=contact.structure_id, claimed_at__isnull=False)
    return Q(email=email) & (Q(contact=contact) | begun)


def follow_second(contact, *, at):
    """Let the answer that names ``contact`` as its second one say who it is now."""
    texts = tables.introduced_as_second(contact)
    type_into(Application.objects.filter(second_contact=contact), texts, at=at)


def type_into(answers, texts, *, at):
    """Type ``texts``, step → name → texts, into ``answers`` where they say another thing;
    what was sent gets a snapshot: what it says has changed.

    Each is read again if it was saved in between: what its own person typed stays.
    """
    for application in answers.order_by("pk"):
        while application is not None and not _retyped(application, texts, at=at):
            application = Application.objects.filter(pk=application.pk).first()


def _retyped(application, texts, *, at):
    """Say whether ``application`` says ``texts`` now, and was not saved in between."""
    before = application.typed
    for slug in before.keys() & texts.keys():
        application.type(slug, texts[slug])
    if application.typed == before:
        return True
    mine = Application.objects.filter(pk=application.pk, version=application.version)
    columns = tables.typed_columns(application)
    if not mine.rewrite(**columns):
        return False
    if application.is_sent:
        snapshots.take_snapshot(application, at=at)
    return True
