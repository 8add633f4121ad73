"""What do all our models share?"""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual


class PeersManager(models.Manager):
    """Fetch a forgotten relation for all rows of a list at once, never one by one."""

    def get_queryset(self):
        return super().get_queryset().fetch_mode(models.FETCH_PEERS)


def length_constraints(**limits):
    """Return one check constraint per ``field=limit``, in characters.

    ``TextField`` with a constraint, because ``varchar(n)`` is ignored by SQLite
    and a ``DataError`` on PostgreSQL.
    """
    return [
        models.CheckConstraint(
            condition=LessThanOrEqual(Length(field), limit),
            name=f"%(app_label)s_%(class)s_{field}_length",
            violation_error_message=f"Ce texte dépasse {limit} signes.",
        )
        for field, limit in limits.items()
    ]
