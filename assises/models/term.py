"""Which words describe an action: axes, themes, audiences, formats?"""

from django.db import models

from assises.models.base import PeersManager, checked


class TermQuerySet(models.QuerySet):
    def active(self):
        return self.filter(active=True)

    def of(self, vocabulary):
        return self.filter(vocabulary=vocabulary)

    def in_order(self):
        return self.order_by("vocabulary", "order", "pk")


@checked
class Term(models.Model):
    """A word of a vocabulary; the code stays, organisers may change the label."""

    class Vocabulary(models.TextChoices):
        AXIS = "axis", "axe"
        THEME = "theme", "thème"
        AUDIENCE = "audience", "public"
        FORMAT = "format", "format"

    vocabulary = models.TextField("vocabulaire", choices=Vocabulary)
    code = models.SlugField("code", max_length=60)
    label = models.TextField("libellé", max_length=120)
    group = models.TextField("groupe", max_length=60, blank=True)
    order = models.PositiveSmallIntegerField("ordre", default=0)
    active = models.BooleanField("proposé dans le formulaire", default=True)

    objects = PeersManager.from_queryset(TermQuerySet)()

    class Meta:
        verbose_name = "mot proposé"
        verbose_name_plural = "mots proposés"
        ordering = ["vocabulary", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vocabulary", "code"],
                name="assises_term_unique_code",
                violation_error_message="Ce code existe déjà dans ce vocabulaire.",
            ),
        ]

    def __str__(self):
        return self.label
