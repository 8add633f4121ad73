"""Which organisations act on the territory?"""

from django.db import models
from django.db.models import F, Q

from assises.models.base import Found, PeersManager, checked
from assises.models.invitation import Invitation


class StructureQuerySet(models.QuerySet):
    def unmerged(self):
        """Structures that have not been merged into another one."""
        return self.filter(merged_into=None)

    def named(self):
        """Leave out individuals, who are never named in a directory."""
        return self.exclude(kind=Structure.Kind.INDIVIDUAL)

    def invited(self, edition):
        """Structures that have an invitation to the day of ``edition``, not cancelled."""
        of = Invitation.objects.of(edition).standing().exclude(structure=None)
        return self.filter(pk__in=of.values("structure"))

    def listed(self):
        """Structures that agreed to appear in the directory."""
        return self.unmerged().named().filter(listed=True)


@checked
class Structure(Found):
    class Kind(models.TextChoices):
        ASSOCIATION = "association", "Association"
        AUTHORITY = "collectivite", "Collectivité territoriale"
        MUSEUM = "musee", "Musée ou centre de culture scientifique"
        LIBRARY = "mediatheque", "Médiathèque ou équipement culturel"
        RESEARCH = "recherche", "Centre ou organisme de recherche"
        SCHOOL = (
            "etablissement-scolaire",
            "Établissement scolaire (école, collège, lycée)",
        )
        UNIVERSITY = "universite", "Université"
        GRANDE_ECOLE = "grande-ecole", "Grande école"
        COMPANY = "industriel", "Industriel ou entreprise"
        YOUTH = "structure-jeunesse", "Centre social ou structure jeunesse"
        STATE = "service-etat", "Service de l’État, académie ou établissement public"
        INDIVIDUAL = "individuel", "Personne à titre individuel (sans structure)"
        OTHER = "autre", "Autre structure"

    personal = {"name", "website", "about"}

    name = models.TextField("nom", max_length=120)
    kind = models.TextField("type", choices=Kind)
    seat = models.ForeignKey(
        "assises.Commune",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="structures",
        verbose_name="commune du siège",
    )
    seat_elsewhere = models.BooleanField("siège hors du territoire", default=False)
    website = models.TextField("site internet", max_length=200, blank=True)
    about = models.TextField("présentation", max_length=500, blank=True)
    siret = models.TextField("SIRET", max_length=14, blank=True)
    rna = models.TextField("RNA", max_length=10, blank=True)
    uai = models.TextField("UAI", max_length=8, blank=True)
    listed = models.BooleanField(
        "paraît dans l’annuaire",
        default=False,
        help_text="Avec l’accord de la structure. Une personne seule n’y paraît jamais.",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name="fusionnée avec",
    )

    objects = PeersManager.from_queryset(StructureQuerySet)()

    class Meta:
        verbose_name = "structure"
        verbose_name_plural = "structures"
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, seat_elsewhere=False)
                | Q(seat__isnull=True, seat_elsewhere=True),
                name="assises_structure_one_seat",
                violation_error_message=(
                    "Le siège est dans une commune, ou hors du territoire\u00a0: l’un des deux."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="assises_structure_named",
                violation_error_message="Indiquez le nom de la structure.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="assises_structure_not_merged_into_itself",
                violation_error_message="Une structure ne se fond pas en elle-même.",
            ),
        ]

    def __str__(self):
        return self.name

    def found_by(self):
        return self.name, self.siret, self.rna, self.uai

    @property
    def seat_label(self):
        """Say where the seat is, in words."""
        if self.seat_elsewhere:
            return "Hors du territoire"
        return str(self.seat) if self.seat_id else ""

    @property
    def public_name(self):
        """The name for those who may not read the names of people."""
        if self.kind == self.Kind.INDIVIDUAL:
            return "Personne à titre individuel"
        return self.name
