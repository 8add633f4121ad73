"""Minimal valid objects, with traits for states and no random data."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from assises.models import (
    Commune,
    Contact,
    Edition,
    Guest,
    Invitation,
    Kind,
    Mail,
    Outreach,
    Page,
    Partner,
    Structure,
    Term,
    Territory,
    User,
)
from submissions.answering import steps, tables
from submissions.models import Application
from submissions.questions.index import QUESTIONS
from submissions.questions.question import Owner

# The call of the tests: 1 February to 31 May 2027 included, in Paris.
OPENS_AT = datetime(2027, 1, 31, 23, tzinfo=UTC)
CLOSES_AT = datetime(2027, 5, 31, 22, tzinfo=UTC)
INVENTORY_CLOSES_AT = datetime(2027, 9, 30, 22, tzinfo=UTC)
WHILE_OPEN = datetime(2027, 5, 12, 12, 32, tzinfo=UTC)
SENT_AT = WHILE_OPEN + timedelta(minutes=10)
HELD_ON = date(2027, 10, 21)
PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"equipe{n}@example.org")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Équipe {n}")
    is_staff = True
    password = factory.django.Password(PASSWORD)


class EditionFactory(DjangoModelFactory):
    class Meta:
        model = Edition
        django_get_or_create = ["slug"]

    title = "Assises de la culture scientifique et technique 2027"
    slug = "2027"
    territory = factory.LazyFunction(lambda: Territory.objects.get())
    is_current = True
    opens_at = OPENS_AT
    closes_at = CLOSES_AT
    inventory_closes_at = INVENTORY_CLOSES_AT
    reviews_due_on = factory.LazyAttribute(
        lambda edition: min(date(2027, 6, 30), edition.held_on)
    )
    results_on = factory.LazyAttribute(
        lambda edition: min(date(2027, 7, 5), edition.held_on)
    )
    held_on = HELD_ON
    venue = "Université d’Évry Paris-Saclay"
    contact_name = "Secrétariat des Assises"
    contact_email = "secretariat@example.org"
    contact_phone = "01 99 00 12 34"
    contact_hours = "du lundi au vendredi, de 9 h à 17 h"


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    edition = factory.SubFactory(EditionFactory)
    name = factory.Sequence(lambda n: f"Partenaire {n}")


class PageFactory(DjangoModelFactory):
    class Meta:
        model = Page

    slug = factory.Sequence(lambda n: f"page-{n}")
    title = factory.Sequence(lambda n: f"Page {n}")
    body = "## Titre\n\nUn paragraphe."


class StructureFactory(DjangoModelFactory):
    class Meta:
        model = Structure

    name = factory.Sequence(lambda n: f"Association Comète {n}")
    kind = Structure.Kind.ASSOCIATION
    seat = factory.LazyFunction(lambda: Commune.objects.get(pk="91228"))


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    structure = factory.SubFactory(StructureFactory)
    first_name = "Chloé"
    last_name = factory.Sequence(lambda n: f"Martin {n}")
    email = factory.Sequence(lambda n: f"porteuse{n}@example.org")


class InvitationFactory(DjangoModelFactory):
    """An invitation just prepared; ``sent`` has left, ``accepted`` was answered."""

    class Meta:
        model = Invitation

    edition = factory.SubFactory(EditionFactory)
    structure = factory.SubFactory(StructureFactory)
    contact = factory.LazyAttribute(
        lambda invitation: ContactFactory(structure=invitation.structure)
    )
    seats = 2
    prepared_at = SENT_AT

    class Params:
        sent = factory.Trait(state=Invitation.State.SENT, sent_at=SENT_AT)
        accepted = factory.Trait(
            state=Invitation.State.ACCEPTED, sent_at=SENT_AT, answered_at=SENT_AT
        )


class GuestFactory(DjangoModelFactory):
    class Meta:
        model = Guest

    invitation = factory.SubFactory(InvitationFactory, accepted=True)
    name = factory.Sequence(lambda n: f"Chloé Martin {n}")


class OutreachFactory(DjangoModelFactory):
    class Meta:
        model = Outreach

    edition = factory.SubFactory(EditionFactory)
    structure = factory.SubFactory(StructureFactory)
    changed_at = WHILE_OPEN


class ApplicationFactory(DjangoModelFactory):
    """A draft of the first kind; traits lead further."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    kind = Kind.PARTICIPATE
    email = factory.Sequence(lambda n: f"porteuse{n}@example.org")
    edition = factory.SubFactory(EditionFactory)
    created_at = WHILE_OPEN
    changed_at = WHILE_OPEN
    state = Application.State.DRAFT
    sent_at = factory.LazyAttribute(
        lambda answer: None if answer.state == "draft" else SENT_AT
    )

    class Params:
        complete = factory.Trait(
            structure=factory.SubFactory(StructureFactory),
            contact=factory.LazyAttribute(
                lambda application: ContactFactory(
                    structure=application.structure, email=application.email
                )
            ),
            direction_informed=True,
        )
        declared = factory.Trait(
            complete=True,
            kind=Kind.DECLARE,
            title=factory.Sequence(lambda n: f"Les petites mains de la robotique {n}"),
            pitch="Quinze enfants construisent chaque mercredi un robot utile au quartier.",
            stage=Application.Stage.RUNNING,
        )
        proposed = factory.Trait(
            declared=True,
            kind=Kind.PROPOSE,
            description="Un club du mercredi, accompagné par des étudiantes ingénieures.",
            takeaway="Comment tenir la mixité d’un club sur trois ans.",
            transferable="Le déroulé des séances et la liste du matériel.",
            presenters="Chloé Martin, animatrice",
            availability=Application.Availability.YES,
        )
        sent = factory.Trait(
            complete=True,
            state=Application.State.SENT,
        )

    @factory.post_generation
    def described(self, create, extracted, **kwargs):
        """Give an action what is required of it in other tables, and type it all."""
        if not create:
            return
        if self.is_action:
            if self.contact:
                self.contact.phone = "+33199001234"
                self.contact.save(update_fields=["phone"])
            self.terms.set(
                Term.objects.filter(
                    code__in=["innovation-pedagogique", "elementaire", "robotique"]
                )
            )
            self.communes.set(["91228", "91286"])
        if not self.typed:
            retype(self)


