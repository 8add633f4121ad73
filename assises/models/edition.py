"""When is the call open, where and when does the day take place, who is responsible?"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from assises.french import dates
from assises.models.base import PeersManager, checked
from assises.models.edition_queries import EditionQuerySet
from assises.models.kind import CLOSINGS, Kind
from assises.models.territory import Territory


def usual_talk_lengths():
    return [8, 12, 15]


@checked
class Edition(models.Model):
    """One year of the Assises. This module, and its twin of many rows, alone know the calendar of the call."""

    class Moment(models.TextChoices):
        BEFORE = "before", "avant l’appel"
        OPEN = "open", "appel ouvert"
        CLOSED = "closed", "appel clos"
        RESULTS = "results", "résultats publiés"
        DAY = "day", "jour des Assises et après"

    personal = {
        "contact_name",
        "contact_email",
        "contact_phone",
        "press_contact",
        "dpo_contact",
        "publication_director",
        "publisher_phone",
    }

    title = models.TextField("titre", max_length=160)
    slug = models.SlugField(
        "année ou nom dans les adresses", max_length=40, unique=True
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="editions", verbose_name="territoire"
    )
    is_current = models.BooleanField(
        "édition en cours",
        default=False,
        help_text="Celle que le site présente. Une seule à la fois.",
    )

    opens_at = models.DateTimeField("ouverture de l’appel")
    closes_at = models.DateTimeField(
        "clôture des propositions pour la matinée", help_text="Instant non compris."
    )
    inventory_closes_at = models.DateTimeField(
        "clôture des déclarations et des participations",
        help_text="Instant non compris.",
    )
    grace_minutes = models.PositiveSmallIntegerField(
        "tolérance après la clôture (minutes)",
        default=15,
        help_text="Pour envoyer un brouillon déjà commencé. Jamais affichée.",
    )
    grace_until = models.DateTimeField("fin de la tolérance", editable=False)
    reviews_due_on = models.DateField(
        "fin de la lecture par le comité", null=True, blank=True
    )
    results_on = models.DateField(
        "réponse annoncée aux structures", null=True, blank=True
    )
    results_published_at = models.DateTimeField(
        "résultats publiés le", null=True, blank=True, editable=False
    )
    confirm_by = models.DateField(
        "dernier jour pour confirmer une présentation",
        null=True,
        blank=True,
        help_text="Pour les structures retenues. Passé ce jour, un oui attend votre accord.",
    )
    programme_on = models.DateField(
        "parution annoncée du programme", null=True, blank=True
    )
    programme_published_at = models.DateTimeField(
        "programme publié le", null=True, blank=True, editable=False
    )

    held_on = models.DateField("jour des Assises")
    opening_time = models.TimeField(
        "heure d’accueil",
        null=True,
        blank=True,
        help_text="Annoncée avec le jour, et dans le fichier d’agenda.",
    )
    closing_time = models.TimeField("heure de fin", null=True, blank=True)
    venue = models.TextField("lieu", max_length=160)
    address = models.TextField("adresse du lieu", max_length=300, blank=True)
    capacity = models.PositiveIntegerField(
        "jauge",
        null=True,
        blank=True,
        help_text="Fixée par l’exploitant du lieu, personnel compris.",
    )

    seats_per_structure = models.PositiveSmallIntegerField(
        "places par structure invitée",
        default=2,
        help_text="Au moins\u00a0: une structure de trois contacts en a trois.",
    )
    answers_until = models.DateField(
        "dernier jour pour répondre à l’invitation", null=True, blank=True
    )
    quiet_from = models.DateField(
        "début de la pause d’été",
        null=True,
        blank=True,
        help_text="Aucune relance ne part pendant la pause.",
    )
    quiet_to = models.DateField("fin de la pause d’été", null=True, blank=True)

    morning_starts_at = models.TimeField(
        "début de la matinée",
        null=True,
        blank=True,
        help_text="Premier créneau du programme. À défaut, l’heure d’accueil.",
    )
    morning_minutes = models.PositiveSmallIntegerField(
        "durée de la matinée pour les présentations (minutes)", default=120
    )
    changeover_minutes = models.PositiveSmallIntegerField(
        "changement entre deux présentations (minutes)", default=2
    )
    talk_lengths = models.JSONField(
        "durées proposées pour une présentation (minutes)", default=usual_talk_lengths
    )

    contact_name = models.TextField("nom du contact", max_length=120)
    contact_email = models.EmailField("adresse électronique du contact")
    contact_phone = models.TextField("téléphone du contact", max_length=30, blank=True)
    contact_hours = models.TextField("horaires du contact", max_length=120, blank=True)
    press_contact = models.TextField("contact presse", max_length=300, blank=True)
    dpo_contact = models.TextField(
        "contact pour les données personnelles", max_length=300, blank=True
    )

    publisher_name = models.TextField("éditeur du site", max_length=160, blank=True)
    publisher_address = models.TextField(
        "adresse de l’éditeur", max_length=300, blank=True
    )
    publisher_phone = models.TextField(
        "téléphone de l’éditeur", max_length=30, blank=True
    )
    publisher_number = models.TextField(
        "RNA ou SIRET de l’éditeur", max_length=40, blank=True
    )
    publication_director = models.TextField(
        "directrice ou directeur de la publication", max_length=120, blank=True
    )
    host_name = models.TextField("hébergeur", max_length=160, blank=True)
    host_address = models.TextField(
        "adresse de l’hébergeur", max_length=300, blank=True
    )
    host_phone = models.TextField("téléphone de l’hébergeur", max_length=30, blank=True)

    objects = PeersManager.from_queryset(EditionQuerySet)()

    class Meta:
        verbose_name = "édition"
        verbose_name_plural = "éditions"
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="assises_edition_one_current",
                violation_error_message="Une autre édition est déjà en cours.",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="assises_edition_opens_before_closing",
                violation_error_message="La clôture doit suivre l’ouverture.",
            ),
            models.CheckConstraint(
                condition=Q(inventory_closes_at__gte=F("closes_at")),
                name="assises_edition_inventory_closes_last",
                violation_error_message=(
                    "Déclarer et participer restent possibles au moins jusqu’à la"
                    " clôture des propositions."
                ),
            ),
            models.CheckConstraint(
                condition=Q(grace_until__gte=F("closes_at")),
                name="assises_edition_grace_after_closing",
                violation_error_message="La tolérance commence à la clôture.",
            ),
            models.CheckConstraint(
                condition=Q(results_on__gte=F("reviews_due_on")),
                name="assises_edition_read_before_results",
                violation_error_message=(
                    "La réponse aux structures suit la fin de la lecture."
                ),
            ),
            models.CheckConstraint(
                condition=Q(closing_time=None)
                | Q(opening_time__isnull=False, closing_time__gt=F("opening_time")),
                name="assises_edition_ends_after_it_begins",
                violation_error_message="L’heure de fin suit l’heure d’accueil.",
            ),
            models.CheckConstraint(
                condition=Q(held_on__gt=F("answers_until")),
                name="assises_edition_answered_before_the_day",
                violation_error_message=(
                    "On répond à l’invitation avant le jour des Assises."
                ),
            ),
            models.CheckConstraint(
                condition=Q(held_on__gt=F("confirm_by")),
                name="assises_edition_confirmed_before_the_day",
                violation_error_message=(
                    "Une présentation se confirme avant le jour des Assises."
                ),
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(
                    quiet_from__isnull=False,
                    quiet_to__isnull=False,
                    quiet_to__gte=F("quiet_from"),
                ),
                name="assises_edition_quiet_ends_after_it_begins",
                violation_error_message="La pause finit après son début.",
            ),
            models.CheckConstraint(
                condition=Q(held_on__gte=F("results_on")),
                name="assises_edition_results_before_the_day",
                violation_error_message=(
                    "La réponse aux structures précède le jour des Assises."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, **options):
        self.set_grace()
        super().save(**options)

    def clean_fields(self, exclude=None):
        self.set_grace()
        super().clean_fields(exclude)

    def set_grace(self):
        if self.closes_at is not None:
            self.grace_until = self.closes_at + timedelta(
                minutes=self.grace_minutes or 0
            )

    @property
    def has_two_closings(self):
        """Say whether declaring and participating stay open after the proposals."""
        return self.inventory_closes_at > self.closes_at

    def closing(self, kind):
        """Return the instant from which answers of ``kind`` are refused."""
        return getattr(self, CLOSINGS[kind])

    def is_open(self, at, kind):
        """Say whether answers of ``kind`` are taken at ``at``."""
        return self.opens_at <= at < self.closing(kind)

    def is_in_grace(self, at, kind):
        """Say whether drafts of ``kind`` begun before closing are still taken at ``at``."""
        grace = self.grace_until - self.closes_at
        return self.closing(kind) <= at < self.closing(kind) + grace

    def is_ahead(self, at):
        """Say whether the day of the Assises has not come at ``at``."""
        return at < self.comes_at()

    def invitations_close_at(self):
        """Return the instant from which invitations are no longer answered."""
        if self.answers_until:
            return dates.closing_after(self.answers_until)
        return self.comes_at()

    def is_quiet(self, at):
        """Say whether no reminder leaves at ``at``: the summer break."""
        if self.quiet_from is None:
            return False
        return self.quiet_from <= dates.local_day(at) <= self.quiet_to

    @property
    def place(self):
        """Where the day takes place: the venue, and its address if it is known."""
        return ", ".join(filter(None, (self.venue, self.address)))

    @property
    def hours(self):
        """The hours of the day as they are announced, or nothing: « de 9 h à 17 h »."""
        instants = (self.instant_of(t) for t in (self.opening_time, self.closing_time))
        return dates.hours(*instants)

    def instant_of(self, time_of_day):
        """Return the instant of ``time_of_day`` on the day of the Assises, in Paris."""
        return time_of_day and dates.instant(self.held_on, time_of_day)

    def comes_at(self):
        """Return the instant at which the day of the Assises begins."""
        return dates.start_of(self.held_on)

    def is_unpublished(self, at):
        """Say whether the results are not told yet at ``at``."""
        return not (self.results_published_at and self.results_published_at <= at)

    def reviews_are_late(self, at):
        """Say whether the day until which reviews are awaited is past at ``at``."""
        due = self.reviews_due_on
        return due is not None and due < dates.local_day(at)

    def is_choosing(self, at):
        """Say whether the committee may still be given answers to read at ``at``."""
        moment = self.moment(at)
        return moment in {self.Moment.OPEN, self.Moment.CLOSED}

    def open_kinds(self, at):
        """Return the kinds open at ``at``, in their order."""
        return [kind for kind in Kind if self.is_open(at, kind)]

    def instants_after(self, at):
        """Return the instants of its calendar that are still to come at ``at``."""
        instants = [
            getattr(self, column.attname)
            for column in self._meta.concrete_fields
            if isinstance(column, models.DateTimeField)
        ]
        return [instant for instant in instants if instant and instant > at]

    def moment(self, at):
        """Return which of its five states the year is in."""
        if not self.is_ahead(at):
            return self.Moment.DAY
        if not self.is_unpublished(at):
            return self.Moment.RESULTS
        if at < self.opens_at:
            return self.Moment.BEFORE
        if at < self.closes_at:
            return self.Moment.OPEN
        return self.Moment.CLOSED
