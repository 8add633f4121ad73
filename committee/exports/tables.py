"""Which columns has each export?"""

from functools import partial

from assises.models import Kind
from committee.exports.columns import (
    Column,
    Nature,
    asked,
    label_of_choice,
    name_of,
    places,
    reads,
    siret,
    ticked,
)
from committee.models import Decision
from submissions.models import Application

Number = partial(Column, nature=Nature.NUMBER, width=12)
Instant = partial(Column, nature=Nature.INSTANT, width=17)
Prose = partial(Column, width=60)
Short = partial(Column, width=14)
# Of one question of the form.
prose = partial(asked, width=60)
short = partial(asked, width=14)

# Of what the rows are about: an answer, or a person.
REFERENCE = Short("Dossier", reads("reference"))
STRUCTURE = asked("name", width=36)
PUBLIC_STRUCTURE = Column("Structure", reads("structure.public_name"), width=36)
KIND = asked("kind")
SEAT = Column("Siège", reads("structure.seat_label"))
WEBSITE = asked("website", width=30)
UNIT = asked("unit")
CONTACT = Column("Contact", name_of("contact"))
FUNCTION = asked("function")
EMAIL = Column("Adresse électronique", reads("contact.email"), width=30)
PHONE = short("phone")
SECOND = Column("Second contact", name_of("second_contact"))
SECOND_EMAIL = asked("second_email", width=30)
SECOND_PHONE = short("second_phone")
TITLE = asked("title", width=44)
PITCH = prose("pitch")
PLACES = Column("Communes", places, width=30)
AXES = asked("axes", width=30)
THEMES = asked("themes", width=30)
AUDIENCES = asked("audiences", width=30)
MORNING = [
    asked("presenters", width=30),
    asked("minors"),
    asked("equipment", width=30),
    asked("availability"),
]
# Of what the committee makes of a proposal.
RANK = Number("Rang", reads("standing.rank"))
MEAN = Number("Moyenne", reads("standing.mean"))
COUNT = Number("Évaluations", reads("standing.handed_in"))
MINUTES = Number("Minutes", reads("minutes"))
REASON = Prose("Motif communiqué", reads("reason"))
NOTE = Prose("Note de délibération", reads("note"))

# Rows are candidacies with their ``labels`` and ``places`` (their words, read apart),
# ``minutes`` and ``reason`` of the decision, ``standing``.
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
    Column("Porte", label_of_choice("kind", Kind.choices)),
    Short("État", label_of_choice("state", Application.State.choices)),
    Instant("Envoyée le", reads("sent_at")),
    STRUCTURE,
    KIND,
    SEAT,
    WEBSITE,
    prose("about"),
    Column("SIRET", siret("structure.siret")),
    short("rna"),
    short("uai"),
    asked("structure_correction"),
    UNIT,
    CONTACT,
    FUNCTION,
    asked("status"),
    EMAIL,
    PHONE,
    SECOND,
    asked("second_function"),
    SECOND_EMAIL,
    SECOND_PHONE,
    short("direction_informed"),
    TITLE,
    PITCH,
    prose("description"),
    short("stage"),
    short("starts"),
    short("ends"),
    short("recurrent"),
    AXES,
    THEMES,
    asked("formats", width=30),
    AUDIENCES,
    PLACES,
    asked("reach"),
    asked("girls_share"),
    prose("takeaway"),
    prose("transferable"),
    asked("minutes_wanted", nature=Nature.NUMBER, width=12),
    *MORNING,
    prose("difficulty"),
    prose("seeks"),
    prose("offers"),
    short("publishes"),
    short("listed"),
    short("shows_email"),
    short("on_shared_list"),
    short("keep_informed"),
]

# Rows are people in a structure, with the number of its ``answers``.
PEOPLE = [
    STRUCTURE,
    KIND,
    SEAT,
    WEBSITE,
    Number("Réponses envoyées", reads("answers")),
    asked("first_name"),
    asked("last_name"),
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
    ``note``, ``decided_at``, ``decider`` and ``published_at``, ``standing``.

    Reasons and notes may name people, like the structure of a person alone: they are for
    who is told names (``named``).
    """
    return [
        RANK,
        REFERENCE,
        TITLE,
        STRUCTURE if named else PUBLIC_STRUCTURE,
        KIND,
        Column("Décision", label_of_choice("outcome", Decision.Outcome.choices)),
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
