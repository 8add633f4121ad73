"""Who did what, when? Written in the transaction of what it tells, never changed."""

from django.db import models

from assises.models.base import Found, PeersManager, checked


class EventQuerySet(models.QuerySet):
    def about(self, instance):
        """History of one object, newest first."""
        return self.filter(
            model=instance._meta.label_lower, object_key=str(instance.pk)
        ).order_by("-at", "-pk")


@checked
class Event(Found):
    at = models.DateTimeField("le")
    user = models.ForeignKey(
        "assises.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="compte",
    )
    actor = models.TextField("par", max_length=120)
    verb = models.TextField("ce qui a été fait", max_length=60)
    model = models.TextField("nature de l’objet", max_length=60)
    object_key = models.TextField("clé de l’objet", max_length=64)
    object_label = models.TextField("objet", max_length=120)
    changed = models.JSONField("champs modifiés", default=list, blank=True)
    values = models.JSONField("valeurs", default=dict, blank=True)

    objects = PeersManager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = "évènement"
        verbose_name_plural = "journal"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["model", "object_key"], name="assises_event_object")
        ]

    def __str__(self):
        return f"{self.verb} : {self.object_label}"

    def found_by(self):
        return self.object_label, self.verb
