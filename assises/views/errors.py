"""What is shown when something cannot be, so that nothing typed is lost?"""

import sys
from urllib.parse import urlsplit

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import Error as DatabaseFault
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import requires_csrf_token

from assises.forms import posted_texts
from assises.web.site_context import Site
from assises.web.unsaved import page_labels

# Where a text typed with an expired token is shown again, ready to leave.
TYPED_UNDER = ("/candidature/", "/invitation/", "/place/", "/signaler/")
# Where it is shown again to be copied, and nothing is ready to leave.
SHOWN_UNDER = (*TYPED_UNDER, "/admin/comite/")
# Where a conflict of interest hides a page from a member of the committee.
JUDGED_UNDER = ("/admin/comite/evaluations/", "/admin/comite/deliberation/")
FORM = "application/x-www-form-urlencoded"
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent)


def bad_request(request, exception=None):
    """Say that nothing was done, and why if it can be mended."""
    reason = "big" if isinstance(exception, TOO_MUCH) else ""
    return render(request, "400.html", {"reason": reason, "typed": []}, status=400)


def not_received(request, reason):
    """Show what came of a post that is ``"cut"`` or ``"late"``: none of it is stored."""
    is_shown = _is_ours(request, SHOWN_UNDER)
    came = posted_texts.labelled_texts(request.POST) if is_shown else []
    return render(request, "400.html", {"reason": reason, "typed": came}, status=400)


def forbidden(request, exception=None):
    if _is_of_the_team(request):
        return _show_to_team(request, "Votre rôle n’ouvre pas cette page", 403)
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    if _is_of_the_team(request):
        title = "Cette page n’existe pas, ou votre rôle ne l’ouvre pas"
        return _show_to_team(request, title, 404)
    return render(request, "404.html", status=404)


def _is_of_the_team(request):
    """Say whether somebody signed in asks for a page of the administration."""
    inside = request.path.startswith(reverse("admin:index"))
    return inside and hasattr(request, "user") and admin.site.has_permission(request)


def _show_to_team(request, title, status):
    """Show what is refused in the frame of the administration, with the way on."""
    context = admin.site.each_context(request) | {
        "title": title,
        "subtitle": None,
        "is_judged": request.path.startswith(JUDGED_UNDER),
    }
    return render(request, "errors/team.html", context, status=status)


def server_error(request):
    """Answer without reading the database, which may be what failed, and give back the
    texts of a post of ours.

    Django asks for this page while it handles the exception.
    """
    posted = request.POST if _is_ours(request, "/") else QueryDict()
    context = {
        "edition": Site.last_edition,
        "typed": posted_texts.labelled_texts(posted, page_labels(request)),
        "chosen": posted_texts.labelled_choices(posted),
    }
    is_away = isinstance(sys.exc_info()[1], DatabaseFault)
    page = render_to_string("500.html", context)
    return HttpResponse(page, status=503 if is_away else 500)


@login_not_required
@requires_csrf_token
def csrf_failure(request, reason=""):
    """Show what was typed, with a fresh token, where that forges nothing.

    A post that another site prepared must never become one click away: only our own
    text forms are offered again, only when our own page sent them.
    """
    is_shown = _is_ours(request, SHOWN_UNDER)
    context = {
        "fields": list(request.POST.lists()) if _is_ours(request, TYPED_UNDER) else [],
        "typed": posted_texts.labelled_texts(request.POST) if is_shown else [],
        "chosen": posted_texts.labelled_choices(request.POST) if is_shown else [],
        "action": request.get_full_path(),
    }
    return render(request, "errors/csrf.html", context, status=403)


def _is_ours(request, addresses):
    """Say whether one of our pages under ``addresses`` posted this form of texts.

    ``Origin`` says who sent it, ``Referer`` without it.
    """
    referer = urlsplit(request.headers.get("Referer", ""))
    sender = request.headers.get("Origin", f"{referer.scheme}://{referer.netloc}")
    return (
        request.method == "POST"
        and request.path.startswith(addresses)
        and request.content_type == FORM
        and sender == f"{request.scheme}://{request.get_host()}"
    )
