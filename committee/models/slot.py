"""What follows what, in the morning?"""

from django.db import models
from django.db.models import Q

from assises.models.base import PeersManager, checked
from assises.models.keys import KEY_LENGTH, new_key


class SlotQuerySet(models.QuerySet):
    def of(self, edition):
        return self.filter(edition=edition)

    def in_order(self):
        return self.order_by("order", "pk")


@checked
class Slot(models.Model):
    """One part of the morning. When it begins is computed from those before it, unless it
    is pinned to an hour."""

    class Kind(models.TextChoices):
        OPENING = "opening", "ouverture"
        PRESENTATION = "presentation", "présentation"
        BREAK = "break", "pause"
        DISCUSSION = "discussion", "échange"

    key = models.CharField(
        "clé", max_length=KEY_LENGTH, unique=True, default=new_key, editable=False
    )
    edition = models.ForeignKey(
        "assises.Edition",
        models.CASCADE,
        related_name="slots",
        verbose_name="édition",
    )
    order = models.PositiveSmallIntegerField("place")
    kind = models.TextField("nature", choices=Kind)
    title = models.TextField("titre", max_length=120, blank=True)
    application = models.OneToOneField(
        "submissions.Application",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="slot",
        verbose_name="projet présenté",
    )
    # Those of a presentation are its decision's.
    minutes = models.PositiveSmallIntegerField("durée (minutes)", null=True, blank=True)
    pinned_at = models.TimeField("commence à heure fixe", null=True, blank=True)

    objects = PeersManager.from_queryset(SlotQuerySet)()

    class Meta:
        verbose_name = "créneau de la matinée"
        verbose_name_plural = "créneaux de la matinée"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="presentation",
                    application__isnull=False,
                    minutes__isnull=True,
                )
                | (
                    ~Q(kind="presentation")
                    & Q(application__isnull=True, minutes__isnull=False)
                    & Q(minutes__range=(1, 240))
                ),
                name="committee_slot_presents_or_lasts",
                violation_error_message="Un créneau présente un projet, ou dure de 1 à 240 minutes.",
            ),
        ]

    def __str__(self):
        return self.title or self.get_kind_display()
