"""Where does each structure stand towards the call, who follows it, what was noted?"""

from django.db import transaction

from assises.models import Note, Outreach, Structure, Suggestion
from assises.people import audit

State = Outreach.State


@transaction.atomic
def follow(structures, *, edition, by, at, **values):
    """Write ``values``, ``state`` or ``followed_by``, of each of ``structures`` in ``edition``."""
    Outreach.objects.bulk_create(
        [
            Outreach(edition=edition, structure=structure, changed_at=at, **values)
            for structure in structures
        ],
        update_conflicts=True,
        unique_fields=["edition", "structure"],
        update_fields=[*values, "changed_at"],
    )
    for structure in structures:
        audit.record("suit", structure, by=by, at=at)


@transaction.atomic
def note_contacted(structure, *, edition, by, at):
    """Note that ``structure`` was contacted, unless somebody is further with it."""
    one = Outreach(edition=edition, structure=structure, changed_at=at)
    Outreach.objects.bulk_create([one], ignore_conflicts=True)
    waiting = Outreach.objects.filter(edition=edition, structure=structure)
    waiting = waiting.filter(state=State.TO_CONTACT)
    if waiting.update(state=State.CONTACTED, changed_at=at):
        audit.record("suit", structure, by=by, at=at)


def add_note(structure, text, *, by, at):
    return Note.objects.create(structure=structure, text=text, by=by, at=at)


def suggest(*, at, **values):
    """Keep the structure that somebody of the public signals, for organisers alone."""
    return Suggestion.objects.create(at=at, **values)


@transaction.atomic
def accept_suggestion(suggestion, *, edition, by, at):
    """Make a structure, to contact, of ``suggestion``; return it, or ``None`` if that is done."""
    waiting = Suggestion.objects.waiting().select_for_update()
    suggestion = waiting.filter(pk=suggestion.pk).first()
    if suggestion is None:
        return None
    structure = Structure.objects.create(
        name=suggestion.name,
        kind=Structure.Kind.OTHER,
        seat=suggestion.commune,
        website=suggestion.website,
    )
    suggestion.structure = structure
    suggestion.save(update_fields=["structure"])
    audit.record("ajoute", structure, by=by, at=at)
    if edition:
        follow([structure], edition=edition, state=State.TO_CONTACT, by=by, at=at)
    return structure


@transaction.atomic
def refuse_suggestion(suggestion, *, by, at):
    """Leave ``suggestion`` aside; say whether it was still waiting."""
    waiting = Suggestion.objects.waiting().filter(pk=suggestion.pk)
    if not waiting.update(refused_at=at):
        return False
    audit.record("écarte", suggestion, by=by, at=at)
    return True
