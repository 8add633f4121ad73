"""How does one step of the form read an answer, and write what is valid?"""

from assises.forms.base import BaseForm
from assises.forms.fields import SeveralField, TickField
from assises.french import text
from assises.models import Kind
from submissions.answering.choice_lists import Words

EVERYONE = frozenset(Kind)
ACTIONS = frozenset({Kind.DECLARE, Kind.PROPOSE})
MORNING = frozenset({Kind.PROPOSE})


class StepForm(BaseForm):
    """One step. Plain fields, because a step writes several tables.

    ``columns`` are the answer's own columns that bear the field's name, ``relations``
    the other ones that the step sets;
    ``needed_for`` says which doors need a field in the end. ``write`` stores
    whatever is valid, field by field: an invalid one never empties another.
    ``locked``: the structure belongs to others too; ``own``: who types is who answered,
    and not the second contact. ``stored`` are values to show in place of those of the
    tables: an earlier version.
    """

    columns = ()
    relations = ()
    needed_for = {}

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
            needed=self.needed_names(),
            strict=strict,
            auto_id="id_%s",
        )
        self.adapt()

    def adapt(self):
        """Fit fields and choices to the answer; called once they exist."""

    def needed_names(self):
        """Return the names of the fields that this answer's door needs."""
        return {
            name
            for name, kinds in self.needed_for.items()
            if self.application.kind in kinds
        }

    def read(self):
        """Return the stored values by field name, as the form shows them."""
        return {name: getattr(self.application, name) for name in self.columns}

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
        for name in self.columns:
            if name in self.cleaned_data:
                setattr(self.application, name, self.cleaned_data[name])
        return []

    def write_row(self, row, model, required, values):
        """Write ``values`` into ``row``, made once all ``required`` are there.

        Return the row, or ``None``, and the names that it cannot hold yet.
        """
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

    def valid(self, *names):
        """Return the valid values among ``names``."""
        return {
            name: self.cleaned_data[name] for name in names if name in self.cleaned_data
        }

    def write_terms(self, **vocabularies):
        """Replace the terms of each ``field=vocabulary`` whose field is valid."""
        chosen = {term.pk for term in self.application.terms.all()}
        for name, vocabulary in vocabularies.items():
            if name not in self.cleaned_data:
                continue
            chosen -= {t.pk for t in self.words.terms if t.vocabulary == vocabulary}
            chosen |= set(self.words.term_ids(vocabulary, self.cleaned_data[name]))
        if chosen != {term.pk for term in self.application.terms.all()}:
            self.application.terms.set(chosen)

    def read_terms(self, **vocabularies):
        """Return the codes of the answer's terms for each ``field=vocabulary``."""
        terms = self.application.terms.all() if self.application.pk else []
        return {
            name: sorted(term.code for term in terms if term.vocabulary == vocabulary)
            for name, vocabulary in vocabularies.items()
        }

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
