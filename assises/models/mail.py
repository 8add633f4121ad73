"""What was written to whom, and did it leave?"""

from django.db import models
from django.db.models import F, Q

from assises.models.base import Found, PeersManager, checked


class MailQuerySet(models.QuerySet):
    def due(self, at):
        """Mails to deliver: waiting, or left in the middle by a worker that died."""
        rested = Q(retry_at=None) | Q(retry_at__lte=at)
        return self.filter(
            Q(rested, state=Mail.State.QUEUED, due_at__lte=at)
            | Q(state=Mail.State.SENDING, lease_until__lte=at)
        )

    def bounced(self):
        """Mails that came back: an organiser noted it."""
        return self.filter(bounced_at__isnull=False)

    def in_sending_order(self):
        """New mails first, in their order; those that failed once wait behind."""
        return self.order_by(F("retry_at").asc(nulls_first=True), "due_at", "pk")


@checked
class Mail(Found):
    """One mail, written in the transaction of what it tells, delivered by the worker."""

    class State(models.TextChoices):
        HELD = "held", "retenu"
        QUEUED = "queued", "en attente"
        SENDING = "sending", "envoi en cours"
        SENT = "sent", "remis"
        FAILED = "failed", "en échec"
        CANCELLED = "cancelled", "annulé"

    personal = {"address", "subject", "body", "link_email", "error", "search_text"}

    kind = models.TextField("nature", max_length=40)
    edition = models.ForeignKey(
        "assises.Edition",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name="édition",
    )
    contact = models.ForeignKey(
        "assises.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name="contact",
    )
    reference = models.TextField("dossier", max_length=8, blank=True, db_index=True)
    address = models.EmailField("destinataire", max_length=254)
    reply_to = models.EmailField("réponses à", max_length=254, blank=True)
    subject = models.TextField("objet", max_length=300)
    body = models.TextField("texte")
    link_email = models.EmailField(
        "adresse du lien personnel",
        max_length=254,
        blank=True,
        help_text="Le lien est fabriqué à l’envoi et n’est jamais conservé.",
    )
    code_user = models.ForeignKey(
        "assises.User",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="compte du code à usage unique",
    )
    attachments = models.JSONField("pièces jointes", default=list, blank=True)
    state = models.TextField("état", choices=State, default=State.QUEUED)
    message_id = models.TextField("Message-ID", max_length=200, unique=True)
    created_at = models.DateTimeField("écrit le")
    due_at = models.DateTimeField("à remettre à partir du")
    lease_until = models.DateTimeField("pris en charge jusqu’au", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    retry_at = models.DateTimeField("prochain essai le", null=True, blank=True)
    sent_at = models.DateTimeField("remis le", null=True, blank=True)
    error = models.TextField("dernière erreur", max_length=500, blank=True)
    bounced_at = models.DateTimeField("revenu le", null=True, blank=True)

    objects = PeersManager.from_queryset(MailQuerySet)()

    class Meta:
        verbose_name = "courriel"
        verbose_name_plural = "courriels"
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["queued", "sending"]),
                name="assises_mail_waiting",
            ),
            models.Index(
                fields=["address"],
                condition=Q(bounced_at__isnull=False),
                name="assises_mail_bounced",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False),
                name="assises_mail_sending_is_leased",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="assises_mail_sent_is_dated",
            ),
        ]

    def __str__(self):
        return self.subject

    def found_by(self):
        return self.subject, self.address, self.dossier, self.reference

    @property
    def dossier(self):
        """The reference of the answer that it tells of, as people read it."""
        return f"{self.reference[:4]}-{self.reference[4:]}" if self.reference else ""
