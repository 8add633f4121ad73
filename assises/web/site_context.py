"""What does every page show: the edition, the partners, the pages of the footer?"""

from functools import cached_property

from django.conf import settings

from assises.models import Edition, Page, Partner


class Site:
    """What the frame of a page reads, at most once, and only if it shows it."""

    # What the page of a failure shows, as it must not read the database.
    last_edition = None

    @property
    def demo(self):
        return settings.DEMO

    @cached_property
    def edition(self):
        Site.last_edition = Edition.objects.current()
        return Site.last_edition

    @cached_property
    def partners(self):
        return list(Partner.objects.filter(edition__is_current=True))

    @cached_property
    def pages(self):
        return list(Page.objects.in_menu())


class SiteAlone(Site):
    """What the frame shows when the database does not answer."""

    partners = ()
    pages = ()

    @property
    def edition(self):
        return Site.last_edition


def site(request):
    """Give templates the same ``site`` as ``request.site`` (set by the middleware)."""
    return {"site": request.site}
