"""How does a page of the administration that is no stock page stand among the others?

``@admin_screen(permission)`` guards a plain function view as the stock pages are
guarded; :func:`show_screen` gives it their frame.
"""

import logging
from functools import wraps

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from assises.forms import posted_texts
from assises.web.site_context import SiteAlone

logger = logging.getLogger(__name__)

PER_PAGE = 50


def admin_screen(*permissions, keeps_typed_text=False):
    """Let in whoever is signed in with both proofs and has one of ``permissions``.

    With ``keeps_typed_text``, texts that come after the session has ended are given
    back: the page that asks to sign in would lose them.
    """

    def decorate(view):
        @wraps(view)
        def screen(request, *args, **kwargs):
            if not any(map(request.user.has_perm, permissions)):
                raise PermissionDenied
            request.current_app = admin.site.name
            return view(request, *args, **kwargs)

        guarded = admin.site.admin_view(screen)
        return _keeps_texts(guarded) if keeps_typed_text else guarded

    return decorate


def _keeps_texts(guarded):
    """Let posts of nobody in: ``guarded`` would send them to the sign-in page empty-handed."""

    @login_not_required
    @wraps(guarded)
    def keeping(request, *args, **kwargs):
        if request.method != "POST":
            return guarded(request, *args, **kwargs)
        if not admin.site.has_permission(request):
            return _give_texts_back(request, "signed-out", status=403)
        try:
            return guarded(request, *args, **kwargs)
        except PermissionDenied:
            return _give_texts_back(request, "role", status=403)
        except DatabaseError:
            logger.exception("a post could not be stored")
            request.site = SiteAlone()
            return _give_texts_back(request, "database", status=503)

    return keeping


@never_cache
def _give_texts_back(request, reason, *, status):
    """Show what a post that could not be taken said, to copy and to choose again."""
    context = {
        "typed": posted_texts.labelled_texts(request.POST),
        "chosen": posted_texts.labelled_choices(request.POST),
        "again": request.path,
        "reason": reason,
    }
    return render(request, "admin/sign_in/signed_out.html", context, status=status)


def page_of(request, rows):
    """Return the page of ``rows`` that the address asks for."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))


def show_screen(request, template, *, title, status=200, **context):
    """Render ``template`` in the frame of the administration."""
    frame = admin.site.each_context(request)
    return TemplateResponse(
        request,
        template,
        {**frame, "title": title, "subtitle": None, **context},
        status=status,
    )
