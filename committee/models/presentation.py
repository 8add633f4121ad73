"""What does the bearer of a selected project say of the morning: yes, who, with what?"""

from django.db import models

from assises.models.base import PeersManager, checked


@checked
class Presentation(models.Model):
    """One selected project on its way to the stage: what is awaited from it, and answered.

    Whether it is confirmed or declined is said by its decision.
    """

    personal = {"presenters", "day_phone", "minors", "equipment", "word"}

    decision = models.OneToOneField(
        "committee.Decision",
        models.CASCADE,
        related_name="presentation",
        verbose_name="décision",
    )
    confirm_by = models.DateField("dernier jour pour confirmer", null=True, blank=True)
    # Said yes after that day: an organiser decides.
    late_at = models.DateTimeField("oui arrivé trop tard le", null=True, blank=True)
    reminded_at = models.DateTimeField("relancée le", null=True, blank=True)
    presenters = models.TextField("qui présentera", max_length=300, blank=True)
    day_phone = models.TextField("téléphone ce jour-là", max_length=30, blank=True)
    minors = models.TextField(
        "mineures et mineurs présents", max_length=120, blank=True
    )
    equipment = models.TextField("matériel nécessaire", max_length=300, blank=True)
    may_be_photographed = models.BooleanField(
        "accepte d’être photographié", default=False
    )
    may_be_announced = models.BooleanField("accepte d’être annoncé", default=False)
    word = models.TextField("mot de la structure", max_length=500, blank=True)
    has_no_slides = models.BooleanField("présente sans diaporama", default=False)
    version = models.PositiveIntegerField("version", default=1)

    objects = PeersManager()

    class Meta:
        verbose_name = "présentation"
        verbose_name_plural = "présentations"
        default_permissions = ()

    def __str__(self):
        return str(self.decision.application)
