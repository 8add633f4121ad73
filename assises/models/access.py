"""Which links let applicants come back, and how often may one try?"""

from django.db import models
from django.db.models import F, Q

from assises.models.base import PeersManager, checked


class AccessLinkQuerySet(models.QuerySet):
    def usable(self, at):
        return self.filter(revoked_at=None, expires_at__gt=at)


@checked
class AccessLink(models.Model):
    """A personal link. Only the digest of its token is stored."""

    class Scope(models.TextChoices):
        APPLICANT = "applicant", "dossiers"

    personal = {"email"}

    digest = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    email = models.EmailField("adresse électronique", max_length=254, db_index=True)
    scope = models.TextField("portée", choices=Scope, default=Scope.APPLICANT)
    # The answer whose mail brings this link: the one that it confirms.
    answer_key = models.TextField("dossier", max_length=8, blank=True)
    created_at = models.DateTimeField("créé le")
    expires_at = models.DateTimeField("valable jusqu’au")
    used_at = models.DateTimeField("utilisé la dernière fois le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = PeersManager.from_queryset(AccessLinkQuerySet)()

    class Meta:
        verbose_name = "lien d’accès"
        verbose_name_plural = "liens d’accès"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="assises_accesslink_lasts",
            )
        ]

    def __str__(self):
        return f"lien de {self.email}"


@checked
class Throttle(models.Model):
    """How many times something was tried within one window of time."""

    scope = models.TextField("objet", max_length=40)
    key = models.CharField("empreinte de l’auteur", max_length=64)
    window = models.DateTimeField("début de la période")
    count = models.PositiveIntegerField("essais", default=1)

    class Meta:
        verbose_name = "limite d’essais"
        verbose_name_plural = "limites d’essais"
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key", "window"], name="assises_throttle_unique"
            ),
        ]

    def __str__(self):
        return f"{self.scope} ({self.count})"
