"""What do the organisers write themselves: full text of the call, terms, FAQ, information?"""

from django.db import models

from assises.models.base import PeersManager, checked


class PageQuerySet(models.QuerySet):
    def in_menu(self):
        """Pages linked at the foot of every page, without their texts."""
        return self.filter(in_menu=True).defer("body").order_by("order", "title", "pk")


@checked
class Page(models.Model):
    slug = models.SlugField("nom dans l’adresse", max_length=60, unique=True)
    title = models.TextField("titre", max_length=120)
    body = models.TextField(
        "texte",
        max_length=40_000,
        blank=True,
        help_text="En Markdown : ## pour un intertitre, - pour une liste, **gras**. Les dates"
        " suivent l’édition : {jour}, {horaires}, {lieu}, {ouverture}, {cloture},"
        " {cloture_recensement}, {reponses}.",
    )
    in_menu = models.BooleanField("au menu du pied de page", default=True)
    order = models.PositiveSmallIntegerField("ordre", default=0)

    objects = PeersManager.from_queryset(PageQuerySet)()

    class Meta:
        verbose_name = "page"
        verbose_name_plural = "pages"
        ordering = ["order", "title", "pk"]

    def __str__(self):
        return self.title
