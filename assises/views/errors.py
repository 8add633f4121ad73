"""What is shown when something cannot be, so that nothing typed is lost?"""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token

from assises.context import Site

# Where a text typed with an expired token is shown again, ready to leave.
TYPED_UNDER = ("/candidature/", "/invitation/")
FORM = "application/x-www-form-urlencoded"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105
MACHINE_FIELDS = {TOKEN, "start_key", "version", "kind"}


@never_cache
def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


@never_cache
def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """Answer without reading the database, which may be what failed."""
    context = {"edition": Site.last_edition}
    return HttpResponseServerError(render_to_string("500.html", context))


@login_not_required
@never_cache
@requires_csrf_token
def csrf_failure(request, reason=""):
    """Show what was typed, with a fresh token, where that forges nothing.

    A post that another site prepared must never become one click away: only our own
    text forms are offered again, only when our own page sent them.
    """
    fields = typed(request) if may_be_sent_again(request) else []
    context = {
        "fields": fields,
        "texts": [value for name, value in fields if reads(name, value)],
        "action": request.get_full_path(),
    }
    return render(request, "errors/csrf.html", context, status=403)


def may_be_sent_again(request):
    return (
        request.method == "POST"
        and request.path.startswith(TYPED_UNDER)
        and request.content_type == FORM
        and comes_from_here(request)
    )


def comes_from_here(request):
    """Say whether our own page sent this; ``Origin`` decides, ``Referer`` without it."""
    sender = request.headers.get("Origin")
    if sender is None:
        referer = urlsplit(request.headers.get("Referer", ""))
        sender = f"{referer.scheme}://{referer.netloc}"
    return sender == f"{request.scheme}://{request.get_host()}"


def typed(request):
    """Return every ``(name, value)`` of the form but its token, in order."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != TOKEN
        for value in values
    ]


def reads(name, value):
    """Say whether ``value`` means something to the person who typed it."""
    return name not in MACHINE_FIELDS and any(sign.isalpha() for sign in value)
