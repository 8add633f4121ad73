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

    By its structure, the partner that the member represents, a person of it whom the
    member was tied to, or an address, theirs or such a person's, that has confirmed the
    answer. One that is only typed in it proves nothing: anybody could have typed it.
    Structures merged into one are one.
    """
    structures = Structure.objects.filter(
        Q(tied_members=member)
        | Q(partners__members=member)
        | Q(merged__tied_members=member)
        | Q(merged__partners__members=member)
    ).values("pk")
    persons = Contact.objects.filter(tied_members=member)
    known = Q(email=member.user.email.lower()) | Q(email__in=persons.values("email"))
    return (
        Q(structure__in=structures)
        | Q(structure__merged_into__in=structures)
        | Q(contact__in=persons.values("pk"))
        | Q(second_contact__in=persons.values("pk"))
        | known & Q(email_confirmed_at__isnull=False)
    )


def untied(member):
    """Return the condition of an answer that ``member`` may know of: neither tied to
    them as of now, nor given up by them."""
    tied = Application.objects.filter(ties(member)).values("pk")
    recused = Review.objects.of(member).recused().values("application")
    return ~Q(pk__in=tied) & ~Q(pk__in=recused)
