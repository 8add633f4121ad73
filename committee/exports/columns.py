"""How is one column of an export described: header, value, nature?"""

from collections.abc import Callable
from enum import Enum
from operator import attrgetter
from typing import NamedTuple

from assises.forms.fields import (
    ChoiceField,
    PeriodField,
    PhoneField,
    TickField,
    spoken_phone,
)
from assises.french import dates
from submissions.questions import QUESTIONS

# Between several words of one cell: their labels have commas of their own, and a
# spreadsheet splits on this sign as it is typed.
BETWEEN = "; "
YES = "oui"


class Nature(Enum):
    """``TEXT`` is all that people typed or chose; the others are ours."""

    TEXT = "text"
    NUMBER = "number"
    INSTANT = "instant"


class Column(NamedTuple):
    """``value`` takes a row; an empty cell is ``None`` or an empty text."""

    header: str
    value: Callable
    nature: Nature = Nature.TEXT
    width: int = 20


def reads(path):
    """Return what reads ``path`` (« structure.name ») from a row.

    Past a relation that is empty (``second_contact``) there is nothing: ``None``.
    """
    whole = attrgetter(path)
    if "." not in path:
        return whole
    owner = attrgetter(path.rpartition(".")[0])

    def value(row):
        return None if owner(row) is None else whole(row)

    return value


def name_of(path):
    """Return what writes the object at ``path`` by its name."""
    return _spoken_choice(path, str)


def _spoken_choice(path, say):
    """Return what writes the value at ``path`` by ``say``; nothing stays nothing."""
    read = reads(path)

    def value(row):
        return say(found) if (found := read(row)) else ""

    return value


def ticked(path, *, yes=YES, no=""):
    read = reads(path)

    def value(row):
        return yes if read(row) else no

    return value


def label_of_choice(path, choices):
    """Return what writes the label of the choice at ``path`` among the pairs ``choices``."""
    labels = dict(choices)
    return _spoken_choice(path, lambda code: labels.get(code, code))


def asked(name, **options):
    """Return the :class:`Column` of one question of the form: its words, its nature."""
    question = QUESTIONS[name]
    return Column(question.header, _answer_to(question), **options)


def _answer_to(question):
    """Return what writes the answer to ``question``."""
    if question.vocabulary:
        return _terms(question.vocabulary)
    path = ".".join(filter(None, [question.owner.value, question.column]))
    match question.field:
        case TickField():
            return ticked(path)
        case PhoneField():
            return _phone(path)
        case PeriodField():
            return _spoken_choice(path, dates.period)
        case ChoiceField() if question.field.choices:
            return label_of_choice(path, question.field.choices)
    return reads(path)


def _terms(vocabulary):
    """Return what writes the terms of ``vocabulary`` that an answer has chosen."""

    def value(answer):
        return BETWEEN.join(answer.labels[vocabulary])

    return value


def _phone(path):
    """Return what writes a telephone number with plain spaces, as one looks for it."""
    return _spoken_choice(
        path, lambda number: spoken_phone(number).replace("\u202f", " ")
    )


def siret(path):
    """Return what writes a SIRET in groups: fourteen digits in a row become 3,6E+13."""
    return _spoken_choice(
        path, lambda number: f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"
    )


def places(answer):
    """Write where an action takes place."""
    if answer.whole_territory:
        return "Tout le territoire"
    return BETWEEN.join(answer.places)
