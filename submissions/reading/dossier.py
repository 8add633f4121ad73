"""How is an answer read on a page, and what has changed between two versions of it?"""

from contextlib import suppress
from functools import partial
from itertools import chain
from typing import NamedTuple

from django.core.exceptions import ValidationError

from assises.forms.base import Conflict
from assises.forms.fields import TextField, TickField
from submissions.answering import steps


class Row(NamedTuple):
    """One question and its answer in words; ``error`` says what to correct."""

    name: str
    label: str
    value: str
    error: str


class Difference(NamedTuple):
    """One question whose answer changed from one version to another, in words."""

    name: str
    label: str
    before: str
    after: str


class Section(NamedTuple):
    """One step; ``title`` speaks to who answers, ``heading`` to who reads."""

    slug: str
    title: str
    heading: str
    rows: list


def dossier_sections(application, *, lists=None, empty=True, content=None, forms=None):
    """Return the whole answer by step, with labels instead of codes.

    ``empty=False`` leaves out the optional questions that have no answer; ``content``
    is that of the snapshot to read in place of what is kept now. ``forms``, step → form,
    are those that the page has checked already.
    """
    read = partial(_step_rows, application, lists=lists, empty=empty, content=content)
    return [
        Section(step.slug, step.title, step.heading, read(step, known=forms or {}))
        for step in steps.path(application.kind)
    ]


def answered(sections):
    """Return ``sections`` less the questions without answer, unless one is to correct."""
    return [
        section._replace(rows=[row for row in section.rows if row.value or row.error])
        for section in sections
    ]


def unanswered(sections):
    """Return the rows of ``sections`` that hold nothing, in the order of the form."""
    rows = [row for section in sections for row in section.rows]
    return [row for row in rows if not row.value and not row.error]


def _step_rows(application, step, *, known, lists, empty, content):
    form = known.get(step.slug)
    if form is None or form.locked:
        # The consents of a picked structure are its own affair.
        locked = application.structure_picked and step.slug == "public"
        form = steps.typed_form(application, step, content, lists=lists, locked=locked)
    checked = application.is_draft and content is None
    rows = []
    for name, field in form.fields.items():
        said = spoken_answer(form, name) if form.is_relevant(name) else None
        if said or (said is not None and (empty or field.needed)):
            wrong = _wrong(form, name) if checked else ""
            rows.append(Row(name, field.label, said, wrong))
    return rows + _reported(application, step, content)


def _wrong(form, name):
    """Say what is wrong in an answer; that there is none is told elsewhere."""
    errors = form.errors.as_data().get(name, [])
    told = (error.messages for error in errors if error.code != "required")
    return " ".join(chain.from_iterable(told))


def _reported(application, step, content):
    """Return the row of the error that is reported about a picked structure, if one is."""
    if not application.structure_picked or step.slug != "structure":
        return []
    form = steps.typed_form(application, step, content, locked=True)
    name = "structure_correction"
    said = spoken_answer(form, name)
    return [Row(name, form.fields[name].label, said, "")] if said else []


def spoken_answer(form, name):
    """Return the answer to one question as a person would say it."""
    field, value = form.fields[name], form[name].value()
    if isinstance(field, TickField):
        return "Oui" if value else ""
    if hasattr(field, "choices"):
        labels = _flat(field.choices)
        chosen = value if isinstance(value, list | tuple) else [value]
        chosen = [str(code) for code in chosen if code]
        # In the order of the form, whatever the order the database gives.
        known = [label for code, label in labels.items() if code in chosen]
        return ", ".join(known + [code for code in chosen if code not in labels])
    return "" if value is None else str(value)


def differences(old, new, *, application, lists):
    """Return the :class:`Difference` list from snapshot ``old`` to ``new``, in the
    order of the form."""
    found = []
    for step in steps.path(application.kind):
        before = steps.typed_form(application, step, old.content, lists=lists)
        after = steps.typed_form(application, step, new.content, lists=lists)
        for name, field in after.fields.items():
            said = spoken_answer(before, name), spoken_answer(after, name)
            if said[0] != said[1]:
                found.append(Difference(name, field.label, *said))
    return found


def conflicts(form, stored, names):
    """Return the :class:`Conflict` list of what ``form`` and ``stored`` say otherwise."""
    return [
        Conflict(
            form.fields[name].label,
            stored=spoken_answer(stored, name),
            typed=spoken_answer(form, name),
        )
        for name in names
        if _meant(form, name) != _meant(stored, name)
    ]


def _meant(form, name):
    """Return what an answer means: « 0199001234 » and « 01 99 00 12 34 » are the same,
    whatever ends its lines."""
    if isinstance(form.fields[name], TextField):
        with suppress(ValidationError):
            return form.fields[name].clean(form[name].value())
    return spoken_answer(form, name).strip().splitlines()


def _flat(choices):
    """Return ``{code: label}`` of choices that may be grouped."""
    labels = {}
    for code, label in choices:
        labels |= (
            _flat(label) if isinstance(label, list | tuple) else {str(code): label}
        )
    return labels
