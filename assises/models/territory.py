"""Where is this event: which communes, drawn how?"""

from django.db import models

from assises.models.base import PeersManager, checked


@checked
class Territory(models.Model):
    name = models.TextField("nom", max_length=120, unique=True)
    view_box = models.TextField("cadre du dessin (viewBox)", max_length=40)
    outline = models.TextField("contour (tracé SVG)")
    borders = models.TextField("limite entre départements (tracé SVG)", blank=True)
    credit = models.TextField("mention de source et de licence", max_length=400)

    class Meta:
        verbose_name = "territoire"
        verbose_name_plural = "territoires"

    def __str__(self):
        return self.name


class CommuneQuerySet(models.QuerySet):
    def in_order(self):
        """Order by name without accents or article: Étiolles stands at E, Le Coudray at C."""
        return self.order_by("sort_name", "pk")

    def without_outlines(self):
        """Leave out the drawings: lists and forms have no use for 20 kB of paths."""
        return self.defer("outline")


@checked
class Commune(models.Model):
    """A commune, known by its INSEE code: one postal code may cover four of them."""

    insee = models.CharField("code INSEE", max_length=5, primary_key=True)
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        related_name="communes",
        verbose_name="territoire",
    )
    name = models.TextField("nom", max_length=80)
    sort_name = models.TextField("nom pour le tri", max_length=80)
    slug = models.SlugField("nom dans les adresses", max_length=80, unique=True)
    departement = models.CharField("département", max_length=3)
    population = models.PositiveIntegerField("population")
    postal_codes = models.TextField("codes postaux", max_length=60)
    outline = models.TextField("contour (tracé SVG)")
    label_x = models.FloatField("abscisse de l’étiquette")
    label_y = models.FloatField("ordonnée de l’étiquette")

    objects = PeersManager.from_queryset(CommuneQuerySet)()

    class Meta:
        verbose_name = "commune"
        verbose_name_plural = "communes"

    def __str__(self):
        return self.name
