"""What do all our models share?"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual


class PeersManager(models.Manager):
    """Fetch a forgotten relation for all rows of a list at once, never one by one."""

    def get_queryset(self):
        return super().get_queryset().fetch_mode(models.FETCH_PEERS)


def checked(model):
    """Hold the rows of ``model`` to what its text fields say, whoever writes them: at most
    ``max_length`` characters, and one of the ``choices``.

    ``TextField`` with a constraint, because ``varchar(n)`` is ignored by SQLite
    and a ``DataError`` on PostgreSQL.
    """
    texts = [f for f in model._meta.local_fields if isinstance(f, models.TextField)]
    constraints = [
        _of_choices(model, field) if field.choices else _of_length(model, field)
        for field in texts
        if field.choices or field.max_length
    ]
    model._meta.constraints = [*model._meta.constraints, *constraints]
    model._meta.original_attrs["constraints"] = model._meta.constraints
    return model


def _of_choices(model, field):
    known = [*dict(field.flatchoices), *([""] if field.blank else [])]
    return models.CheckConstraint(
        condition=Q(**{f"{field.name}__in": sorted(known)}),
        name=f"{model._meta.label_lower.replace('.', '_')}_{field.name}_known",
        violation_error_message="Ce choix n’existe pas.",
    )


def _of_length(model, field):
    return models.CheckConstraint(
        condition=LessThanOrEqual(Length(field.name), field.max_length),
        name=f"{model._meta.label_lower.replace('.', '_')}_{field.name}_length",
        violation_error_message=f"Ce texte dépasse {field.max_length} signes.",
    )
