"""Which answers does the committee read and choose from?"""

from assises.models.base import PeersManager
from committee.models.conflicts import in_conflict_with, readable_by
from submissions.models import Application
from submissions.models.queries import ApplicationQuerySet


class CandidacyQuerySet(ApplicationQuerySet):
    def in_conflict_with(self, member):
        """Candidacies that ``member`` must not know of."""
        return self.filter(in_conflict_with(member))

    def readable_by(self, member):
        """Candidacies that ``member`` may read."""
        return self.filter(readable_by(member))


class CandidacyManager(PeersManager):
    def get_queryset(self):
        return super().get_queryset().proposed()


class Candidacy(Application):
    """A proposal for the morning, as the committee asks about it.

    Once withdrawn it is none: no page of the committee shows it any more.
    """

    objects = CandidacyManager.from_queryset(CandidacyQuerySet)()

    class Meta:
        proxy = True
        verbose_name = "proposition pour la matinée"
        verbose_name_plural = "propositions pour la matinée"
