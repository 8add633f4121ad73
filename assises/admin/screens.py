"""How does a page of the administration that is no stock page stand among the others?

``@admin_screen(permission)`` guards a plain function view as the stock pages are
guarded; :func:`show_screen` gives it their frame.
"""

from functools import wraps

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse

from assises.web import unsaved

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
        return _keeps_typed_text(guarded) if keeps_typed_text else guarded

    return decorate


def _keeps_typed_text(guarded):
    """Let posts of nobody in: ``guarded`` would send them to sign in, empty-handed."""

    @login_not_required
    @unsaved.keeps_typed_text(PermissionDenied, "errors/unsaved.html#role", status=403)
    @wraps(guarded)
    def keeping(request, *args, **kwargs):
        if request.method == "POST" and not admin.site.has_permission(request):
            reason = "errors/unsaved.html#signed-out"
            return unsaved.show_unsaved(request, reason, status=403)
        return guarded(request, *args, **kwargs)

    return keeping


def show_unsaved_screen(request, reason, *, status, **context):
    """Show what was typed, to copy, under ``reason``, in the frame of the administration."""
    context |= admin.site.each_context(request) | {"title": "Ce n’est pas enregistré"}
    frame = "admin/base_site.html"
    return unsaved.show_unsaved(request, reason, status=status, frame=frame, **context)


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
