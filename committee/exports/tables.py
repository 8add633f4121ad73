"""Which columns has each export?"""

from functools import partial

from assises.models import Contact, Kind, Structure, Term
from committee.exports.columns import (
    Column,
    Nature,
    chosen,
    name_of,
    of,
    period,
    phone,
    places,
    siret,
    terms,
    ticked,
)
from committee.models import Decision
from submissions.models import Application

Vocabulary = Term.Vocabulary
Number = partial(Column, nature=Nature.NUMBER, width=12)
Instant = partial(Column, nature=Nature.INSTANT, width=17)
Prose = partial(Column, width=60)
Short = partial(Column, width=14)

# Of what the rows are about: an answer, or a person.
REFERENCE = Short("Dossier", of("reference"))
STRUCTURE = Column("Structure", of("structure.name"), width=36)
PUBLIC_STRUCTURE = Column("Structure", of("structure.public_name"), width=36)
KIND = Column("Type de structure", chosen("structure.kind", Structure.Kind))
SEAT = Column("Siège", of("structure.seat_label"))
WEBSITE = Column("Site internet", of("structure.website"), width=30)
UNIT = Column("Service, laboratoire, club ou classe", of("unit"))
CONTACT = Column("Contact", name_of("contact"))
FUNCTION = Column("Fonction", of("contact.function"))
EMAIL = Column("Adresse électronique", of("contact.email"), width=30)
PHONE = Short("Téléphone", phone("contact.phone"))
SECOND = Column("Second contact", name_of("second_contact"))
SECOND_EMAIL = Column("Adresse du second contact", of("second_contact.email"), width=30)
SECOND_PHONE = Short("Téléphone du second contact", phone("second_contact.phone"))
TITLE = Column("Titre", of("title"), width=44)
PITCH = Prose("En une phrase", of("pitch"))
PLACES = Column("Communes", places, width=30)
AXES = Column("Axes", terms(Vocabulary.AXIS), width=30)
THEMES = Column("Thèmes", terms(Vocabulary.THEME), width=30)
AUDIENCES = Column("Publics", terms(Vocabulary.AUDIENCE), width=30)
MORNING = [
    Column("Qui présentera", of("presenters"), width=30),
    Column("Élèves ou jeunes présents", of("minors")),
    Column("Matériel nécessaire", of("equipment"), width=30),
    Column(
        "Présence le matin des Assises",
        chosen("availability", Application.Availability),
    ),
]
# Of what the committee makes of a proposal.
RANK = Number("Rang", of("rank"))
MEAN = Number("Moyenne", of("summary.mean"))
COUNT = Number("Évaluations", of("summary.count"))
MINUTES = Number("Minutes", of("minutes"))
REASON = Prose("Motif communiqué", of("reason"))
NOTE = Prose("Note de délibération", of("note"))

# Rows are candidacies with their ``labels`` and ``places`` (their words, read apart),
# ``minutes`` and ``reason`` of the decision, ``rank`` and ``summary``.
SELECTED = [
    RANK,
    REFERENCE,
    STRUCTURE,
    KIND,
    UNIT,
    TITLE,
    PITCH,
    CONTACT,
    FUNCTION,
    EMAIL,
    PHONE,
    SECOND,
    SECOND_EMAIL,
    SECOND_PHONE,
    PLACES,
    AXES,
    THEMES,
    AUDIENCES,
    MINUTES,
    *MORNING,
    MEAN,
    COUNT,
    REASON,
]

