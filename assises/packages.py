"""How does a lower package use what a higher one declares?"""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PackageConfig(AppConfig):
    """What a lower package needs from a higher one is declared here."""

    # Name → function ``(at) -> str``, and the time between two runs.
    jobs = {}
    # Name → :class:`assises.papers.shelf.Kind`.
    papers = {}

    def load_reference(self, **signal):
        """Create what every installation starts with, once its tables exist."""

    def admin_tasks(self, request):
        """Return the :class:`assises.admin.to_do.Task` lines that ``request.user`` may do."""
        return []

    def text_labels(self):
        """Return ``{field name: label}`` of the texts that people type in its forms."""
        return {}

    def choices_in(self, data):
        """Return pairs of label and words of what a post chose, without any query."""
        return []

    def seats_besides(self, edition):
        """Return ``{structure key: seats}`` given to structures beside their own."""
        return {}

    def has_judged(self, answer):
        """Say whether deleting ``answer`` would lose what somebody else has written."""
        return False

    def answer_withdrawn(self, answer, *, at):
        """Let what was told, or is about to be, of ``answer`` follow its withdrawal."""

    def structure_replaced(self, former, structure):
        """Let what names ``former`` beside its relations, which have moved, name ``structure``."""

    def ready(self):
        post_migrate.connect(self.load_reference, sender=self)


def packages():
    """Return our own packages, lowest first."""
    return [
        config
        for config in reversed(list(apps.get_app_configs()))
        if isinstance(config, PackageConfig)
    ]
