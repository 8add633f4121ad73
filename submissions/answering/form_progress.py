"""How far has somebody come in the form?"""

from typing import NamedTuple

from submissions.answering import lifecycle, steps
from submissions.answering.choice_lists import Words
from submissions.questions.question import Owner


class StepLine(NamedTuple):
    """One line of the list of steps; ``state`` is done, error, todo or unseen."""

    slug: str
    title: str
    state: str
    is_here: bool


class Progress:
    """The steps of one answer with their state, seen from the page ``here``."""

    def __init__(self, application, *, here, words=None, lacks=None):
        self.words = words or Words()
        self.application = application
        self.here = here
        if lacks is None:
            lacks = lifecycle.missing(application, words=self.words)
        self.lacking = {lack.step for lack in lacks}
        self.wrong = {lack.step for lack in lacks if lack.wrong}
        self.stages = [self.stage(step) for step in steps.path(application.kind)]

    def stage(self, step):
        return StepLine(step.slug, step.title, self.state(step), step.slug == self.here)

    def state(self, step):
        if step.slug in self.wrong:
            return "error"
        if step.slug in self.lacking:
            return "todo"
        return "done" if self.is_answered(step) else "unseen"

    def is_answered(self, step):
        """Say whether a step that lacks nothing was filled, or saved as it stands.

        A step that needs nothing is complete before anybody has opened it.
        """
        if any(self.application.kind in q.needed for q in step.form.questions):
            return True
        typed = self.application.typed.get(step.slug, {})
        own = (q.name for q in step.form.questions if q.owner is Owner.ANSWER)
        return any(name in typed for name in own)

    @property
    def total(self):
        return len(self.stages)

    @property
    def number(self):
        """The number of the current step, or ``None`` on the check page."""
        slugs = [stage.slug for stage in self.stages]
        return slugs.index(self.here) + 1 if self.here in slugs else None
