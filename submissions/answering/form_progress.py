"""How far has somebody come in the form?"""

from submissions.answering import lifecycle, steps
from submissions.questions.question import Owner


class Progress:
    """The steps of one answer, each with its state, seen from the page ``here``.

    ``number`` is that of the current step, ``None`` on the check page.
    """

    def __init__(self, application, *, here, lists=None, lacks=None):
        if lacks is None:
            lacks = lifecycle.missing(application, lists=lists)
        path = steps.path(application.kind)
        slugs = [step.slug for step in path]
        self.here = here
        self.number = slugs.index(here) + 1 if here in slugs else None
        self.stages = [(step, _state(step, application, lacks)) for step in path]


def _state(step, application, lacks):
    """Return ``done``, ``error``, ``todo`` or ``unseen``.

    A step that needs nothing is complete before anybody has opened it: it is done once
    saved as it stands.
    """
    lacking = [lack for lack in lacks if lack.step == step.slug]
    if lacking:
        return "error" if any(lack.wrong for lack in lacking) else "todo"
    if any(application.kind in question.needed for question in step.form.questions):
        return "done"
    own = {q.name for q in step.form.questions if q.owner is Owner.ANSWER}
    return "done" if own & application.typed.get(step.slug, {}).keys() else "unseen"
