"""What do the pages of the form share: finding the answer, keeping typed text?"""

import logging
from functools import wraps

from django.db import DatabaseError
from django.http import Http404
from django.shortcuts import render

from assises.forms import posted_texts
from assises.web.site_context import SiteAlone
from submissions.answering.choice_lists import Words, pickable
from submissions.models import Application, normalise_key

logger = logging.getLogger(__name__)


def find_answer(request, key, *, own=False):
    """Return the answer ``key`` if this applicant may edit it; unknown and foreign: 404.

    ``own`` leaves out the second contact, who decides nothing for who answered.
    """
    answers = Application.objects
    answers = answers.owned_by if own else answers.editable_by
    application = (
        answers(request.applicant)
        .filter(key=normalise_key(key))
        .select_related("edition", "structure__seat", "contact", "second_contact")
        .first()
    )
    if application is None:
        raise Http404("no such answer for this applicant")
    return application


def words_for(request):
    """Return the lists to choose from, with the structures this applicant may pick."""
    return Words(pickable(request.applicant.email))


def keeps_typed_text(view):
    """Show what was typed whenever a post cannot be taken: session over, database away."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return typed_unsaved(request, "lost", status=404)
        except DatabaseError:
            logger.exception("a post could not be stored")
            request.site = SiteAlone()
            return typed_unsaved(request, "database", status=503)

    return wrapper


def typed_unsaved(request, reason, *, status):
    """Show the texts of a post that was not stored, to copy, and how to go on."""
    return render(
        request,
        "submissions/unsaved.html",
        {"reason": reason, "typed": posted_texts.labelled_texts(request.POST)},
        status=status,
    )
