"""Which columns has each export? Headers, and what each writes of a row.

Its type says what a cell is: text, number or instant; ``None`` leaves it empty.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from assises.forms.fields import ChoiceField, PhoneField, ProseField, TickField
from assises.forms.identifiers import SiretField
from assises.french import phones
from committee.models import Decision
from submissions.questions.index import QUESTIONS

# Between several words of one cell: their labels have commas of their own, and a
# spreadsheet splits on this character as it is typed.
BETWEEN = "; "
NARROW, USUAL, WIDE, PROSE = 14, 24, 40, 60
# From this limit on, in characters, a text of one line gets a wide column.
LONG = 100


class Column(NamedTuple):
    header: str
    value: Callable
    width: int = USUAL


def _asked(*names):
    """Return one column per question of the form: its words, its answer."""
    return [_asked_column(QUESTIONS[name]) for name in names]


def _asked_column(question):
    write = _writer_of(question.field)

    def value(row):
        if question.vocabulary:
            return BETWEEN.join(row.labels[question.vocabulary])
        owner = getattr(row, question.owner.value) if question.owner.value else row
        kept = getattr(owner, question.column) if owner else None
        return write(kept) if kept else None

    return Column(question.header, value, _width_of(question.field))


def _width_of(field):
    if isinstance(field, ProseField):
        return PROSE
    return WIDE if (getattr(field, "limit", 0) or 0) >= LONG else USUAL


def _writer_of(field):
    """Return what writes the value that ``field`` has given."""
    match field:
        case TickField():
            return lambda ticked: "oui"
        case SiretField():
            return _grouped
        case PhoneField():
            return spoken_plainly
        case ChoiceField() if field.choices:
            labels = dict(field.choices)
            return lambda code: labels.get(code, code)
    return field.prepare_value


def spoken_plainly(number):
    """Write a telephone number with plain spaces, as one looks for it."""
    return phones.spoken(number).replace("\u202f", " ")


def _grouped(siret):
    """Write a SIRET in groups: fourteen digits in a row become 3,6E+13."""
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"


def _places(answer):
    """Write where an action takes place."""
    if answer.whole_territory:
        return "Tout le territoire"
    return BETWEEN.join(answer.places)


# Of what the rows are about: an answer, or a person.
REFERENCE = Column("Dossier", attrgetter("reference"), NARROW)
SEAT = Column("Siège", attrgetter("structure.seat_label"))
EMAIL = Column("Adresse électronique", attrgetter("contact.email"), WIDE)
PLACES = Column("Communes", _places, WIDE)
MORNING = ("presenters", "minors", "equipment", "availability")
# Of what the committee makes of a proposal.
RANK = Column("Rang", attrgetter("standing.rank"), NARROW)
MEAN = Column("Moyenne sur 3", attrgetter("standing.mean"), NARROW)
COUNT = Column("Évaluations", attrgetter("standing.handed_in"), NARROW)
MINUTES = Column("Minutes", attrgetter("minutes"), NARROW)
REASON = Column("Motif communiqué", attrgetter("reason"), PROSE)

# Rows are candidacies with their words, ``labels`` and ``places``, and their decision.
SELECTED = [
    RANK,
    REFERENCE,
    *_asked("name", "title", "kind", "unit", "pitch"),
    *_asked("first_name", "last_name", "function"),
    EMAIL,
    *_asked("phone"),
    *_asked("second_first_name", "second_last_name", "second_email", "second_phone"),
    PLACES,
    *_asked("axes", "themes", "audiences"),
    MINUTES,
    *_asked(*MORNING),
    MEAN,
    COUNT,
    REASON,
]

# Rows are answers with their words, ``labels`` and ``places``.
ANSWERS = [
    REFERENCE,
    Column("Façon de répondre", lambda answer: answer.get_kind_display()),
    Column("État", lambda answer: answer.get_state_display(), NARROW),
    Column("Envoyée le", attrgetter("sent_at")),
    Column("Saisie par", lambda answer: str(answer.typed_by or "")),
    *_asked("name", "title", "kind"),
    SEAT,
    *_asked("website", "about", "siret", "rna", "uai", "structure_correction", "unit"),
    *_asked("first_name", "last_name", "function", "status"),
    EMAIL,
    Column("Adresse confirmée", lambda answer: "oui" if answer.is_confirmed else ""),
    *_asked("phone", "second_first_name", "second_last_name", "second_function"),
    *_asked("second_email", "second_phone", "direction_informed"),
    *_asked("pitch", "description", "stage", "starts", "ends", "recurrent"),
    *_asked("axes", "themes", "formats", "audiences"),
    PLACES,
    *_asked("reach", "girls_share", "takeaway", "transferable", "minutes_wanted"),
    *_asked(*MORNING, "difficulty", "seeks", "offers", "publishes", "listed"),
    *_asked("shows_email", "on_shared_list", "keep_informed"),
]

# Rows are people in a structure, with the number of its ``answers``.
PEOPLE = [
    *_asked("name", "kind"),
    SEAT,
    *_asked("website"),
    Column("Réponses envoyées", attrgetter("answers"), NARROW),
    *_asked("first_name", "last_name", "function"),
    EMAIL,
    Column(
        "Adresse confirmée",
        lambda person: (
            "confirmée" if person.contact.email_confirmed_at else "non confirmée"
        ),
    ),
    *_asked("phone"),
]


def decision_columns(*, named):
    """Columns of candidacies with their decision.

    Reasons and notes may name people, like the structure of a person alone: they are for
    who is told names (``named``).
    """
    structure = "structure.name" if named else "structure.public_name"
    note = Column("Note de délibération", attrgetter("note"), PROSE)
    return [
        RANK,
        REFERENCE,
        Column("Structure", attrgetter(structure), WIDE),
        *_asked("title", "kind"),
        Column("Décision", lambda row: Decision.Outcome(row.outcome).label),
        MINUTES,
        MEAN,
        COUNT,
        *([REASON, note] if named else []),
        Column("Enregistrée le", attrgetter("decided_at")),
        *([Column("Enregistrée par", attrgetter("decider"))] if named else []),
        Column("Publiée le", attrgetter("published_at")),
    ]


def review_columns(criteria):
    """Columns of reviews with their ``marks``, one per criterion: nothing that tells one
    member from another, neither names nor instants."""
    return [
        Column("Dossier", attrgetter("application.reference"), NARROW),
        Column("Titre", attrgetter("application.title")),
        *(_marks_for(criterion) for criterion in criteria),
        Column("Moyenne sur 3", attrgetter("mean"), NARROW),
        Column("Commentaire", attrgetter("comment"), PROSE),
        Column("Suggestion pour la structure", attrgetter("suggestion"), PROSE),
    ]


def _marks_for(criterion):
    """Return the column of ``criterion``, empty for « ne se prononce pas »."""
    return Column(
        criterion.label, lambda review: review.marks.get(criterion.pk), NARROW
    )
