"""Which pages of the administration does the event bring? Each registers its model."""

from assises.admin import (  # noqa: F401
    edition,
    invitations,
    journal,
    mails,
    pages,
    structures,
    team,
    vocabulary,
)
