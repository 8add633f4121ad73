"""What does every page show: the edition, the partners, the pages of the footer?"""

from copy import copy
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string

from assises.models import Commune, Edition, Page, Partner, Term
from assises.web.watched import Watched

WATCHED = Watched()
# The views that the menu leads to.
MENU = (
    "committee:call",
    "submissions:start",
    "assises:contact",
    "submissions:access",
)


class Reference(NamedTuple):
    """What is the same for everybody, as it was read when its tables held ``rows``."""

    rows: list
    edition: Edition | None
    partners: list
    pages: list
    communes: list
    terms: list
    head: str = ""
    headers: dict | None = None
    footer: str = ""


def _read(rows):
    found = Reference(
        rows,
        Edition.objects.current(),
        *map(
            _whole,
            (
                Partner.objects.filter(edition__is_current=True),
                Page.objects.in_menu(),
                Commune.objects.without_outlines().in_order(),
                Term.objects.active().in_order(),
            ),
        ),
    )
    return found._replace(
        head=_part("head", found),
        headers={here: _part("header", found, here=here) for here in (*MENU, "")},
        footer=_part("footer", found),
    )


def _part(name, site, **context):
    return render_to_string(f"layout/{name}.html", {"site": site, **context})


def _whole(queryset):
    """Return rows that several requests share: what they do not hold is watched by nobody."""
    return list(queryset.fetch_mode(models.FETCH_RAISE))


class Site:
    """What the frame and the lists of a page read, in one query, and only if it shows it."""

    # Kept in this process for as long as its tables hold the same.
    kept = None
    # What the page of a failure shows, as it must not read the database.
    last_edition = None

    def __init__(self, request=None):
        self._request = request

    @property
    def demo(self):
        return settings.DEMO

    @cached_property
    def reference(self):
        rows, kept = WATCHED.rows(), Site.kept
        if kept is None or kept.rows != rows:
            kept = _read(rows)
            # What was written while it was read may be in it, or not.
            Site.kept = kept if WATCHED.rows() == rows else None
        return kept

    @cached_property
    def edition(self):
        Site.last_edition = copy(self.reference.edition)
        return Site.last_edition

    @property
    def partners(self):
        return self.reference.partners

    @property
    def pages(self):
        return self.reference.pages

    @property
    def head(self):
        return self.reference.head

    @property
    def header(self):
        """The header of the page that is shown: the menu says which one it is."""
        return self.reference.headers[self._here]

    @property
    def footer(self):
        return self.reference.footer

    @property
    def _here(self):
        match = self._request and self._request.resolver_match
        return match.view_name if match and match.view_name in MENU else ""


class SiteAlone(Site):
    """What the frame shows when the database does not answer."""

    partners = ()
    pages = ()

    @property
    def edition(self):
        return Site.last_edition

    @property
    def head(self):
        return _part("head", self)

    @property
    def header(self):
        return _part("header", self, here=self._here)

    @property
    def footer(self):
        return _part("footer", self)


def site(request):
    """Give templates the same ``site`` as ``request.site`` (set by the middleware)."""
    return {"site": request.site}
