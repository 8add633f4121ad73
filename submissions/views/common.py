"""What do the pages of the form share: finding the answer, keeping typed text?"""

import logging
from functools import wraps

from django.db import DatabaseError
from django.http import Http404
from django.shortcuts import render

from assises.context import SiteAlone
from assises.forms.fields import TextField
from submissions import steps
from submissions.models import Application, normalise_key
from submissions.words import Words, pickable

logger = logging.getLogger(__name__)

PLUMBING = {"csrfmiddlewaretoken", "seen", "start_key"}


def find(request, key, *, own=False):
    """Return the answer ``key`` if this applicant may edit it; unknown and foreign: 404.

    ``own`` leaves out the second contact, who neither withdraws nor deletes.
    """
    answers = Application.objects
    answers = answers.owned_by if own else answers.editable_by
    application = (
        answers(request.applicant)
        .filter(key=normalise_key(key))
        .select_related("edition", "structure__seat", "contact", "second_contact")
        .prefetch_related("terms", "communes")
        .first()
    )
    if application is None:
        raise Http404("no such answer for this applicant")
    return application


def is_own(application, applicant):
    """Say whether the applicant began this answer, rather than being its second contact."""
    return application.key in applicant.started or application.email == applicant.email


def words_for(request):
    """Return the lists to choose from, with the structures this applicant may pick."""
    return Words(pickable(request.applicant.email))


def is_locked(application, applicant):
    """Say whether the structure belongs to others too, and is read-only here.

    It is as soon as another answer, sent or of another address, bears it. A picked
    one opens only to the confirmed address that has described it.
    """
    if application.structure is None:
        return False
    columns = ("pk", "state", "email", "structure_picked")
    answers = list(application.structure.applications.values_list(*columns))
    described = any(
        email == applicant.email and not picked for _, _, email, picked in answers
    )
    if application.structure_picked and not described:
        return True
    return any(
        state != Application.State.DRAFT or email != application.email
        for pk, state, email, _ in answers
        if pk != application.pk
    )


def keeps_typed_text(view):
    """Show what was typed whenever a post cannot be taken: session over, database away."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return unsaved(request, "lost", status=404)
        except DatabaseError:
            logger.exception("a post could not be stored")
            request.site = SiteAlone()
            return unsaved(request, "database", status=503)

    return wrapper


def unsaved(request, reason, *, status):
    """Show the texts of a post that was not stored, to copy, and how to go on."""
    return render(
        request,
        "submissions/unsaved.html",
        {"reason": reason, "typed": typed_texts(request.POST)},
        status=status,
    )


def typed_texts(data):
    """Return pairs of label and text for what was typed in ``data``."""
    labels = {
        name: field.label
        for step in steps.STEPS.values()
        for name, field in step.form.base_fields.items()
        if isinstance(field, TextField)
    }
    return [
        (labels.get(name, name), "\n".join(values))
        for name, values in data.lists()
        if name not in PLUMBING and any(values) and (name in labels)
    ]
