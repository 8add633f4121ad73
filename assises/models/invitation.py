"""Who is invited to the day, and who comes?"""

from django.db import models
from django.db.models import Q, Sum

from assises.models.base import Found, PeersManager, checked
from assises.models.keys import KEY_LENGTH, new_key


class Category(models.TextChoices):
    """On which ground somebody is invited."""

    ANSWERED = "reponse", "Structure ayant répondu"
    CO_BEARER = "co-porteur", "Structure co-porteuse"
    ELECTED = "elu", "Élue ou élu"
    PARTNER = "partenaire", "Partenaire"
    SPEAKER = "intervention", "Intervention"
    PRESS = "presse", "Presse"
    TEAM = "equipe", "Équipe"


class State(models.TextChoices):
    PREPARED = "prepared", "préparée"
    SENT = "sent", "envoyée"
    ACCEPTED = "accepted", "acceptée"
    DECLINED = "declined", "déclinée"
    WAITING = "waiting", "liste d’attente"
    CANCELLED = "cancelled", "annulée"


class InvitationQuerySet(models.QuerySet):
    def of(self, edition):
        return self.filter(edition=edition)

    def of_structure(self, structure):
        """Those of a structure, and those that a merge left with the other one."""
        merged = Q(structure__merged_into=structure)
        return self.filter(Q(structure=structure) | merged).order_by("-edition", "pk")

    def standing(self):
        """Those whose seats are given: neither declined nor cancelled."""
        return self.exclude(state__in=[State.DECLINED, State.CANCELLED])

    def to_remind(self):
        """Those that left and were not answered."""
        return self.filter(state=State.SENT)

    def in_waiting_order(self):
        """The waiting list, whoever waits longest first."""
        return self.filter(state=State.WAITING).order_by("waiting_since", "pk")

    def holding_seats(self, at):
        """Those whose people have their seats: accepted, or promised until later."""
        promised = Q(state=State.SENT, promised_until__gt=at)
        return self.filter(Q(state=State.ACCEPTED) | promised)


@checked
class Invitation(Found):
    """The seats of one structure, or of one person, at the day of one edition."""

    Category = Category
    State = State

    personal = {"word", "contact", "search_text"}

    key = models.CharField(
        "invitation", max_length=KEY_LENGTH, unique=True, default=new_key
    )
    edition = models.ForeignKey(
        "assises.Edition",
        models.PROTECT,
        related_name="invitations",
        verbose_name="édition",
    )
    category = models.TextField(
        "à quel titre", choices=Category, default=Category.ANSWERED
    )
    structure = models.ForeignKey(
        "assises.Structure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name="structure",
    )
    # Whom it is sent to; then the first of several to answer.
    contact = models.ForeignKey(
        "assises.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name="contact",
    )
    seats = models.PositiveSmallIntegerField("places", default=1)
    seats_wanted = models.PositiveSmallIntegerField("places demandées", default=0)
    state = models.TextField("état", choices=State, default=State.PREPARED)
    word = models.TextField("mot de la personne invitée", max_length=500, blank=True)
    wants_summary = models.BooleanField("souhaite la synthèse", default=False)
    prepared_at = models.DateTimeField("préparée le")
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    reminded_at = models.DateTimeField("relancée le", null=True, blank=True)
    answered_at = models.DateTimeField("réponse reçue le", null=True, blank=True)
    waiting_since = models.DateTimeField("en attente depuis", null=True, blank=True)
    # Seats have freed: they are kept until then for who waited.
    promised_until = models.DateTimeField(
        "places gardées jusqu’au", null=True, blank=True
    )
    # The answer of its structure was withdrawn since: an organiser decides.
    to_decide = models.BooleanField("réponse retirée depuis", default=False)
    version = models.PositiveIntegerField("version", default=1)

    objects = PeersManager.from_queryset(InvitationQuerySet)()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "structure"],
                condition=Q(structure__isnull=False),
                name="assises_invitation_one_by_structure",
                violation_error_message="Cette structure est déjà invitée.",
            ),
            models.CheckConstraint(
                condition=Q(structure__isnull=False) | Q(contact__isnull=False),
                name="assises_invitation_somebody",
                violation_error_message="Indiquez une structure ou une personne.",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1),
                name="assises_invitation_one_seat",
                violation_error_message="Une place au moins.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "cancelled"])
                | Q(sent_at__isnull=False),
                name="assises_invitation_sent_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"])
                | Q(answered_at__isnull=False),
                name="assises_invitation_answered_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(waiting_since__isnull=False),
                name="assises_invitation_waiting_is_dated",
            ),
        ]

    def __str__(self):
        return str(self.structure or self.contact)

    def found_by(self):
        named = [self.structure.name] if self.structure else []
        person = [str(self.contact), self.contact.email] if self.contact else []
        return *named, *person, self.key

    @property
    def reference(self):
        """The key as people read it: « K7QF-2M9X »."""
        return f"{self.key[:4]}-{self.key[4:]}"


