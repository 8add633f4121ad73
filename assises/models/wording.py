"""What do organisers say otherwise than we do, in the mails of their edition?"""

from django.db import models

from assises.models.base import PeersManager, checked


@checked
class Wording(models.Model):
    """The subject and body that take the place of those of one mail.

    ``mail`` names it, as ``submissions/link_sent``; between braces stand the names of
    what differs from one copy to another.
    """

    edition = models.ForeignKey(
        "assises.Edition",
        models.CASCADE,
        related_name="wordings",
        verbose_name="édition",
    )
    mail = models.TextField("courriel", max_length=80)
    subject = models.TextField("objet", max_length=200)
    body = models.TextField("texte", max_length=10_000)
    changed_at = models.DateTimeField("modifié le")

    objects = PeersManager()

    class Meta:
        verbose_name = "texte de courriel"
        verbose_name_plural = "textes de courriels"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "mail"], name="assises_wording_one_by_edition"
            )
        ]

    def __str__(self):
        return self.mail
