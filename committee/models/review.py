"""What does one member think of one proposal?"""

import secrets

from django.db import models
from django.db.models import Exists, OuterRef, Q

from assises.models.base import PeersManager, checked


def new_position():
    """Return where a review stands in its member's own order: at random, once."""
    return secrets.randbelow(2**31)


class ReviewQuerySet(models.QuerySet):
    def of(self, member):
        return self.filter(member=member)

    def handed_in(self):
        """Reviews whose marks count."""
        return self.filter(state__in=Review.HANDED_IN)

    def beside(self, review):
        """Reviews of the same proposal whose marks the member of ``review`` reads, once
        it is handed in."""
        others = self.filter(application=review.application_id).handed_in()
        return others.exclude(pk=review.pk)

    def pending(self):
        return self.filter(state__in=Review.PENDING)

    def read(self):
        """Reviews of who has read the proposal: a recusal from the start is none, unless
        something was written."""
        marked = Score.objects.filter(review=OuterRef("pk"))
        unread = Q(
            state__in=[Review.State.TO_READ, Review.State.RECUSED],
            snapshot=None,
            comment="",
            suggestion="",
            unfinished={},
            handed_in_at=None,
        )
        return self.exclude(unread & ~Exists(marked))

    def recused(self):
        return self.filter(state=Review.State.RECUSED)

    def ended(self):
        """Reviews that take no mark, unless an organiser gives them back."""
        return self.filter(state__in=Review.ENDED)

    def in_own_order(self):
        """Each member reads in an order of their own: the first read are not always
        the same."""
        return self.order_by("position", "pk")


@checked
class Review(models.Model):
    """One member, one proposal; the row exists from the assignment on.

    ``snapshot`` is the version that was read; ``mean`` the mean of the marks,
    weighted by criterion, once handed in. Left without opinion, it takes no mark any
    more, unless an organiser gives it back: its member may have read those of the others.
    """

    class State(models.TextChoices):
        TO_READ = "to_read", "à lire"
        DRAFT = "draft", "brouillon"
        DONE = "done", "rendue"
        ABSTAINED = "abstained", "sans avis"
        RECUSED = "recused", "déport"

    PENDING = frozenset({State.TO_READ, State.DRAFT})
    HANDED_IN = frozenset({State.DONE})
    ENDED = frozenset({State.ABSTAINED, State.RECUSED})

    personal = {"comment", "suggestion", "unfinished"}

    application = models.ForeignKey(
        "submissions.Application",
        models.CASCADE,
        related_name="reviews",
        verbose_name="proposition",
    )
    member = models.ForeignKey(
        "committee.Member",
        models.CASCADE,
        related_name="reviews",
        verbose_name="membre",
    )
    position = models.PositiveIntegerField(
        "place dans l’ordre de lecture", default=new_position, editable=False
    )
    state = models.TextField("état", choices=State, default=State.TO_READ)
    snapshot = models.ForeignKey(
        "submissions.Snapshot",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="version lue",
    )
    comment = models.TextField("commentaire privé", max_length=2000, blank=True)
    suggestion = models.TextField(
        "suggestion pour la structure", max_length=1000, blank=True
    )
    unfinished = models.JSONField("saisies à corriger", default=dict, blank=True)
    mean = models.FloatField("moyenne", null=True, blank=True, editable=False)
    changed_at = models.DateTimeField("enregistrée le", null=True, blank=True)
    handed_in_at = models.DateTimeField("rendue le", null=True, blank=True)
    after_others = models.BooleanField(
        "revue après lecture des autres", default=False, editable=False
    )
    typed_by = models.ForeignKey(
        "assises.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="typed_reviews",
        verbose_name="saisie par",
    )
    version = models.PositiveIntegerField("version", default=1)

    objects = PeersManager.from_queryset(ReviewQuerySet)()

    class Meta:
        verbose_name = "évaluation"
        verbose_name_plural = "évaluations"
        default_permissions = ()
        permissions = [
            ("evaluate_review", "Évaluer les propositions"),
            ("follow_review", "Suivre l’avancement du comité"),
            ("type_review", "Saisir les notes qu’un membre a écrites sur papier"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "member"],
                name="committee_review_once_per_member",
                violation_error_message="Cette personne a déjà ce dossier à lire.",
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(handed_in_at__isnull=False, mean__isnull=False, unfinished={}),
                name="committee_review_handed_in_is_whole",
                violation_error_message="Une évaluation rendue est entière et datée.",
            ),
            models.CheckConstraint(
                condition=Q(mean__isnull=True) | Q(mean__range=(0, 3)),
                name="committee_review_mean_from_0_to_3",
                violation_error_message="Une moyenne va de 0 à 3.",
            ),
        ]

    def __str__(self):
        return f"évaluation du dossier {self.application.reference}"

    @property
    def is_pending(self):
        return self.state in self.PENDING

    @property
    def is_left(self):
        """Say whether its member left it without opinion."""
        return self.state == self.State.ABSTAINED

    @property
    def is_handed_in(self):
        return self.state in self.HANDED_IN

    def is_by(self, user):
        return self.member.user_id == user.pk

    @property
    def was_modified(self):
        """Say whether the proposal changed since it was read (list with ``latest``)."""
        return self.snapshot_id is not None and self.snapshot_id != self.latest


@checked
class Score(models.Model):
    """The mark of one review for one criterion.

    No row: not answered yet; no mark: « ne se prononce pas ».
    """

    review = models.ForeignKey(
        Review, models.CASCADE, related_name="scores", verbose_name="évaluation"
    )
    criterion = models.ForeignKey(
        "committee.Criterion",
        models.PROTECT,
        related_name="scores",
        verbose_name="critère",
    )
    mark = models.PositiveSmallIntegerField("note", null=True, blank=True)

    objects = PeersManager()

    class Meta:
        verbose_name = "note"
        verbose_name_plural = "notes"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["review", "criterion"],
                name="committee_score_once_per_criterion",
                violation_error_message="Ce critère a déjà une note.",
            ),
            models.CheckConstraint(
                condition=Q(mark__isnull=True) | Q(mark__range=(0, 3)),
                name="committee_score_mark_from_0_to_3",
                violation_error_message="Une note va de 0 à 3.",
            ),
        ]

    def __str__(self):
        return "ne se prononce pas" if self.mark is None else str(self.mark)
