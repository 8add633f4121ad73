"""Which steps does each kind of answer have, and which form serves each step?"""

import json
from typing import NamedTuple

from django.http import QueryDict
from django.utils.crypto import salted_hmac

from assises.models import Kind
from submissions.forms.action import ActionForm, MorningForm, TerritoryForm
from submissions.forms.contact import ContactForm
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


# The check page asks it besides, right above the button that sends.
LAST = "public"


def path(kind):
    """Return the steps of a kind of answer, in order; the check page follows."""
    return [STEPS[slug] for slug in PATHS[kind]]


def asked_questions(application):
    """Return what the steps of ``application`` ask, in order."""
    return [q for step in path(application.kind) for q in step.form.questions]


def after(kind, slug):
    """Return the slug of the step after ``slug``, or ``None`` before the check page."""
    following = (*PATHS[kind], LAST)[PATHS[kind].index(slug) + 1]
    return None if following == LAST else following


def step_form(application, slug, data=None, **options):
    """Return the form of one step, with ``data`` or as it was left.

    A step never saved is empty, and shows no error. An answer already sent is asked
    everything at once (strict). ``options`` are those of
    :class:`submissions.forms.base.StepForm`.
    """
    if data is None and slug in application.typed:
        data = query(application.typed[slug])
    options = {"strict": application.is_sent} | options
    return STEPS[slug].form(data, application=application, **options)


def typed_form(application, step, content=None, **options):
    """Return the form of ``step``, saved or not, bound to what is typed in it now, or to
    the ``content`` of a snapshot."""
    typed = (application.typed if content is None else content).get(step.slug, {})
    return step.form(query(typed), application=application, **options)


def query(typed):
    """Return ``typed``, name → list of texts, as a browser would have sent it."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def fingerprint(application, *slugs):
    """Return a short digest of what is kept of these steps.

    The page carries it, so that a save made from a stale page is noticed, and only when
    the very same step was changed meanwhile. Keyed: it lets guess no consent.
    """
    kept = [application.typed.get(slug, {}) for slug in slugs]
    content = json.dumps(kept, sort_keys=True)
    digest = salted_hmac("submissions.steps", content, algorithm="sha256")
    return digest.hexdigest()[:16]
