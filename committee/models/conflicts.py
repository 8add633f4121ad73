"""What keeps a member away from an answer?"""

from django.db.models import Q, TextChoices

from assises.models import Contact, Structure
from committee.models.review import Review
from submissions.models import Application


class Tie(TextChoices):
    """What a member may be tied to, as they say it themselves."""

    STRUCTURE = "structure", "À la structure : je n’évalue aucun de ses dossiers"
    PERSON = "person", "À une personne nommée dans ce dossier"
    DOSSIER = "dossier", "À ce dossier seulement"


def ties(member):
    """Return the condition of an answer tied to ``member``, as of now.

    By its structure, the partner that the member represents, a person named in it, or
    the member's own address. Structures merged into one are one.
    """
    structures = Structure.objects.filter(
        Q(tied_members=member)
        | Q(partners__members=member)
        | Q(merged__tied_members=member)
        | Q(merged__partners__members=member)
    ).values("pk")
    addresses = Contact.objects.filter(tied_members=member).values("email")
    own = member.user.email.lower()
    return (
        Q(structure__in=structures)
        | Q(structure__merged_into__in=structures)
        | Q(email=own)
        | Q(contact__email=own)
        | Q(second_contact__email=own)
        | Q(email__in=addresses)
        | Q(contact__email__in=addresses)
        | Q(second_contact__email__in=addresses)
    )


def untied(member):
    """Return the condition of an answer that ``member`` may know of: neither tied to
    them as of now, nor given up by them."""
    tied = Application.objects.filter(ties(member)).values("pk")
    recused = Review.objects.of(member).recused().values("application")
    return ~Q(pk__in=tied) & ~Q(pk__in=recused)