def typed_in(application):
    """Return what the tables of ``application`` say, step → field → texts."""
    typed = {step.slug: {} for step in steps.path(application.kind)}
    for question in QUESTIONS.values():
        if question.step in typed and application.kind in question.asked:
            value = _value_of(application, question)
            typed[question.step][question.name] = question.texts_of(value)
    return typed


def _value_of(application, question):
    if question.name == "known":
        return application.picked and application.picked.pk
    if question.name == "communes":
        return sorted(commune.pk for commune in application.communes.all())
    if question.vocabulary:
        terms = application.terms.filter(vocabulary=question.vocabulary)
        return sorted(term.code for term in terms)
    if question.owner is Owner.ANSWER:
        return getattr(application, question.column)
    row = getattr(application, question.owner.value)
    return row and tables.value_in(row, question.column)


def retype(application):
    """Let ``application`` say, as typed, what its tables say."""
    application.typed = typed_in(application)
    application.repeat_typed()
    application.save()


# The committee asks after the call has closed, and gives two weeks.
ASKED_AT = datetime(2027, 6, 10, 10, tzinfo=UTC)
ASKED_UNTIL = datetime(2027, 6, 24, 22, tzinfo=UTC)


def declared_action(*, phone="", asked=False, **values):
    """Return an action that was declared and sent; ``asked``: to be presented."""
    if asked:
        values |= {"asked_to_present_at": ASKED_AT, "editable_until": ASKED_UNTIL}
    application = ApplicationFactory(declared=True, sent=True, **values)
    application.contact.phone = phone
    application.contact.save(update_fields=["phone"])
    retype(application)
    return application


class MailFactory(DjangoModelFactory):
    class Meta:
        model = Mail

    kind = "application_received"
    address = "porteuse@example.org"
    subject = "Votre réponse est bien reçue"
    body = "Bonjour,\n"
    message_id = factory.Sequence(lambda n: f"<{n}@example.org>")
    created_at = WHILE_OPEN
    due_at = WHILE_OPEN
