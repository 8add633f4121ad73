"""What does the form ask? One entry per question: everything else reads it here.

A new question is one entry, one column (or one vocabulary), one migration: forms,
completeness, check page, exports and corrections follow.
"""

from assises.forms.fields import TextField
from submissions.questions.about_action import ABOUT_ACTION
from submissions.questions.about_people import ABOUT_PEOPLE

_ALL = (*ABOUT_PEOPLE, *ABOUT_ACTION)
QUESTIONS = {question.name: question for question in _ALL}


def of_step(slug):
    """Return the questions of the step ``slug``, in order."""
    return [question for question in _ALL if question.step == slug]


def needed_for(kind):
    """Return the names of what an answer of this ``kind`` cannot be sent without."""
    return {question.name for question in _ALL if kind in question.needed}


def kept_from_the_committee():
    """Return the names of what no judgement rests on: consents, how to reach people."""
    return {q.name for q in _ALL if q.hidden_from_committee}


def text_labels():
    """Return ``{name: label}`` of the texts that are typed in the form."""
    return {q.name: q.field.label for q in _ALL if isinstance(q.field, TextField)}
