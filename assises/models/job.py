"""Which work is left to the worker?"""

from django.db import models
from django.db.models import Q

from assises.models.base import PeersManager, checked


class JobQuerySet(models.QuerySet):
    def due(self, at):
        return self.filter(
            Q(state=Job.State.QUEUED, due_at__lte=at)
            | Q(state=Job.State.RUNNING, lease_until__lte=at)
        )


@checked
class Job(models.Model):
    """One piece of work, leased like a mail; its key makes it unique."""

    class State(models.TextChoices):
        QUEUED = "queued", "en attente"
        RUNNING = "running", "en cours"
        DONE = "done", "fait"
        FAILED = "failed", "en échec"

    kind = models.TextField("nature", max_length=60)
    key = models.TextField("clé", max_length=120, unique=True)
    due_at = models.DateTimeField("à faire à partir du")
    lease_until = models.DateTimeField("pris en charge jusqu’au", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    state = models.TextField("état", choices=State, default=State.QUEUED)
    done_at = models.DateTimeField("fait le", null=True, blank=True)
    result = models.TextField("résultat", max_length=500, blank=True)

    objects = PeersManager.from_queryset(JobQuerySet)()

    class Meta:
        verbose_name = "tâche du site"
        verbose_name_plural = "tâches du site"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False),
                name="assises_job_running_is_leased",
            )
        ]

    def __str__(self):
        return f"tâche n° {self.pk}"

    @property
    def is_over(self):
        return self.state in {self.State.DONE, self.State.FAILED}
