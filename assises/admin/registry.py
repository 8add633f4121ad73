"""Which pages of the administration does the event bring? Each registers its model."""

from assises.admin import (  # noqa: F401
    edition,
    journal,
    mails,
    pages,
    structures,
    team,
    vocabulary,
)
