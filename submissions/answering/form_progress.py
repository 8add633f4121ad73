"""How far has somebody come in the form?"""

from typing import NamedTuple

from assises.french.dates import NBSP
from submissions.answering import lifecycle, steps
from submissions.questions.index import QUESTIONS


class Stage(NamedTuple):
    """A step of the form, its ``state``, and how many answers it lacks to be sent."""

    step: steps.Step
    state: str
    lacking: int


class Progress:
    """The steps of one answer, each with its state, seen from the page ``here``.

    ``number`` is that of the current step, the check page being the last of ``total``;
    ``left`` is the step before this one, ``lacking`` names what it lacks, once opened.
    """

    def __init__(self, application, *, here, lists=None, lacks=None):
        if lacks is None:
            lacks = lifecycle.missing(application, lists=lists)
        path = steps.path(application.kind)
        if not application.is_sent:
            path = [step for step in path if step.slug != steps.LAST]
        slugs = [step.slug for step in path]
        self.here = here
        self.total = len(path) + (not application.is_sent)
        position = slugs.index(here) if here in slugs else len(path)
        self.number = position + 1
        by_step = {
            step.slug: [lack for lack in lacks if lack.step == step.slug]
            for step in path
        }
        self.stages = [
            Stage(step, _state(lacking), len(lacking))
            for step, lacking in zip(path, by_step.values(), strict=True)
        ]
        self.left = path[position - 1] if here in slugs[1:] else None
        self.lacking = ""
        if self.left and self.left.slug in application.typed:
            fields = [QUESTIONS[lack.field].field for lack in by_step[self.left.slug]]
            self.lacking = ", ".join(f"«{NBSP}{field.label}{NBSP}»" for field in fields)


def _state(lacking):
    """Return ``done``, ``error`` or ``todo``."""
    if not lacking:
        return "done"
    return "error" if any(lack.wrong for lack in lacking) else "todo"
