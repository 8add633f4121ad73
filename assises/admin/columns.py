"""Which columns do several lists of the administration share?"""

from django.contrib import admin

from assises.admin.base import EMPTY
from assises.french import dates


def instant(name, description):
    """Return a column that writes the instant ``name`` as people say it."""

    @admin.display(description=description, ordering=name)
    def column(self, row):
        value = getattr(row, name)
        return dates.moment(value) if value else EMPTY

    return column
