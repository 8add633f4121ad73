"""Who organises the event, and in which role?"""

from django.db import models

from assises.models.base import PeersManager, checked


@checked
class Partner(models.Model):
    class Role(models.TextChoices):
        INITIATIVE = "initiative", "à l’initiative"
        PARTNER = "partner", "en partenariat"
        HOST = "host", "accueille la journée"

    # A structure may be one person alone.
    personal = {"structure"}

    edition = models.ForeignKey(
        "assises.Edition",
        models.CASCADE,
        related_name="partners",
        verbose_name="édition",
    )
    name = models.TextField("nom", max_length=120)
    role = models.TextField("rôle", choices=Role, default=Role.PARTNER)
    website = models.URLField("site internet", blank=True)
    structure = models.ForeignKey(
        "assises.Structure",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="partners",
        verbose_name="sa structure",
        help_text="Les membres du comité qui représentent ce partenaire n’évaluent pas"
        " les réponses de cette structure.",
    )
    order = models.PositiveSmallIntegerField("ordre", default=0)

    objects = PeersManager()

    class Meta:
        verbose_name = "organisateur ou partenaire"
        verbose_name_plural = "organisateurs et partenaires"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name
