"""How does one step of the form show what was typed, and check it?"""

from copy import copy
from functools import partial

from assises.forms import posted_texts
from assises.forms.base import BaseForm
from assises.forms.layout import Details
from submissions.answering.choice_lists import ChoiceLists
from submissions.questions.index import of_step


class LightFields(dict):
    """The fields of a form class. A form of them changes what a field and its widget
    are given, and nothing inside of it: copied deep, they would be half of making one."""

    def __deepcopy__(self, memo):
        fields = {name: copy(field) for name, field in self.items()}
        for field in fields.values():
            field.widget = copy(field.widget)
        return fields


def asks(slug):
    """Give a form class the questions of the step ``slug``."""

    def give(form_class):
        form_class.questions = of_step(slug)
        form_class.base_fields = LightFields(
            {q.name: q.field for q in form_class.questions}
        )
        return form_class

    return give


class StepForm(BaseForm):
    """One step, bound to what was typed in it.

    ``locked``: the structure belongs to others too; ``own``: who types is who answered,
    and not the second contact.
    """

    questions = ()

    def __init__(
        self, data=None, *, application, lists=None, locked=False, own=True, **options
    ):
        self.application = application
        self.lists = lists or ChoiceLists()
        self.locked = locked
        self.own = own
        needed = [q.name for q in self.questions if application.kind in q.needed]
        super().__init__(data, needed=needed, auto_id="id_%s", **options)
        for question in self.questions:
            if application.kind not in question.asked:
                del self.fields[question.name]
            elif question.vocabulary:
                choices = partial(self.lists.of, question.vocabulary)
                self.fields[question.name].choices = choices
        self.adapt()

    def adapt(self):
        """Fit fields and choices to the answer; called once they exist."""

    def layout(self):
        return self.fold(self.fields)

    def fold(self, names, *groups):
        """Lay out what is needed of ``names``; the rest, and ``groups``, is folded."""
        main = [name for name in names if self.is_in_sight(name)]
        rest = [name for name in names if not self.is_in_sight(name)]
        return [*main, Details("Ajouter des précisions", *rest, *groups)]

    def is_in_sight(self, name):
        """Say whether the question ``name`` is shown unfolded."""
        return self.fields[name].needed

    def is_relevant(self, name):
        """Say whether an answer to ``name`` means anything beside the others."""
        return name in self.fields

    @property
    def shown(self):
        """The questions that this form asks."""
        return [question for question in self.questions if question.name in self.fields]

    def kept(self):
        """Return what came for each question, name → texts, less what is too much to
        keep: it is shown again."""
        return posted_texts.less_huge(
            {q.name: q.texts_in(self.data) for q in self.shown}
        )

    def too_much(self):
        """Say whether something came that is too much to keep."""
        return len(self.kept()) < len(self.fields)

    def cleaned_texts(self):
        """Return the valid answers as they are read back, name → texts."""
        return {
            question.name: question.texts_of(self.cleaned_data[question.name])
            for question in self.shown
            if question.name in self.cleaned_data
        }
