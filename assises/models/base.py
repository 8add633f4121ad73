"""What do all our models share?"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from assises.french import text


class PeersManager(models.Manager):
    """Fetch a forgotten relation for all rows of a list at once, never one by one."""

    def get_queryset(self):
        return super().get_queryset().fetch_mode(models.FETCH_PEERS)


class Found(models.Model):
    """A row that is searched, and sorted, by the words that :meth:`found_by` returns:
    folded, the same on every database."""

    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        abstract = True

    def save(self, **options):
        self.set_search_text()
        if options.get("update_fields"):
            options["update_fields"] = {*options["update_fields"], "search_text"}
        super().save(**options)

    def set_search_text(self):
        self.search_text = text.fold(" ".join(self.found_by()))


def checked(model):
    """Hold the rows of ``model`` to what its text fields say, whoever writes them: at most
    ``max_length`` characters, and one of the ``choices``.

    ``TextField`` with a constraint, because ``varchar(n)`` is ignored by SQLite
    and a ``DataError`` on PostgreSQL.
    """
    texts = [f for f in model._meta.local_fields if isinstance(f, models.TextField)]
    held = [_held(model, f) for f in texts if f.choices or f.max_length]
    model._meta.constraints = [*model._meta.constraints, *held]
    model._meta.original_attrs["constraints"] = model._meta.constraints
    return model


def _held(model, field):
    if field.choices:
        known = [*dict(field.flatchoices), *([""] if field.blank else [])]
        condition, kind = Q(**{f"{field.name}__in": sorted(known)}), "known"
        message = "Ce choix n’existe pas."
    else:
        condition = LessThanOrEqual(Length(field.name), field.max_length)
        kind, message = "length", f"Ce texte dépasse {field.max_length} signes."
    table = model._meta.label_lower.replace(".", "_")
    return models.CheckConstraint(
        condition=condition,
        name=f"{table}_{field.name}_{kind}",
        violation_error_message=message,
    )
