"""How does a lower package use what a higher one declares?"""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PackageConfig(AppConfig):
    """What a lower package needs from a higher one is declared here.

    ``jobs``: ``{name: (function(at) -> str, timedelta between runs)}``.
    ``admin_tasks(request)``: lines of the admin's first page.
    ``text_labels()``: ``{field name: label}`` of the texts that people type in its forms.
    ``choices_in(data)``: pairs of label and words of what a post chose in its forms.
    ``has_judged(answer)``: whether people wrote about it what its deletion would lose.
    """

    jobs = {}

    def load_reference(self):
        """Create what every installation starts with."""

    def admin_tasks(self, request):
        """Return the :class:`assises.admin.to_do.Task` lines that ``request.user`` may do."""
        return []

    def text_labels(self):
        """Return what a post that cannot be taken shows again, to be copied."""
        return {}

    def choices_in(self, data):
        """Return what a post that cannot be taken says again, without any query."""
        return []

    def has_judged(self, answer):
        """Say whether deleting ``answer`` would lose what somebody else has written."""
        return False

    def ready(self):
        post_migrate.connect(_load_reference, sender=self)


def _load_reference(sender, **kwargs):
    """Load the reference data of ``sender``, after its tables and permissions exist."""
    sender.load_reference()


def packages():
    """Return our own packages, lowest first."""
    return [
        config
        for config in reversed(list(apps.get_app_configs()))
        if isinstance(config, PackageConfig)
    ]