class GuestQuerySet(models.QuerySet):
    def coming(self):
        """The people of accepted invitations."""
        return self.filter(invitation__state=State.ACCEPTED)

    def seats(self):
        """Return how many seats they take."""
        return self.aggregate(seats=Sum("headcount", default=0))["seats"]

    def in_order(self):
        return self.order_by("invitation", "pk")


@checked
class Guest(Found):
    """One person who comes, or a group whose people are counted and never named."""

    class Meal(models.TextChoices):
        ANY = "tout", "Sans préférence"
        VEGETARIAN = "vegetarien", "Végétarien"
        NO_PORK = "sans-porc", "Sans porc"
        NO_GLUTEN = "sans-gluten", "Sans gluten"
        OTHER = "autre", "Autre\u00a0: l’organisation vous appelle"

    personal = {"name", "function", "email", "meal", "access", "no_photo"}
    personal |= {"search_text"}

    key = models.CharField("place", max_length=KEY_LENGTH, unique=True, default=new_key)
    invitation = models.ForeignKey(
        Invitation,
        models.CASCADE,
        related_name="guests",
        verbose_name="invitation reçue",
    )
    name = models.TextField("nom, ou groupe", max_length=200)
    headcount = models.PositiveSmallIntegerField("nombre de personnes", default=1)
    function = models.TextField("fonction", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    morning = models.BooleanField("le matin", default=True)
    lunch = models.BooleanField("au déjeuner", default=True)
    afternoon = models.BooleanField("l’après-midi", default=True)
    meal = models.TextField("repas", choices=Meal, default=Meal.ANY)
    access = models.TextField(
        "aménagements demandés",
        max_length=300,
        blank=True,
        help_text="Ce qu’il faut prévoir, par exemple une place près de la scène. Jamais de donnée de santé.",
    )
    no_photo = models.BooleanField("pas de photo", default=False)
    # Whoever was given this seat changes it alone, by the link sent to their address.
    handed_at = models.DateTimeField("cédée le", null=True, blank=True)

    objects = PeersManager.from_queryset(GuestQuerySet)()

    class Meta:
        verbose_name = "personne attendue"
        verbose_name_plural = "personnes attendues"
        constraints = [
            models.CheckConstraint(
                condition=Q(headcount__gte=1), name="assises_guest_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="assises_guest_named",
                violation_error_message="Indiquez un nom, ou un groupe.",
            ),
            models.CheckConstraint(
                condition=Q(morning=True) | Q(lunch=True) | Q(afternoon=True),
                name="assises_guest_comes",
                violation_error_message="Le matin, au déjeuner ou l’après-midi\u202f?",
            ),
        ]

    def __str__(self):
        return self.name

    def found_by(self):
        return self.name, self.email

    @property
    def is_group(self):
        return self.headcount > 1

    @property
    def moments(self):
        """When they come: « le matin, au déjeuner »."""
        names = [
            name for name in ("morning", "lunch", "afternoon") if getattr(self, name)
        ]
        return ", ".join(self._meta.get_field(name).verbose_name for name in names)
