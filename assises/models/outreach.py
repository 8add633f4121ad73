"""Whom has the call reached, who follows whom, what was noted?"""

from django.db import models
from django.db.models import Q

from assises.models.base import Found, PeersManager, checked


@checked
class Outreach(models.Model):
    """Where one structure stands towards the call of one edition, before it answers.

    « A répondu » is no state: its answers say so.
    """

    class State(models.TextChoices):
        TO_CONTACT = "to_contact", "à contacter"
        CONTACTED = "contacted", "contactée"
        REMINDED = "reminded", "relancée"
        DECLINED = "declined", "ne souhaite pas"

    edition = models.ForeignKey(
        "assises.Edition",
        models.CASCADE,
        related_name="outreach",
        verbose_name="édition",
    )
    structure = models.ForeignKey(
        "assises.Structure",
        models.CASCADE,
        related_name="outreach",
        verbose_name="structure",
    )
    state = models.TextField("état", choices=State, default=State.TO_CONTACT)
    followed_by = models.ForeignKey(
        "assises.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="suivie par",
    )
    changed_at = models.DateTimeField("modifié le")

    objects = PeersManager()

    class Meta:
        verbose_name = "démarche"
        verbose_name_plural = "démarches"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "structure"], name="assises_outreach_one_by_edition"
            )
        ]

    def __str__(self):
        return f"{self.structure} ({self.get_state_display()})"


@checked
class Note(models.Model):
    """What an organiser noted about a structure."""

    personal = {"text"}

    structure = models.ForeignKey(
        "assises.Structure",
        models.CASCADE,
        related_name="notes",
        verbose_name="structure",
    )
    text = models.TextField("note", max_length=1000)
    by = models.ForeignKey(
        "assises.User",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    at = models.DateTimeField("le")

    objects = PeersManager()

    class Meta:
        verbose_name = "note"
        verbose_name_plural = "notes"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"note n° {self.pk}"


class SuggestionQuerySet(models.QuerySet):
    def waiting(self):
        """Those that no organiser has accepted nor left aside."""
        return self.filter(structure=None, refused_at=None)


@checked
class Suggestion(Found):
    """A structure that somebody of the public has signalled: shown to nobody but
    organisers, who accept it or not."""

    personal = {"name", "website"}

    name = models.TextField("nom", max_length=120)
    commune = models.ForeignKey(
        "assises.Commune",
        models.PROTECT,
        related_name="+",
        verbose_name="commune du siège",
    )
    website = models.TextField("site internet", max_length=200, blank=True)
    at = models.DateTimeField("signalée le")
    structure = models.ForeignKey(
        "assises.Structure",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name="structure",
    )
    refused_at = models.DateTimeField("écartée le", null=True, blank=True)

    objects = PeersManager.from_queryset(SuggestionQuerySet)()

    class Meta:
        verbose_name = "structure signalée"
        verbose_name_plural = "structures signalées"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="assises_suggestion_named"
            )
        ]

    def __str__(self):
        return self.name

    def found_by(self):
        return self.name, self.website
