"""What is shown of a post that cannot be taken, so that nothing typed is lost?"""

import logging
from functools import wraps

from django.db import DatabaseError
from django.shortcuts import render
from django.utils.text import capfirst

from assises.forms import posted_texts
from assises.web.site_context import SiteAlone

logger = logging.getLogger(__name__)


def page_labels(request):
    """Return ``{field name: label}`` of what is typed in a stock page of the administration."""
    view = getattr(request.resolver_match, "func", None)
    if (page := getattr(view, "model_admin", None)) is None:
        return {}
    labels = {
        field.name: capfirst(field.verbose_name)
        for field in page.model._meta.local_fields
        if not (field.is_relation or field.choices or field.name == "password")
    }
    asked = page.form.base_fields.items()
    return labels | {name: field.label for name, field in asked if field.label}


def show_unsaved(request, reason, *, status, frame="base.html", **context):
    """Show what was typed, to copy, under the template that tells the ``reason``."""
    context |= {
        "frame": frame,
        "reason": reason,
        "typed": posted_texts.labelled_texts(request.POST, page_labels(request)),
        "chosen": posted_texts.labelled_choices(request.POST),
    }
    return render(request, "errors/unsaved.html", context, status=status)


def keeps_typed_text(refused, reason, *, status):
    """Show what was typed if a post raises ``refused``, or the database fails.

    What is raised may tell a ``reason`` of its own, and its ``context``.
    """

    def decorate(view):
        @wraps(view)
        def keeping(request, *args, **kwargs):
            if request.method != "POST":
                return view(request, *args, **kwargs)
            try:
                return view(request, *args, **kwargs)
            except refused as error:
                told = getattr(error, "reason", reason)
                context = getattr(error, "context", {})
                return show_unsaved(request, told, status=status, **context)
            except DatabaseError:
                logger.exception("a post could not be stored")
                request.site = SiteAlone(request)
                failed = "errors/unsaved.html#database"
                return show_unsaved(request, failed, status=503)

        return keeping

    return decorate
