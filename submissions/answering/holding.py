"""Is an answer still as it was read? Whoever writes to it asks, and takes it."""

from submissions.models import Application


class StaleError(Exception):
    """The answer was changed meanwhile, from another page or by another person."""


def hold(application, *, state, **values):
    """Take the answer for this transaction, if it is still as it was read, and write
    ``values`` into it. Raises :class:`StaleError`."""
    mine = Application.objects.filter(
        pk=application.pk, version=application.version, state=state
    )
    if not mine.rewrite(**values):
        raise StaleError
    application.version += 1
