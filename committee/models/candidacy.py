"""Which answers does the committee read and choose from?"""

from django.db.models import Exists, OuterRef, Q

from assises.models import Contact, Kind, Structure
from assises.models.base import PeersManager
from committee.models.review import Review
from submissions.models import Application
from submissions.models.queries import ApplicationQuerySet


class CandidacyQuerySet(ApplicationQuerySet):
    def standing(self):
        """Proposals for the morning that were sent and not withdrawn."""
        return self.sent().filter(kind=Kind.PROPOSE)

    def tied_to(self, member):
        """Candidacies that ``member`` must not know of."""
        return self.filter(ties(member))

    def untied_to(self, member):
        """Candidacies that ``member`` may read: no tie, and no recusal."""
        recused = Review.objects.filter(
            application=OuterRef("pk"), member=member, state=Review.State.RECUSED
        )
        return self.exclude(
            pk__in=Application.objects.filter(ties(member)).values("pk")
        ).filter(~Exists(recused))


def ties(member):
    """Return the condition of an answer tied to ``member``, as of now.

    By its structure (or the one it was merged into), the partner that the member
    represents, a person named in it, or the member's own address.
    """
    structures = Structure.objects.filter(
        Q(tied_members=member) | Q(partners__members=member)
    ).values("pk")
    addresses = Contact.objects.filter(tied_members=member).values("email")
    own = member.user.email.lower()
    return (
        Q(structure__in=structures)
        | Q(structure__merged_into__in=structures)
        | Q(structure__in=structures.values("merged_into"))
        | Q(email=own)
        | Q(contact__email=own)
        | Q(second_contact__email=own)
        | Q(email__in=addresses)
        | Q(contact__email__in=addresses)
        | Q(second_contact__email__in=addresses)
    )


class CandidacyManager(PeersManager):
    def get_queryset(self):
        return super().get_queryset().standing()


class Candidacy(Application):
    """A proposal for the morning, as the committee asks about it.

    Once withdrawn it is none: no page of the committee shows it any more.
    """

    objects = CandidacyManager.from_queryset(CandidacyQuerySet)()

    class Meta:
        proxy = True
        verbose_name = "proposition pour la matinée"
        verbose_name_plural = "propositions pour la matinée"