# Rows are answers with their ``labels`` and ``places``.
ANSWERS = [
    REFERENCE,
    Column("Porte", chosen("kind", Kind)),
    Short("État", chosen("state", Application.State)),
    Instant("Envoyée le", of("sent_at")),
    STRUCTURE,
    KIND,
    SEAT,
    WEBSITE,
    Prose("Présentation de la structure", of("structure.about")),
    Column("SIRET", siret("structure.siret")),
    Short("RNA", of("structure.rna")),
    Short("UAI", of("structure.uai")),
    Column("Correction signalée", of("structure_correction")),
    UNIT,
    CONTACT,
    FUNCTION,
    Column("Statut", chosen("contact.status", Contact.Status)),
    EMAIL,
    PHONE,
    SECOND,
    Column("Fonction du second contact", of("second_contact.function")),
    SECOND_EMAIL,
    SECOND_PHONE,
    Short("Direction informée", ticked("direction_informed")),
    TITLE,
    PITCH,
    Prose("Description", of("description")),
    Short("Où en est l’action", chosen("stage", Application.Stage)),
    Short("Début", period("starts")),
    Short("Fin", period("ends")),
    Short("Revient chaque année", ticked("recurrent")),
    AXES,
    THEMES,
    Column("Formats", terms(Vocabulary.FORMAT), width=30),
    AUDIENCES,
    PLACES,
    Column("Personnes touchées par an", chosen("reach", Application.Reach)),
    Column(
        "Part de filles ou de femmes", chosen("girls_share", Application.GirlsShare)
    ),
    Prose("Ce que l’on en retiendra", of("takeaway")),
    Prose("Ce qui peut être repris", of("transferable")),
    Number("Durée souhaitée (minutes)", of("minutes_wanted")),
    *MORNING,
    Prose("Difficulté à travailler l’après-midi", of("difficulty")),
    Prose("Ce que la structure cherche", of("seeks")),
    Prose("Ce que la structure propose", of("offers")),
    Short("Paraît au catalogue", ticked("publishes")),
    Short("Structure dans l’annuaire", ticked("structure.listed")),
    Short("Adresse visible du public", ticked("contact.shows_email")),
    Short("Sur la liste remise aux participants", ticked("contact.on_shared_list")),
    Short("Souhaite les nouvelles", ticked("contact.keep_informed")),
]

# Rows are people in a structure, with the number of its ``answers``.
PEOPLE = [
    STRUCTURE,
    KIND,
    SEAT,
    WEBSITE,
    Number("Réponses envoyées", of("answers")),
    Column("Prénom", of("contact.first_name")),
    Column("Nom", of("contact.last_name")),
    FUNCTION,
    EMAIL,
    Short(
        "Adresse confirmée",
        ticked("contact.email_confirmed_at", yes="confirmée", no="non confirmée"),
    ),
    PHONE,
]


def decisions(*, named):
    """Columns of decisions: rows are candidacies with ``outcome``, ``minutes``, ``reason``,
    ``note``, ``decided_at``, ``decider`` and ``published_at``, ``rank`` and ``summary``.

    Reasons and notes may name people, like the structure of a person alone: they are for
    who is told names (``named``).
    """
    return [
        RANK,
        REFERENCE,
        TITLE,
        STRUCTURE if named else PUBLIC_STRUCTURE,
        KIND,
        Column("Décision", chosen("outcome", Decision.Outcome)),
        MINUTES,
        MEAN,
        COUNT,
        *([REASON, NOTE] if named else []),
        Instant("Enregistrée le", of("decided_at")),
        *([Column("Enregistrée par", of("decider"))] if named else []),
        Instant("Publiée le", of("published_at")),
    ]


def reviews(criteria):
    """Columns of reviews with their ``marks``, one per criterion: nothing that tells one member from
    another, neither names nor instants."""
    return [
        Short("Dossier", of("application.reference")),
        Column("Titre", of("application.title"), width=44),
        *(Number(criterion.label, mark_for(criterion)) for criterion in criteria),
        Number("Moyenne", of("mean")),
        Prose("Commentaire", of("comment")),
        Prose("Suggestion pour la structure", of("suggestion")),
    ]


def mark_for(criterion):
    """Return what reads the mark for ``criterion``: ``None`` for « ne se prononce pas »."""

    return lambda review: review.marks.get(criterion.pk)
