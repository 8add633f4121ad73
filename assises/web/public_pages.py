"""Which pages may be kept? None, unless its view says that it shows the same to everybody."""

import functools
import hashlib
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models.functions import JSONArray
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_vary_headers,
    set_response_etag,
)
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from assises.french import dates
from assises.models import Event
from assises.web.watched import Watched

# Who sends one of these is somebody, or is owed a notice.
PERSONAL = {settings.SESSION_COOKIE_NAME, "messages"}
# Of concurrent writers, how many may reach the database in another order than the journal.
LATE = 20
# A browser keeps the page, and asks each time whether it is still the same.
ASK_EACH_TIME = "public, no-cache"


class PrivateByDefaultMiddleware:
    """Let nobody keep a page whose view says nothing of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class Kept(NamedTuple):
    """A page, what it ``shows``, and from when until when the calendar lets it be true."""

    response: HttpResponse
    shows: list
    since: datetime
    until: datetime

    def is_true(self, shows, at):
        return self.shows == shows and self.since <= at < self.until


def end_of_journal():
    """Return the last lines of the journal: they change with all that it tells.

    It stands for tables that are too long to be read at each request. One line would not
    do: that of a transaction which ends late has an older number.
    """
    last = Event.objects.order_by("-pk").values("pk")[:LATE]
    return Event.objects.filter(pk__in=last).order_by().values_list(JSONArray("pk"))


def public_page(*shown):
    """Open a view to everybody, and keep its page in this process while it stays true.

    ``shown`` is what it reads beside ``REFERENCE``: queries of one column, such as
    :func:`~assises.web.watched.every_row`, which one statement asks at each request; what is
    written behind the back of the application is shown after some minutes at most, as in
    any cache. Of the time, the page may tell the day, and on which side of each instant of
    the edition we are.
    """
    watched = Watched(*shown)

    def decorate(view):
        rendered = gzip_page(_allowed_to_stay(view))

        @login_not_required
        @require_safe
        @functools.wraps(view)
        def page(request, *args, **kwargs):
            if PERSONAL & request.COOKIES.keys():
                return view(request, *args, **kwargs)
            rows, name = watched.rows(), _name_of(request)
            kept = cache.get(name)
            if kept and kept.is_true(rows, request.at):
                return _unless_known(request, kept.response)
            response = rendered(request, *args, **kwargs)
            # What was written while it was rendered may be on the page, or not.
            if response.has_header("ETag") and watched.rows() == rows:
                until = _true_until(request)
                cache.set(name, Kept(response, rows, request.at, until))
            return _unless_known(request, response)

        return page

    return decorate


def _name_of(request):
    """Return under which name the page of ``request`` is kept, compressed or not."""
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    return hashlib.sha256(f"{compressed} {request.path}".encode()).hexdigest()


def _allowed_to_stay(view):
    """Let the page of ``view`` be kept, if nothing of it is for one person alone."""

    @functools.wraps(view)
    def allowing(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            response.render()
        if _is_for_everybody(request, response):
            set_response_etag(response)
            patch_vary_headers(response, ["Cookie"])
            response["Cache-Control"] = ASK_EACH_TIME
        return response

    return allowing


def _is_for_everybody(request, response):
    """Say whether the page is whole, and holds no token of a form nor anybody's session."""
    has_form = request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    personal = has_form or request.session.accessed or response.cookies
    return response.status_code == 200 and not personal


def _true_until(request):
    """Return the next midnight, or the instant of the edition that comes before it."""
    edition, at = request.site.edition, request.at
    tomorrow = dates.closing_after(dates.local_day(at))
    return min([tomorrow, *(edition.instants_after(at) if edition else [])])


def _unless_known(request, response):
    """Answer 304 to a browser that holds this very page."""
    etag = response.get("ETag")
    return get_conditional_response(request, etag=etag, response=response)
