"""Who sits on the committee, and from which answers must they stay away?"""

from django.db import models

from assises.models import Edition
from assises.models.base import PeersManager, checked


class MemberQuerySet(models.QuerySet):
    def of(self, edition):
        return self.filter(edition=edition)

    def unpublished(self, at):
        """Members whose edition has published nothing yet: a subquery, not a join, which
        PostgreSQL tests again after waiting for a lock."""
        return self.filter(edition__in=Edition.objects.unpublished(at).values("pk"))

    def reading(self):
        """Members whose account is open: nothing is waited for from the others."""
        return self.filter(user__is_active=True)

    def in_order(self):
        return self.order_by("user__search_text", "pk")


@checked
class Member(models.Model):
    """A person of the team who evaluates the proposals of one edition.

    Conflicts of interest are with structures and persons: neither they nor the partner
    that the member represents are judged by them.
    """

    class Role(models.TextChoices):
        MEMBER = "member", "membre"
        CHAIR = "chair", "présidence"

    # What names a person: a structure may be one alone.
    personal = {"user", "structures", "persons"}

    user = models.ForeignKey(
        "assises.User",
        models.PROTECT,
        related_name="memberships",
        verbose_name="compte",
    )
    edition = models.ForeignKey(
        "assises.Edition",
        models.CASCADE,
        related_name="members",
        verbose_name="édition",
    )
    role = models.TextField("rôle", choices=Role, default=Role.MEMBER)
    partner = models.ForeignKey(
        "assises.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name="représente",
    )
    structures = models.ManyToManyField(
        "assises.Structure",
        blank=True,
        related_name="members_in_conflict",
        verbose_name="structures liées",
    )
    persons = models.ManyToManyField(
        "assises.Contact",
        blank=True,
        related_name="members_in_conflict",
        verbose_name="personnes liées",
    )

    objects = PeersManager.from_queryset(MemberQuerySet)()

    class Meta:
        verbose_name = "membre du comité"
        verbose_name_plural = "membres du comité"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "user"],
                name="committee_member_once_per_edition",
                violation_error_message="Cette personne siège déjà dans cette édition.",
            ),
        ]

    def __str__(self):
        return str(self.user)
