"""What did somebody answer to the call?"""

import uuid

from django.db import models
from django.db.models import F, Q

from assises import text
from assises.models import Edition, Kind
from assises.models.base import PeersManager, length_constraints
from submissions.models import choices
from submissions.models.keys import KEY_LENGTH, new_key

# « 2027 » or « 2027-09 »: sorted as text, sorted in time.
YEAR_AND_MONTH = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"


def reached(email):
    """Return the condition of an answer that a link sent to ``email`` opens."""
    told = ~Q(state=Application.State.DRAFT)
    return Q(email=email) | told & Q(second_contact__email=email)


def begun(applicant):
    """Return the condition of an answer that this browser has begun.

    Once joined to the row of a person known before, it opens by a link alone:
    anybody could have typed that person's address.
    """
    return Q(key__in=applicant.started, claimed_at=None)


class ApplicationQuerySet(models.QuerySet):
    def of(self, edition):
        return self.filter(edition=edition)

    def sent(self):
        return self.filter(state=Application.State.SENT)

    def drafts(self):
        return self.filter(state=Application.State.DRAFT)

    def actions(self):
        """Answers that describe an action."""
        return self.filter(kind__in=[Kind.DECLARE, Kind.PROPOSE])

    def owned_by(self, applicant):
        """Answers started in this browser, or whose address its link has confirmed."""
        own = begun(applicant)
        if applicant.email:
            own |= Q(email=applicant.email)
        return self.filter(own)

    def editable_by(self, applicant):
        """Own answers, and those that name the applicant as second contact.

        The latter only once sent: until then nobody has told that person anything.
        """
        own = begun(applicant)
        if applicant.email:
            own |= reached(applicant.email)
        return self.filter(own)

    def reached_by(self, email):
        """Answers that a link sent to ``email`` opens."""
        return self.filter(reached(email))

    def open_for_changes(self, at):
        """Answers that may still be changed and sent at ``at``.

        Spelled without any join: a guarded UPDATE that filters through one lets
        two clicks win on PostgreSQL.
        """
        allowed = Q(editable_until__gt=at) | Q(
            state=Application.State.DRAFT,
            edition__in=Edition.objects.in_grace(at).values("pk"),
        )
        for kind in Kind:
            allowed |= Q(
                kind=kind, edition__in=Edition.objects.open(at, kind).values("pk")
            )
        return self.filter(allowed)

    def search(self, folded_words):
        """Answers whose folded text holds every word."""
        applications = self
        for word in folded_words:
            applications = applications.filter(search_text__contains=word)
        return applications

    def with_people(self):
        """Bring what a list shows of each answer: structure, seat, contact."""
        return self.select_related("structure__seat", "contact", "edition")

    def newest_first(self):
        return self.order_by(F("sent_at").desc(nulls_last=True), "-created_at", "pk")


