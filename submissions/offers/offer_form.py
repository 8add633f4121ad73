"""What does a declared action lack to be proposed for the morning? All of it on one page."""

import copy

from assises.models import Kind
from submissions.answering import steps
from submissions.answering.choice_lists import ChoiceLists
from submissions.questions.question import MORNING


class MorningOfferForm:
    """Parts of the steps, each asked, checked and written by the step's own form.

    What is asked is what the questions need of a proposal and not of a declaration:
    the steps that a declaration has not, whole; of the others, what is absent.
    ``application`` is the answer as it would be proposed; the one given stays as it is.
    ``own`` is false for the second contact, who changes nothing of another person.
    """

    def __init__(self, application, data=None, *, lists=None, own=True):
        self.application = copy.copy(application)
        self.application.kind = Kind.PROPOSE
        self.data, self.lists = data, lists or ChoiceLists()
        self.parts, self.left_to_owner, self.refusals = {}, [], []
        for step in steps.path(Kind.PROPOSE):
            self.add(step, own=own)

    def add(self, step, *, own):
        """Ask what ``step`` lacks."""
        options = {"lists": self.lists, "strict": True}
        form = step.form(self.data, application=self.application, **options)
        if step.slug in steps.PATHS[Kind.DECLARE]:
            absent = self.stored(step).errors.keys()
            typed = self.data or {}
            asked = [name for name in _added(step) if name in absent or name in typed]
            if step.slug == "contact" and not own:
                self.left_to_owner = [form.fields[name].label for name in asked]
                return
            form.fields = {name: form.fields[name] for name in asked}
        if form.fields:
            self.parts[step.slug] = form

    def stored(self, step):
        """Return the form of ``step`` as it is kept."""
        return steps.typed_form(self.application, step, lists=self.lists, strict=True)

    # What a page needs of any form.

    @property
    def is_bound(self):
        return self.data is not None

    @property
    def fields(self):
        return dict(
            pair for part in self.parts.values() for pair in part.fields.items()
        )

    @property
    def errors(self):
        found = {"__all__": self.refusals} if self.refusals else {}
        for part in self.parts.values():
            found |= part.errors
        return found

    def non_field_errors(self):
        return self.refusals

    def __getitem__(self, name):
        for part in self.parts.values():
            if name in part.fields:
                return part[name]
        raise KeyError(name)

    def is_valid(self):
        return not self.errors

    def altered(self):
        return [label for part in self.parts.values() for label in part.altered()]

    def shown(self):
        """Return pairs of a part and whether it lays itself out, in the order asked."""
        declared = steps.PATHS[Kind.DECLARE]
        return [(part, slug not in declared) for slug, part in self.parts.items()]

    def refuse(self, lacks):
        """Say beside its field, or above them all, what still keeps it from being proposed."""
        for lack in lacks:
            part = self.parts.get(lack.step)
            if part is not None and lack.field in part.fields:
                part.add_error(lack.field, lack.message)
            else:
                self.refusals.append(lack.message)

    # Two pages open at the same time.

    def fingerprint(self):
        """Return a short digest of what is kept of all that could be asked."""
        asked = [step.slug for step in steps.path(Kind.PROPOSE) if _added(step)]
        return steps.fingerprint(self.application, *asked)

    def beside_stored(self):
        """Return pairs of a part and the same part as it is stored."""
        return [
            (part, self.stored(steps.STEPS[slug])) for slug, part in self.parts.items()
        ]


def _added(step):
    """Return the names of what ``step`` needs of a proposal and not of a declaration."""
    return [q.name for q in step.form.questions if q.needed == MORNING]
