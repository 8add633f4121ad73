"""What is the inventory asked: which actions exist, and where?"""

from django.db.models import Count

from assises.models.base import PeersManager
from submissions.models.application import Application
from submissions.models.queries import ApplicationQuerySet


class ActionQuerySet(ApplicationQuerySet):
    def counted(self, edition):
        """Sent actions of one edition: what figures and map count."""
        return self.of(edition).sent().actions()

    def by_commune(self):
        """Return ``{INSEE code: number of actions}`` for the communes that have one.

        Actions for the whole territory are not spread over the communes: they
        would hide the communes where nothing is done.
        """
        pairs = (
            self.filter(whole_territory=False, communes__isnull=False)
            .order_by()
            .values_list("communes")
            .annotate(Count("pk"))
        )
        return dict(pairs)


class ActionManager(PeersManager):
    def get_queryset(self):
        return super().get_queryset().actions()


class Action(Application):
    """An answer seen as an action of the territory."""

    objects = ActionManager.from_queryset(ActionQuerySet)()

    class Meta:
        proxy = True
        verbose_name = "action"
        verbose_name_plural = "actions"
