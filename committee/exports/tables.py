"""Which columns has each export?"""

from functools import partial

from assises.models import Contact, Kind, Structure, Term
from committee.exports.columns import (
    Column,
    Nature,
    chosen,
    named,
    of,
    period,
    phone,
    places,
    siret,
    terms,
    ticked,
)
from submissions.models import Application

Vocabulary = Term.Vocabulary
Number = partial(Column, nature=Nature.NUMBER, width=12)
Instant = partial(Column, nature=Nature.INSTANT, width=17)
Prose = partial(Column, width=50)
Short = partial(Column, width=14)

# Rows are candidacies with their ``labels`` and ``places`` (their words, read apart),
# ``minutes`` and ``reason`` of the decision, ``rank`` and ``summary``.
SELECTED = [
    Number("Rang", of("rank")),
    Short("Dossier", of("reference")),
    Column("Structure", of("structure.name"), width=36),
    Column("Type de structure", chosen("structure.kind", Structure.Kind)),
    Column("Service, laboratoire, club ou classe", of("unit")),
    Column("Titre", of("title"), width=44),
    Prose("En une phrase", of("pitch")),
    Column("Contact", named("contact")),
    Column("Fonction", of("contact.function")),
    Column("Adresse électronique", of("contact.email"), width=30),
    Short("Téléphone", phone("contact.phone")),
    Column("Second contact", named("second_contact")),
    Column("Adresse du second contact", of("second_contact.email"), width=30),
    Short("Téléphone du second contact", phone("second_contact.phone")),
    Column("Communes", places, width=30),
    Column("Axes", terms(Vocabulary.AXIS), width=30),
    Column("Thèmes", terms(Vocabulary.THEME), width=30),
    Column("Publics", terms(Vocabulary.AUDIENCE), width=30),
    Number("Minutes", of("minutes")),
    Column("Qui présentera", of("presenters"), width=30),
    Column("Élèves ou jeunes présents", of("minors")),
    Column("Matériel nécessaire", of("equipment"), width=30),
    Column(
        "Présence le matin des Assises",
        chosen("availability", Application.Availability),
    ),
    Number("Moyenne", of("summary.mean")),
    Number("Évaluations", of("summary.count")),
    Prose("Motif communiqué", of("reason")),
]

# Rows are answers with their ``labels`` and ``places``.
ANSWERS = [
    Short("Dossier", of("reference")),
    Column("Porte", chosen("kind", Kind)),
    Short("État", chosen("state", Application.State)),
    Instant("Envoyée le", of("sent_at")),
    Column("Structure", of("structure.name"), width=36),
    Column("Type de structure", chosen("structure.kind", Structure.Kind)),
    Column("Siège", of("structure.seat_label")),
    Column("Site internet", of("structure.website")),
    Prose("Présentation de la structure", of("structure.about")),
    Column("SIRET", siret("structure.siret")),
    Short("RNA", of("structure.rna")),
    Short("UAI", of("structure.uai")),
    Column("Correction signalée", of("structure_correction")),
    Column("Service, laboratoire, club ou classe", of("unit")),
    Column("Contact", named("contact")),
    Column("Fonction", of("contact.function")),
    Column("Statut", chosen("contact.status", Contact.Status)),
    Column("Adresse électronique", of("contact.email"), width=30),
    Short("Téléphone", phone("contact.phone")),
    Column("Second contact", named("second_contact")),
    Column("Fonction du second contact", of("second_contact.function")),
    Column("Adresse du second contact", of("second_contact.email"), width=30),
    Short("Téléphone du second contact", phone("second_contact.phone")),
    Short("Direction informée", ticked("direction_informed")),
    Column("Titre", of("title"), width=44),
    Prose("En une phrase", of("pitch")),
    Prose("Description", of("description")),
    Short("Où en est l’action", chosen("stage", Application.Stage)),
    Short("Début", period("starts")),
    Short("Fin", period("ends")),
    Short("Revient chaque année", ticked("recurrent")),
    Column("Axes", terms(Vocabulary.AXIS), width=30),
    Column("Thèmes", terms(Vocabulary.THEME), width=30),
    Column("Formats", terms(Vocabulary.FORMAT), width=30),
    Column("Publics", terms(Vocabulary.AUDIENCE), width=30),
    Column("Communes", places, width=30),
    Column("Personnes touchées par an", chosen("reach", Application.Reach)),
    Column(
        "Part de filles ou de femmes", chosen("girls_share", Application.GirlsShare)
    ),
    Prose("Ce que l’on en retiendra", of("takeaway")),
    Prose("Ce qui peut être repris", of("transferable")),
    Number("Durée souhaitée (minutes)", of("minutes_wanted")),
    Column("Qui présentera", of("presenters"), width=30),
    Column("Élèves ou jeunes présents", of("minors")),
    Column("Matériel nécessaire", of("equipment"), width=30),
    Column(
        "Présence le matin des Assises",
        chosen("availability", Application.Availability),
    ),
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
    Column("Structure", of("structure.name"), width=36),
    Column("Type de structure", chosen("structure.kind", Structure.Kind)),
    Column("Siège", of("structure.seat_label")),
    Column("Site internet", of("structure.website"), width=30),
    Number("Réponses envoyées", of("answers")),
    Column("Prénom", of("contact.first_name")),
    Column("Nom", of("contact.last_name")),
    Column("Fonction", of("contact.function")),
    Column("Adresse électronique", of("contact.email"), width=30),
    Short(
        "Adresse confirmée",
        ticked("contact.email_confirmed_at", yes="confirmée", no="non confirmée"),
    ),
    Short("Téléphone", phone("contact.phone")),
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
