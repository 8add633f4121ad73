"""Which documents to print were made, and from what?"""

from django.db import models

from assises.models.base import checked
from assises.models.job import Job


@checked
class Paper(models.Model):
    """What a job has made: a PDF, kept until what it tells changes."""

    personal = {"content"}

    job = models.OneToOneField(
        Job, models.CASCADE, primary_key=True, verbose_name="tâche du site"
    )
    # Of the data that it tells: another one, and it is made again.
    fingerprint = models.CharField("empreinte", max_length=64)
    content = models.BinaryField("document")

    class Meta:
        verbose_name = "document à imprimer"
        verbose_name_plural = "documents à imprimer"

    def __str__(self):
        return f"document n° {self.pk}"
