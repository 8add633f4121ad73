"""What keeps a member away from an answer?"""

from django.db.models import Exists, OuterRef, Q, TextChoices

from assises.models import Contact, Structure
from committee.models.review import Review
from submissions.models import Application


class ConflictOfInterest(TextChoices):
    """With what a member may be in conflict, as they say it themselves."""

    STRUCTURE = "structure", "À la structure : je n’évalue aucun de ses dossiers"
    PERSON = "person", "À une personne nommée dans ce dossier"
    DOSSIER = "dossier", "À ce dossier seulement"


def in_conflict_with(member):
    """Return the condition of an answer in conflict with ``member``, as of now.

    By its structure, the partner that the member represents, a person of it whom the
    member is in conflict with, or an address, theirs or such a person's, that has confirmed the
    answer. One that is only typed in it proves nothing: anybody could have typed it.
    Structures merged into one are one.
    """
    declared = Structure.objects.filter(members_in_conflict=member).values("pk")
    represented = Structure.objects.filter(partners__members=member).values("pk")
    # By keys: joined at once, every structure would be read.
    own = Q(pk__in=declared) | Q(pk__in=represented)
    merged_into = Structure.objects.filter(own).values("merged_into")
    structures = Structure.objects.filter(own | Q(pk__in=merged_into)).values("pk")
    persons = Contact.objects.filter(members_in_conflict=member)
    known = Q(email=member.user.email.lower()) | Q(email__in=persons.values("email"))
    return (
        Q(structure__in=structures)
        | Q(structure__merged_into__in=structures)
        | Q(contact__in=persons.values("pk"))
        | Q(second_contact__in=persons.values("pk"))
        | known & Q(email_confirmed_at__isnull=False)
    )


def readable_by(member):
    """Return the condition of an answer that ``member`` may know of: neither in conflict
    with them as of now, nor given up by them."""
    same = Application.objects.filter(pk=OuterRef("pk"))
    recused = Review.objects.of(member).recused().filter(application=OuterRef("pk"))
    return ~Exists(same.filter(in_conflict_with(member))) & ~Exists(recused)