class Application(models.Model):
    """One answer, from its first typed sign to its last state."""

    class State(models.TextChoices):
        DRAFT = "draft", "brouillon"
        SENT = "sent", "envoyée"
        WITHDRAWN = "withdrawn", "retirée"

    Stage = choices.Stage
    Reach = choices.Reach
    GirlsShare = choices.GirlsShare
    Availability = choices.Availability

    personal = {"email", "unit", "presenters", "unfinished", "structure_correction"}

    key = models.CharField(
        "dossier", max_length=KEY_LENGTH, unique=True, default=new_key
    )
    start_key = models.UUIDField(
        "clé de création", unique=True, default=uuid.uuid4, editable=False
    )
    kind = models.TextField("porte", choices=Kind)
    email = models.EmailField("adresse électronique", max_length=254, db_index=True)
    edition = models.ForeignKey(
        "assises.Edition",
        models.PROTECT,
        related_name="applications",
        verbose_name="édition",
    )
    structure = models.ForeignKey(
        "assises.Structure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name="structure",
    )
    structure_picked = models.BooleanField(
        "structure choisie dans la liste", default=False
    )
    structure_correction = models.TextField(
        "correction signalée", max_length=300, blank=True
    )
    unit = models.TextField(
        "service, laboratoire, club ou classe", max_length=120, blank=True
    )
    contact = models.ForeignKey(
        "assises.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name="contact",
    )
    second_contact = models.ForeignKey(
        "assises.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="seconded_applications",
        verbose_name="second contact",
    )
    direction_informed = models.BooleanField(
        "la direction ou la présidence est informée", default=False
    )

    title = models.TextField("titre", max_length=100, blank=True)
    pitch = models.TextField("en une phrase", max_length=200, blank=True)
    description = models.TextField("description", max_length=1500, blank=True)
    stage = models.TextField("où en est l’action", choices=Stage, blank=True)
    starts = models.TextField("début", max_length=7, blank=True)
    ends = models.TextField("fin", max_length=7, blank=True)
    recurrent = models.BooleanField("revient chaque année", default=False)
    terms = models.ManyToManyField(
        "assises.Term", blank=True, related_name="applications", verbose_name="termes"
    )
    communes = models.ManyToManyField(
        "assises.Commune",
        blank=True,
        related_name="applications",
        verbose_name="communes",
    )
    whole_territory = models.BooleanField("tout le territoire", default=False)
    reach = models.TextField("personnes touchées", choices=Reach, blank=True)
    girls_share = models.TextField("part de filles", choices=GirlsShare, blank=True)

    takeaway = models.TextField("ce que l’on en retiendra", max_length=600, blank=True)
    transferable = models.TextField(
        "ce qui peut être repris", max_length=600, blank=True
    )
    minutes_wanted = models.PositiveSmallIntegerField(
        "durée souhaitée (minutes)", null=True, blank=True
    )
    presenters = models.TextField("qui présentera", max_length=300, blank=True)
    minors = models.TextField(
        "mineures et mineurs présents", max_length=120, blank=True
    )
    equipment = models.TextField("matériel nécessaire", max_length=300, blank=True)
    availability = models.TextField(
        "disponibilité le matin des Assises", choices=Availability, blank=True
    )

    difficulty = models.TextField("difficulté à travailler", max_length=300, blank=True)
    seeks = models.TextField("ce que nous cherchons", max_length=300, blank=True)
    offers = models.TextField("ce que nous proposons", max_length=300, blank=True)
    publishes = models.BooleanField("paraît au catalogue public", default=False)

    state = models.TextField("état", choices=State, default=State.DRAFT)
    created_at = models.DateTimeField("commencée le")
    changed_at = models.DateTimeField("enregistrée le")
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    claimed_at = models.DateTimeField(
        "rattachée à une personne connue le", null=True, blank=True, editable=False
    )
    editable_until = models.DateTimeField(
        "modifiable jusqu’au",
        null=True,
        blank=True,
        help_text="Rouvre cette seule réponse, quelle que soit la clôture.",
    )
    version = models.PositiveIntegerField("version", default=1)
    unfinished = models.JSONField("saisies à corriger", default=dict, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    objects = PeersManager.from_queryset(ApplicationQuerySet)()

    class Meta:
        verbose_name = "réponse"
        verbose_name_plural = "réponses"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent")
                | Q(
                    Q(kind="participate") | ~Q(title="") & ~Q(pitch="") & ~Q(stage=""),
                    ~Q(kind="propose")
                    | ~Q(description="")
                    & ~Q(takeaway="")
                    & ~Q(transferable="")
                    & ~Q(presenters="")
                    & ~Q(availability=""),
                    ~Q(email=""),
                    sent_at__isnull=False,
                    structure__isnull=False,
                    contact__isnull=False,
                    unfinished={},
                ),
                name="submissions_application_sent_is_complete",
                violation_error_message="Une réponse envoyée est complète.",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False),
                name="submissions_application_withdrawn_is_dated",
                violation_error_message="Une réponse retirée porte la date du retrait.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="submissions_application_kind_known",
                violation_error_message="Choisissez l’une des trois portes.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "sent", "withdrawn"]),
                name="submissions_application_state_known",
                violation_error_message="État inconnu.",
            ),
            models.CheckConstraint(
                condition=Q(starts="") | Q(starts__regex=YEAR_AND_MONTH),
                name="submissions_application_starts",
                violation_error_message="Indiquez une année, ou un mois et une année.",
            ),
            models.CheckConstraint(
                condition=Q(ends="") | Q(ends__regex=YEAR_AND_MONTH),
                name="submissions_application_ends",
                violation_error_message="Indiquez une année, ou un mois et une année.",
            ),
            *length_constraints(
                structure_correction=300,
                unit=120,
                title=100,
                pitch=200,
                description=1500,
                stage=20,
                starts=7,
                ends=7,
                availability=20,
                reach=20,
                girls_share=20,
                takeaway=600,
                transferable=600,
                presenters=300,
                minors=120,
                equipment=300,
                difficulty=300,
                seeks=300,
                offers=300,
            ),
        ]

    def __str__(self):
        return self.title or f"Réponse {self.reference}"

    @property
    def reference(self):
        """The key as people read it: « K7QF-2M9X »."""
        return f"{self.key[:4]}-{self.key[4:]}"

    @property
    def is_action(self):
        return self.kind in {Kind.DECLARE, Kind.PROPOSE}

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_sent(self):
        return self.state == self.State.SENT

    def closes_at(self):
        """Return the instant from which this answer can no longer be changed."""
        closing = self.edition.closing(self.kind)
        return max(closing, self.editable_until) if self.editable_until else closing

    def searchable(self):
        """Return the folded text that this answer is found by."""
        parts = [
            self.key,
            self.reference,
            self.title,
            self.pitch,
            self.email,
            self.unit,
        ]
        if self.structure:
            parts.append(self.structure.name)
        parts += [
            str(person) for person in (self.contact, self.second_contact) if person
        ]
        return text.fold(" ".join(parts))
