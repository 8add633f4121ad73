"""By what are the projects of the morning chosen?"""

from django.core.validators import MinValueValidator
from django.db import models

from assises.models.base import PeersManager, checked


class CriterionQuerySet(models.QuerySet):
    def of(self, edition):
        return self.filter(edition=edition).order_by("order", "pk")


@checked
class Criterion(models.Model):
    """A question that the committee answers with one of four marks, 0 to 3."""

    edition = models.ForeignKey(
        "assises.Edition",
        models.CASCADE,
        related_name="criteria",
        verbose_name="édition",
    )
    code = models.SlugField("code", max_length=40)
    label = models.TextField("libellé", max_length=120)
    question = models.TextField("question", max_length=300)
    weight = models.PositiveSmallIntegerField(
        "poids",
        default=1,
        validators=[MinValueValidator(1, "Un poids vaut 1 au moins.")],
    )
    mark_0 = models.TextField("ce que veut dire 0", max_length=160)
    mark_1 = models.TextField("ce que veut dire 1", max_length=160)
    mark_2 = models.TextField("ce que veut dire 2", max_length=160)
    mark_3 = models.TextField("ce que veut dire 3", max_length=160)
    order = models.PositiveSmallIntegerField("ordre", default=0)

    objects = PeersManager.from_queryset(CriterionQuerySet)()

    class Meta:
        verbose_name = "critère"
        verbose_name_plural = "critères"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="committee_criterion_unique_code",
                violation_error_message="Ce code existe déjà dans cette édition.",
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1),
                name="committee_criterion_weighs",
                violation_error_message="Un poids vaut 1 au moins.",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def marks(self):
        """Pairs of mark and meaning, from 0 to 3."""
        return list(enumerate([self.mark_0, self.mark_1, self.mark_2, self.mark_3]))
