"""Which columns has each export?"""

from functools import partial

from assises.models import Contact, Kind, Structure, Term
from committee.exports.columns import (
    Column,
    Nature,
    label_of_choice,
    name_of,
    phone,
    places,
    reads,
    siret,
    spoken_period,
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
REFERENCE = Short("Dossier", reads("reference"))
STRUCTURE = Column("Structure", reads("structure.name"), width=36)
PUBLIC_STRUCTURE = Column("Structure", reads("structure.public_name"), width=36)
KIND = Column("Type de structure", label_of_choice("structure.kind", Structure.Kind))
SEAT = Column("Siège", reads("structure.seat_label"))
WEBSITE = Column("Site internet", reads("structure.website"), width=30)
UNIT = Column("Service, laboratoire, club ou classe", reads("unit"))
CONTACT = Column("Contact", name_of("contact"))
FUNCTION = Column("Fonction", reads("contact.function"))
EMAIL = Column("Adresse électronique", reads("contact.email"), width=30)
PHONE = Short("Téléphone", phone("contact.phone"))
SECOND = Column("Second contact", name_of("second_contact"))
SECOND_EMAIL = Column(
    "Adresse du second contact", reads("second_contact.email"), width=30
)
SECOND_PHONE = Short("Téléphone du second contact", phone("second_contact.phone"))
TITLE = Column("Titre", reads("title"), width=44)
PITCH = Prose("En une phrase", reads("pitch"))
PLACES = Column("Communes", places, width=30)
AXES = Column("Axes", terms(Vocabulary.AXIS), width=30)
THEMES = Column("Thèmes", terms(Vocabulary.THEME), width=30)
AUDIENCES = Column("Publics", terms(Vocabulary.AUDIENCE), width=30)
MORNING = [
    Column("Qui présentera", reads("presenters"), width=30),
    Column("Élèves ou jeunes présents", reads("minors")),
    Column("Matériel nécessaire", reads("equipment"), width=30),
    Column(
        "Présence le matin des Assises",
        label_of_choice("availability", Application.Availability),
    ),
]
# Of what the committee makes of a proposal.
RANK = Number("Rang", reads("rank"))
MEAN = Number("Moyenne", reads("summary.mean"))
COUNT = Number("Évaluations", reads("summary.count"))
MINUTES = Number("Minutes", reads("minutes"))
REASON = Prose("Motif communiqué", reads("reason"))
NOTE = Prose("Note de délibération", reads("note"))

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
    Column("Porte", label_of_choice("kind", Kind)),
    Short("État", label_of_choice("state", Application.State)),
    Instant("Envoyée le", reads("sent_at")),
    STRUCTURE,
    KIND,
    SEAT,
    WEBSITE,
    Prose("Présentation de la structure", reads("structure.about")),
    Column("SIRET", siret("structure.siret")),
    Short("RNA", reads("structure.rna")),
    Short("UAI", reads("structure.uai")),
    Column("Correction signalée", reads("structure_correction")),
    UNIT,
    CONTACT,
    FUNCTION,
    Column("Statut", label_of_choice("contact.status", Contact.Status)),
    EMAIL,
    PHONE,
    SECOND,
    Column("Fonction du second contact", reads("second_contact.function")),
    SECOND_EMAIL,
    SECOND_PHONE,
    Short("Direction informée", ticked("direction_informed")),
    TITLE,
    PITCH,
    Prose("Description", reads("description")),
    Short("Où en est l’action", label_of_choice("stage", Application.Stage)),
    Short("Début", spoken_period("starts")),
    Short("Fin", spoken_period("ends")),
    Short("Revient chaque année", ticked("recurrent")),
    AXES,
    THEMES,
    Column("Formats", terms(Vocabulary.FORMAT), width=30),
    AUDIENCES,
    PLACES,
    Column("Personnes touchées par an", label_of_choice("reach", Application.Reach)),
    Column(
        "Part de filles ou de femmes",
        label_of_choice("girls_share", Application.GirlsShare),
    ),
    Prose("Ce que l’on en retiendra", reads("takeaway")),
    Prose("Ce qui peut être repris", reads("transferable")),
    Number("Durée souhaitée (minutes)", reads("minutes_wanted")),
    *MORNING,
    Prose("Difficulté à travailler l’après-midi", reads("difficulty")),
    Prose("Ce que la structure cherche", reads("seeks")),
    Prose("Ce que la structure propose", reads("offers")),
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
    Number("Réponses envoyées", reads("answers")),
    Column("Prénom", reads("contact.first_name")),
    Column("Nom", reads("contact.last_name")),
    FUNCTION,
    EMAIL,
    Short(
        "Adresse confirmée",
        ticked("contact.email_confirmed_at", yes="confirmée", no="non confirmée"),
    ),
    PHONE,
]


def decision_columns(*, named):
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
        Column("Décision", label_of_choice("outcome", Decision.Outcome)),
        MINUTES,
        MEAN,
        COUNT,
        *([REASON, NOTE] if named else []),
        Instant("Enregistrée le", reads("decided_at")),
        *([Column("Enregistrée par", reads("decider"))] if named else []),
        Instant("Publiée le", reads("published_at")),
    ]


def review_columns(criteria):
    """Columns of reviews with their ``marks``, one per criterion: nothing that tells one member from
    another, neither names nor instants."""
    return [
        Short("Dossier", reads("application.reference")),
        Column("Titre", reads("application.title"), width=44),
        *(Number(criterion.label, _mark_for(criterion)) for criterion in criteria),
        Number("Moyenne", reads("mean")),
        Prose("Commentaire", reads("comment")),
        Prose("Suggestion pour la structure", reads("suggestion")),
    ]


def _mark_for(criterion):
    """Return what reads the mark for ``criterion``: ``None`` for « ne se prononce pas »."""

    return lambda review: review.marks.get(criterion.pk)
