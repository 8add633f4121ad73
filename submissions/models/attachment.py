"""Which files came with an answer?"""

from django.db import models
from django.db.models import Q

from assises.models.base import PeersManager, checked


@checked
class Attachment(models.Model):
    """One file, found by its digest; the name is the one it had on somebody’s computer."""

    class Kind(models.TextChoices):
        SLIDES = "slides", "diaporama"

    personal = {"name"}

    application = models.ForeignKey(
        "submissions.Application",
        models.CASCADE,
        related_name="attachments",
        verbose_name="réponse",
    )
    kind = models.TextField("nature", choices=Kind)
    name = models.TextField("nom d’origine", max_length=200)
    size = models.PositiveIntegerField("taille (octets)")
    sha256 = models.CharField("empreinte SHA-256", max_length=64, db_index=True)
    added_at = models.DateTimeField("déposé le")

    objects = PeersManager()

    class Meta:
        verbose_name = "fichier joint"
        verbose_name_plural = "fichiers joints"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(kind="slides"),
                name="submissions_attachment_one_of_slides",
            )
        ]

    def __str__(self):
        return self.name
