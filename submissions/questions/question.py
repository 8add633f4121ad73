"""What is a question of the form: who answers it, who reads it, where the answer is kept?"""

from enum import Enum
from typing import NamedTuple

from django import forms

from assises.forms.fields import ProseField, SeveralField, TextField, TickField
from assises.french import text
from assises.models import Kind

EVERY_KIND = frozenset(Kind)
ACTIONS = frozenset({Kind.DECLARE, Kind.PROPOSE})
MORNING = frozenset({Kind.PROPOSE})


class Owner(Enum):
    """Which row keeps an answer: the attribute of the ``Application`` that leads to it.

    ``CHOSEN`` is none of them: the answer is a choice among other rows.
    """

    ANSWER = ""
    STRUCTURE = "structure"
    CONTACT = "contact"
    SECOND = "second_contact"
    CHOSEN = None


class Question(NamedTuple):
    """``needed``: the kinds of answer that cannot be sent without it; ``asked``: those that
    ask it, of all that go through its step. ``short`` is its label in a table.
    ``corrected``: organisers may mend the text. ``vocabulary``: of the terms it chooses.
    ``hidden_from_committee``: the committee does not read it.
    """

    name: str
    step: str
    field: forms.Field
    owner: Owner
    corrected: bool
    needed: frozenset = frozenset()
    asked: frozenset = EVERY_KIND
    short: str = ""
    hidden_from_committee: bool = False
    vocabulary: str = ""

    @property
    def column(self):
        """The attribute of its owner that keeps the answer."""
        return self.name.removeprefix("second_")

    @property
    def header(self):
        return self.short or self.field.label

    def texts_in(self, data):
        """Return what a browser sent for it, as a list of texts: so it is kept."""
        texts = [text.storable(sent) for sent in data.getlist(self.name)]
        if isinstance(self.field, TickField):
            return ["on"] if texts else []
        return texts if isinstance(self.field, SeveralField) else texts or [""]

    def texts_of(self, value):
        """Return what a browser would send for the stored ``value``."""
        if isinstance(self.field, TickField):
            return ["on"] if value else []
        if isinstance(value, list | tuple):
            return [str(code) for code in value]
        value = self.field.prepare_value(value)
        return ["" if value is None else str(value)]


def ask(name, field, label, *, step, **options):
    """Return the :class:`Question` ``name`` of ``step``, asked by a ``field`` of this class.

    ``options`` are those of both. What has several answers chooses among other rows;
    organisers may correct any text that the answer itself keeps.
    """
    own = {option: options.pop(option) for option in options.keys() & Question._fields}
    own.setdefault("owner", Owner.CHOSEN if field is SeveralField else Owner.ANSWER)
    is_text = field in {TextField, ProseField}
    own.setdefault("corrected", is_text and own["owner"] is Owner.ANSWER)
    return Question(name, step, field(label=label, **options), **own)
