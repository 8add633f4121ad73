"""What exactly was sent, each time?"""

from django.db import models

from assises.models.base import PeersManager


class SnapshotQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-number", "pk")


class Snapshot(models.Model):
    """The content of an answer at one sending, with its SHA-256. Never changed."""

    personal = {"content"}

    application = models.ForeignKey(
        "submissions.Application",
        models.CASCADE,
        related_name="snapshots",
        verbose_name="réponse",
    )
    number = models.PositiveIntegerField("numéro")
    at = models.DateTimeField("le")
    content = models.JSONField("contenu")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)

    objects = PeersManager.from_queryset(SnapshotQuerySet)()

    class Meta:
        verbose_name = "version envoyée"
        verbose_name_plural = "versions envoyées"
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="submissions_snapshot_number"
            )
        ]

    def __str__(self):
        return f"version {self.number}"
