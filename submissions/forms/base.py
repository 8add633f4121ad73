"""How does one step of the form read an answer, and write what is valid?"""

from assises.forms.base import BaseForm
from assises.forms.fields import SeveralField, TickField
from assises.french import text
from submissions.answering import questions
from submissions.answering.choice_lists import Words
from submissions.answering.question import Owner


def asks(slug):
    """Give a form class the questions of the step ``slug``."""

    def give(form_class):
        form_class.questions = questions.of_step(slug)
        form_class.base_fields = {q.name: q.field for q in form_class.questions}
        return form_class

    return give


class StepForm(BaseForm):
    """One step. Plain fields, because a step writes several tables.

    ``relations`` are the columns of the answer that the step sets beside those that bear
    the name of a question. ``write`` stores
    whatever is valid, field by field: an invalid one never empties another.
    ``locked``: the structure belongs to others too; ``own``: who types is who answered,
    and not the second contact. ``stored`` are values to show in place of those of the
    tables: an earlier version.
    """

    questions = ()
    relations = ()

    def __init__(
        self,
        data=None,
        *,
        application,
        words=None,
        locked=False,
        own=True,
        strict=False,
        stored=None,
    ):
        self.application = application
        self.words = words or Words()
        self.locked = locked
        self.own = own
        super().__init__(
            data,
            initial=self.read() if stored is None else stored,
            needed=[q.name for q in self.questions if application.kind in q.needed],
            strict=strict,
            auto_id="id_%s",
        )
        for question in self.questions:
            if application.kind not in question.asked:
                del self.fields[question.name]
            elif question.vocabulary:
                choices = self.words.of(question.vocabulary)
                self.fields[question.name].choices = choices
        self.adapt()

    def adapt(self):
        """Fit fields and choices to the answer; called once they exist."""

    def columns(self):
        """Return the columns of the answer that this step sets."""
        own = [q.name for q in self.questions if q.owner is Owner.ANSWER]
        return [*own, *self.relations]

    def read(self):
        """Return the stored values by field name, as the form shows them."""
        values = {}
        for question in self.questions:
            if question.vocabulary:
                values[question.name] = self.read_terms(question.vocabulary)
            elif row := self.row_of(question.owner):
                values[question.name] = getattr(row, question.column)
        return values

    def row_of(self, owner):
        """Return the row that keeps what ``owner`` keeps, or ``None``."""
        if owner in {Owner.ANSWER, Owner.CHOSEN}:
            return self.application if owner is Owner.ANSWER else None
        return getattr(self.application, owner.value)

    def read_terms(self, vocabulary):
        """Return the codes of the answer's terms of ``vocabulary``."""
        terms = self.application.terms.all() if self.application.pk else []
        return sorted(term.code for term in terms if term.vocabulary == vocabulary)

    def absent(self, values):
        """Return the needed fields without any answer among ``values``."""
        return [
            name
            for name in self.fields
            if self.fields[name].needed and not values.get(name)
        ]

    def is_relevant(self, name):
        """Say whether an answer to ``name`` means anything beside the others."""
        return name in self.fields

    def write(self):
        """Set what is valid on the answer; return the fields that found no place yet."""
        for name, value in self.valid(Owner.ANSWER).items():
            setattr(self.application, name, value)
        self.write_terms()
        return []

    def write_row(self, owner, model, required, values):
        """Write ``values`` into the row of ``owner``, made once all ``required`` are there.

        Return the row, or ``None``, and the names that it cannot hold yet.
        """
        row = self.row_of(owner)
        empty = [name for name in required if not values.get(name)]
        if row is None and empty:
            return None, [name for name, value in values.items() if value]
        row = row or model()
        for name, value in values.items():
            if name not in empty:
                self.set_value(row, name, value)
        row.save()
        return row, [name for name in empty if name in values]

    def set_value(self, row, name, value):
        setattr(row, name, value)

    def valid(self, owner):
        """Return the valid values that ``owner`` keeps, by the names of its columns."""
        return {
            question.column: self.cleaned_data[question.name]
            for question in self.questions
            if question.owner is owner and question.name in self.cleaned_data
        }

    def write_terms(self):
        """Replace the terms of each vocabulary whose field is valid."""
        asked = [
            q for q in self.questions if q.vocabulary and q.name in self.cleaned_data
        ]
        if not asked:
            return
        before = {term.pk for term in self.application.terms.all()}
        replaced = {q.vocabulary for q in asked}
        chosen = before - {t.pk for t in self.words.terms if t.vocabulary in replaced}
        for question in asked:
            codes = self.cleaned_data[question.name]
            chosen |= set(self.words.term_ids(question.vocabulary, codes))
        if chosen != before:
            self.application.terms.set(chosen)

    def typed(self):
        """Return the stored values as a browser would send them: name → list of texts."""
        return {name: self.as_typed(name) for name in self.fields}

    def as_posted(self, name):
        """Return what a browser sent for ``name``, comparable with :meth:`typed`."""
        posted = [
            text.storable(value) for value in self.data.getlist(self.add_prefix(name))
        ]
        if isinstance(self.fields[name], TickField):
            return ["on"] if posted else []
        if isinstance(self.fields[name], SeveralField):
            return posted
        return posted or [""]

    def as_typed(self, name):
        value = self[name].value()
        if isinstance(self.fields[name], TickField):
            return ["on"] if value else []
        if isinstance(value, list | tuple):
            return [str(item) for item in value]
        return ["" if value is None else str(value)]
