"""What has changed between two versions of an answer?"""

from typing import NamedTuple

from submissions.answering import steps
from submissions.answering.choice_lists import Words
from submissions.reading import dossier


class Difference(NamedTuple):
    """One question whose answer changed, in words."""

    name: str
    label: str
    before: str
    after: str


def between(old, new, *, application, words=None):
    """Return the :class:`Difference` list from snapshot ``old`` to ``new``, in the
    order of the form."""
    words = words or Words()
    return [
        difference
        for step in steps.path(application.kind)
        for difference in _of_forms(
            dossier.form_of(application, step, old.content, words=words),
            dossier.form_of(application, step, new.content, words=words),
        )
    ]


def _of_forms(before, after):
    spoken = dossier.spoken_answer
    return [
        Difference(name, field.label, spoken(before, name), spoken(after, name))
        for name, field in after.fields.items()
        if spoken(before, name) != spoken(after, name)
    ]
