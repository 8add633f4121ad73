"""Is an answer still as it was read? Whoever writes to it asks, and takes it."""

from submissions.models import Application
from submissions.people import identity

# What is typed, and what repeats it.
TYPED = ("typed", "title", "structure_name", "person", "search_text", "people_text")
# What every process may change; `tables.write` returns what sending and amending do besides.
COLUMNS = (
    *identity.COLUMNS,
    *("structure_id", "structure_picked", "second_contact_id"),
    *TYPED,
)


class StaleError(Exception):
    """The answer was changed meanwhile, from another page or by another person."""


def hold(application, among=Application.objects, **values):
    """Take the answer for this transaction, if it is still as it was read and ``among``
    those that may be written, and write it as it now is, with ``values`` in their columns.

    Raises :class:`StaleError`.
    """
    application.repeat_typed()
    written = {name: getattr(application, name) for name in COLUMNS} | values
    mine = among.filter(pk=application.pk, version=application.version)
    if not mine.rewrite(**written):
        raise StaleError
    application.version += 1
    for name, value in values.items():
        setattr(application, name, value)
