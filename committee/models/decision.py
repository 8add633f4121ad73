"""What does the committee decide about one proposal?"""

from django.db import models
from django.db.models import Q

from assises.models.base import PeersManager, checked

# The outcomes that take, or may take, minutes of the morning.
TIMED = ("reserve", "selected")


class DecisionQuerySet(models.QuerySet):
    def decided(self):
        return self.exclude(outcome="")

    def selected(self):
        return self.filter(outcome=Decision.Outcome.SELECTED)

    def of(self, edition):
        return self.filter(application__edition=edition)

    def published(self):
        return self.filter(published_at__isnull=False)


@checked
class Decision(models.Model):
    """Prepared in private, published with all the others."""

    class Outcome(models.TextChoices):
        SELECTED = "selected", "retenu"
        RESERVE = "reserve", "en réserve"
        POSTER = "poster", "affiche"
        STAND = "stand", "stand"
        FLASH = "flash", "minute éclair"
        WITNESS = "witness", "témoin d’atelier"
        DECLINED = "declined", "non retenu"

    # Shown on the day, in another way than from the stage of the morning.
    OTHER_FORMATS = (Outcome.POSTER, Outcome.STAND, Outcome.FLASH, Outcome.WITNESS)

    # What lists and forms call the absence of an outcome.
    UNDECIDED = "a-decider"

    personal = {"reason", "note", "frozen"}

    application = models.OneToOneField(
        "submissions.Application",
        models.CASCADE,
        related_name="decision",
        verbose_name="proposition",
    )
    outcome = models.TextField("décision", choices=Outcome, blank=True)
    minutes = models.PositiveSmallIntegerField("durée (minutes)", null=True, blank=True)
    reason = models.TextField(
        "motif communiqué à la structure", max_length=1000, blank=True
    )
    note = models.TextField("note de délibération", max_length=2000, blank=True)
    changed_at = models.DateTimeField("enregistrée le")
    decided_by = models.ForeignKey(
        "assises.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="enregistrée par",
    )
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    # What was published, whatever becomes of the answer and its reviews: the title, the
    # name of the structure, and the columns of a ``Standing``.
    frozen = models.JSONField("publiée telle quelle", null=True, blank=True)
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    declined_at = models.DateTimeField("déclinée le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = PeersManager.from_queryset(DecisionQuerySet)()

    class Meta:
        verbose_name = "décision"
        verbose_name_plural = "décisions"
        default_permissions = ()
        permissions = [
            ("view_decision", "Voir la délibération"),
            ("change_decision", "Décider"),
            ("export_decision", "Exporter les listes"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="selected") | Q(minutes__isnull=False),
                name="committee_decision_selected_has_minutes",
                violation_error_message="Un projet retenu a une durée.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 120)),
                name="committee_decision_minutes_in_a_morning",
                violation_error_message="Une présentation dure de 1 à 120 minutes.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(outcome__in=TIMED),
                name="committee_decision_other_formats_have_no_minutes",
                violation_error_message="Seule une présentation a une durée.",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(outcome=""),
                name="committee_decision_published_is_taken",
                violation_error_message="Une décision publiée est prise.",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, frozen__isnull=True)
                | Q(published_at__isnull=False, frozen__isnull=False),
                name="committee_decision_published_is_frozen",
                violation_error_message="Une décision publiée garde ses chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, declined_at__isnull=True)
                | Q(published_at__isnull=False, outcome="selected"),
                name="committee_decision_answered_is_selected",
                violation_error_message="Seul un projet retenu se confirme.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(declined_at__isnull=True),
                name="committee_decision_confirmed_or_declined",
                violation_error_message="Une venue est confirmée, ou déclinée.",
            ),
        ]

    def __str__(self):
        return self.get_outcome_display() or "à décider"

    @property
    def reference(self):
        """The number of the dossier that is decided upon."""
        return self.application.reference
