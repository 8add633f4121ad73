"""What did somebody answer to the call?"""

import hashlib
import uuid
from functools import partial

from django.db import models
from django.db.models.functions import Coalesce

from assises.french import text
from assises.models import Kind, Structure
from assises.models.base import PeersManager, checked
from assises.models.keys import KEY_LENGTH, new_key
from submissions.models.completeness import CONSTRAINTS
from submissions.models.found_by import found_by
from submissions.models.queries import ApplicationQuerySet, State
from submissions.questions import choices


@checked
class Application(models.Model):
    """One answer, from its first typed character to its last state.

    ``typed`` is all that was typed: step → field → texts. A draft is nothing else; the
    columns about the action, the structure, the people, terms and communes are written
    from it when the answer is sent, and stay what it says from then on.
    """

    State = State
    Stage = choices.Stage
    Reach = choices.Reach
    GirlsShare = choices.GirlsShare
    Availability = choices.Availability

    personal = {
        "email",
        "former_email",
        "unit",
        "presenters",
        "typed",
        "structure_correction",
    }
    personal |= {"person", "structure_name", "people_text"}

    key = models.CharField(
        "dossier", max_length=KEY_LENGTH, unique=True, default=new_key
    )
    start_key = models.UUIDField(
        "clé de création", unique=True, default=uuid.uuid4, editable=False
    )
    kind = models.TextField("façon de répondre", choices=Kind)
    email = models.EmailField("adresse électronique", max_length=254, db_index=True)
    # Its owner has typed another one: it opens the answer until that one has been used.
    former_email = models.EmailField(
        "adresse précédente", max_length=254, blank=True, editable=False
    )
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
    left_by = models.JSONField(
        "secondes personnes retirées", default=list, blank=True, editable=False
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
    # Of one column, so that an index serves the order of every list, and that drafts
    # stand at the same place on both databases.
    dated_at = models.GeneratedField(
        expression=Coalesce("sent_at", "created_at"),
        output_field=models.DateTimeField(),
        db_persist=True,
        verbose_name="envoyée ou commencée le",
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    email_confirmed_at = models.DateTimeField(
        "adresse confirmée le", null=True, blank=True, editable=False
    )
    # Its owner has said that this answer is not theirs.
    contested_at = models.DateTimeField(
        "adresse contestée le", null=True, blank=True, editable=False
    )
    claimed_at = models.DateTimeField(
        "rattachée à une personne connue le", null=True, blank=True, editable=False
    )
    editable_until = models.DateTimeField(
        "modifiable jusqu’au",
        null=True,
        blank=True,
        help_text="Rouvre cette seule réponse, quelle que soit la clôture.",
    )
    # An organiser noted it, dictated by telephone or received on paper.
    typed_by = models.ForeignKey(
        "assises.User",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="saisie par",
    )
    asked_to_present_at = models.DateTimeField(
        "invitée à présenter le", null=True, blank=True, editable=False
    )
    declined_to_present_at = models.DateTimeField(
        "présentation déclinée le", null=True, blank=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1)
    typed = models.JSONField("saisie", default=dict, blank=True, editable=False)
    # What lists show and search of it, sent or not.
    structure_name = models.TextField(
        "nom de la structure", max_length=120, editable=False, blank=True
    )
    person = models.TextField("personne", max_length=401, editable=False, blank=True)
    # Each begins with what its list is sorted by: the title, the name of the structure.
    search_text = models.TextField(editable=False, blank=True)
    people_text = models.TextField(editable=False, blank=True)

    objects = PeersManager.from_queryset(ApplicationQuerySet)()

    class Meta:
        verbose_name = "réponse"
        verbose_name_plural = "réponses"
        indexes = [
            models.Index(fields=["-dated_at", "-id"], name="submissions_newest_first")
        ]
        constraints = CONSTRAINTS

    def __str__(self):
        return self.title or f"Réponse {self.reference}"

    @property
    def reference(self):
        """The key as people read it: « K7QF-2M9X »."""
        return f"{self.key[:4]}-{self.key[4:]}"

    def is_owned_by(self, applicant):
        """Say of this answer what :meth:`ApplicationQuerySet.owned_by` says of many."""
        if self.key in applicant.started and self.claimed_at is None:
            return True
        if self.is_confirmed and self.email == applicant.email:
            return True
        return bool(self.former_email) and self.former_email == applicant.email

    def is_seconded_by(self, applicant):
        """Say whether ``applicant`` is the second contact."""
        second = self.second_contact
        return second is not None and second.email == applicant.email

    def digest_of(self, email):
        """Return what ``left_by`` keeps of a second contact who has left."""
        return hashlib.sha256(f"{self.key}:{email}".encode()).hexdigest()[:32]

    def was_left_by(self, email):
        """Say whether the second contact of this address has taken leave of the answer."""
        return self.digest_of(email) in self.left_by

    @property
    def is_action(self):
        return self.kind in {Kind.DECLARE, Kind.PROPOSE}

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_sent(self):
        return self.state == self.State.SENT

    @property
    def is_withdrawn(self):
        return self.state == self.State.WITHDRAWN

    @property
    def is_confirmed(self):
        """Say whether the owner of this address has used the link of this very answer."""
        return self.email_confirmed_at is not None

    @property
    def address_state(self):
        """What organisers read of the address."""
        if self.contested_at:
            return "contestée"
        return "confirmée" if self.is_confirmed else "non confirmée"

    @property
    def is_declared(self):
        """Say what :meth:`ApplicationQuerySet.declared` says, of this answer."""
        return self.is_sent and self.kind == Kind.DECLARE

    @property
    def is_asked_to_present(self):
        """Say whether the committee awaits an answer, whatever the state and the day."""
        return self.kind == Kind.DECLARE and self.offer_stands

    @property
    def has_declined_to_present(self):
        """Say what :meth:`ApplicationQuerySet.declined_to_present` says, of this answer."""
        return self.is_declared and self.declined_to_present_at is not None

    @property
    def offer_stands(self):
        """Say whether the committee asked, and the bearer did not say no."""
        return self.asked_to_present_at is not None and not self.declined_to_present_at

    def may_accept(self, at):
        """Say what :meth:`ApplicationQuerySet.may_accept` says, of this answer."""
        return self.is_sent and self.is_asked_to_present and at < self.offer_ends_at()

    def offer_ends_at(self):
        """Return from when the bearer may no longer say yes: the answer closes, or the
        Assises have come."""
        return min(self.editable_until, self.edition.comes_at())

    def closes_at(self):
        """Return the instant from which this answer can no longer be changed."""
        closing = self.edition.closing(self.kind)
        return max(closing, self.editable_until) if self.editable_until else closing

    def is_changeable(self, at):
        """Say what :meth:`ApplicationQuerySet.open_for_changes` says, of this one row."""
        if self.editable_until and self.editable_until > at:
            return True
        return self.edition.is_open(at, self.kind) or (
            self.is_draft and self.edition.is_in_grace(at, self.kind)
        )

    @property
    def picked(self):
        """The structure that was picked in the list, or ``None``."""
        return self.structure if self.structure_picked else None

    @property
    def described(self):
        """The structure that was described here, or ``None``: it may go with the answer."""
        return None if self.structure_picked else self.structure

    @property
    def is_by_an_individual(self):
        return self.said("structure", "kind") == Structure.Kind.INDIVIDUAL

    @property
    def is_to_be_published(self):
        """Say whether its person agrees to publish it, sent or not."""
        return bool(self.typed.get("public", {}).get("publishes"))

    def said(self, step, name):
        """Return the line typed in one field, as the form will read it, or nothing."""
        texts = self.typed.get(step, {}).get(name, [])
        return text.in_one_line(text.clean(texts[0])) if texts else ""

    def type(self, step, texts):
        """Take ``texts``, name → texts, as typed in ``step``, beside what else is there."""
        before = self.typed.get(step, {})
        self.typed = {**self.typed, step: {**before, **texts}}

    def repeat_typed(self):
        """Set the columns that repeat what is typed: lists show, sort and search them."""
        of_contact, of_action = (
            partial(self.said, "contact"),
            partial(self.said, "action"),
        )
        person = f"{of_contact('first_name')} {of_contact('last_name')}".strip()
        name = self.said("structure", "name")
        self.title = of_action("title")[:100]
        self.structure_name = name[:120]
        self.person = person[:401]
        self.search_text, self.people_text = found_by(self)
