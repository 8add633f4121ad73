"""Are the results told? Then nothing of the reading moves any more."""

from assises.models import Edition
from committee.models import Member


class PublishedError(Exception):
    """The results are told: nothing is given to read any more."""


def refuse_published(edition, *, at):
    """Raise :class:`PublishedError` once the results of ``edition`` are told."""
    if not edition.is_unpublished(at):
        raise PublishedError


def choosing_members(at):
    """Return the keys of the members whose edition has published nothing yet.

    For a subquery, not a join: PostgreSQL tests it again after waiting for a lock.
    """
    unpublished = Edition.objects.unpublished(at).values("pk")
    return Member.objects.filter(edition__in=unpublished).values("pk")
