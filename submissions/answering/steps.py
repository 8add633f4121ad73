"""Which steps does each door have, and which form serves each step?"""

import hashlib
import json
from typing import NamedTuple

from django.http import QueryDict

from assises.models import Kind
from submissions.forms.action import ActionForm, TerritoryForm
from submissions.forms.contact import ContactForm
from submissions.forms.morning import MorningForm
from submissions.forms.public import PublicForm
from submissions.forms.structure import StructureForm


class Step(NamedTuple):
    """``slug`` stands in the address, ``title`` speaks to who answers, ``heading`` to others."""

    slug: str
    title: str
    heading: str
    form: type


STEPS = {
    step.slug: step
    for step in (
        Step("structure", "Votre structure", "La structure", StructureForm),
        Step("contact", "Vous", "La personne qui répond", ContactForm),
        Step("action", "Votre action", "L’action", ActionForm),
        Step(
            "territoire",
            "Territoire et publics",
            "Le territoire et les publics",
            TerritoryForm,
        ),
        Step("matinee", "La matinée", "La matinée", MorningForm),
        Step(
            "public",
            "L’après-midi et ce qui sera public",
            "L’après-midi et la publication",
            PublicForm,
        ),
    )
}
PATHS = {
    Kind.PARTICIPATE: ("structure", "contact", "public"),
    Kind.DECLARE: ("structure", "contact", "action", "territoire", "public"),
    Kind.PROPOSE: ("structure", "contact", "action", "territoire", "matinee", "public"),
}


def path(kind):
    """Return the steps of a door, in order; the check page that follows has no number."""
    return [STEPS[slug] for slug in PATHS[kind]]


def asked_questions(application):
    """Return what the steps of ``application`` ask, in order."""
    return [q for step in path(application.kind) for q in step.form.questions]


def after(kind, slug):
    """Return the slug of the step after ``slug``, or ``None`` before the check page."""
    slugs = PATHS[kind]
    position = slugs.index(slug) + 1
    return slugs[position] if position < len(slugs) else None


def step_form(application, slug, data=None, **options):
    """Return the form of one step, as it was left.

    Without ``data``, what was typed and is not valid yet is shown again with its
    error. An answer already sent is asked everything at once (strict). ``options`` are
    those of :class:`submissions.forms.base.StepForm`.
    """
    form_class = STEPS[slug].form
    options |= {"application": application}
    kept = application.unfinished.get(slug)
    if data is None and kept:
        stored = form_class(None, **options)
        data = query({**stored.typed(), **kept})
    return form_class(data, strict=application.is_sent, **options)


def form_of(application, step, content, *, words=None, locked=False):
    """Return the form of one step as a snapshot of ``application`` tells it."""
    stored = content.get(step.slug, {})
    return step.form(
        None, application=application, words=words, locked=locked, stored=stored
    )


def query(typed):
    """Return ``typed``, name → list of texts, as a browser would have sent it."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def fingerprint(application, slug, **options):
    """Return a short digest of what is stored of one step.

    The page carries it, so that a save made from a stale page is noticed, and
    only when the very same step was changed meanwhile.
    """
    stored = STEPS[slug].form(None, application=application, **options)
    content = {**stored.typed(), **application.unfinished.get(slug, {})}
    return short_digest(json.dumps(content, sort_keys=True))


def short_digest(content):
    return hashlib.sha256(content.encode()).hexdigest()[:16]
