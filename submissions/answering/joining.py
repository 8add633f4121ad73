"""How do two contacts of one structure, who are one person, become one?"""

from django.db import transaction
from django.db.models import Q

from assises.guests import invitations, merging
from assises.guests.merging import MergeRefusedError
from assises.models import Contact
from assises.people import audit
from submissions.answering import corrections, propagation
from submissions.models import Application


def joinable(structure):
    """Return the contacts of ``structure`` that may be joined: neither a second contact,
    whose row is that of one answer, nor who has said that an answer is not theirs."""
    contested = Application.objects.filter(contested_at__isnull=False)
    apart = Q(seconded_applications__isnull=False) | Q(applications__in=contested)
    people = Contact.objects.filter(structure=structure)
    return people.exclude(pk__in=Contact.objects.filter(apart).values("pk"))


@transaction.atomic
def join_contacts(kept, merged, *, by, at):
    """Let ``kept`` stand wherever ``merged`` stood, fill its blanks, and forget ``merged``.

    Its answers follow to the address of ``kept``, as when an organiser corrects theirs: a
    mail asks to confirm it, the former one is told. They open by a link alone from then on.
    Raises :class:`MergeRefusedError` if one of the two has changed meanwhile.
    """
    rows = joinable(kept.structure_id).filter(pk__in=[kept.pk, merged.pk])
    rows = {row.pk: row for row in rows.select_for_update(of=("self",)).order_by("pk")}
    if len(rows) < 2:
        raise MergeRefusedError
    kept, merged = rows[kept.pk], rows[merged.pk]
    former, merged.email = merged.email, kept.email
    if former != kept.email:
        corrections.change_address(merged, former=former, by=by, at=at)
        invitations.follow_address(merged, former, at=at)
    moving = list(merged.applications.values_list("pk", flat=True))
    merging.absorb(kept, merged)
    filled = [name for name in Contact.details if not getattr(kept, name)]
    for name in filled:
        setattr(kept, name, getattr(merged, name))
    kept.save(update_fields=filled)
    Application.objects.filter(pk__in=moving).rewrite(claimed_at=at)
    merged_key = merged.pk
    merged.delete()
    propagation.propagate(kept, at=at)
    told = {"merged": merged_key}
    audit.record(merging.MERGED, kept, by=by, at=at, changed=filled, values=told)
