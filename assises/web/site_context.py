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


class Reference(NamedTuple):
    """What is the same for everybody, as it was read when its tables held ``rows``."""

    rows: list
    edition: Edition | None
    partners: list
    pages: list
    communes: list
    terms: list
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
    return found._replace(footer=_footer(found))


def _footer(site):
    return render_to_string("layout/footer.html", {"site": site})


def _whole(queryset):
    """Return rows that several requests share: what they do not hold is watched by nobody."""
    return list(queryset.fetch_mode(models.FETCH_RAISE))


class Site:
    """What the frame and the lists of a page read, in one query, and only if it shows it."""

    # Kept in this process for as long as its tables hold the same.
    kept = None
    # What the page of a failure shows, as it must not read the database.
    last_edition = None

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
    def footer(self):
        return self.reference.footer


class SiteAlone(Site):
    """What the frame shows when the database does not answer."""

    partners = ()
    pages = ()

    @property
    def edition(self):
        return Site.last_edition

    @property
    def footer(self):
        return _footer(self)


def site(request):
    """Give templates the same ``site`` as ``request.site`` (set by the middleware)."""
    return {"site": request.site}
