"""How is the journal of an object read: who, when, which fields?"""

from datetime import date, datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Manager

from assises.french import dates
from assises.french.dates import NBSP
from assises.models import Event

# Never in the journal, not even as a hash.
SECRETS = frozenset({"password"})


def journal_of(instance):
    """Return the journal of ``instance``, newest first, in the words of its table."""
    return [
        {
            "when": dates.short_moment(event.at),
            "who": who(event),
            "verb": event.verb,
            "changed": told_changes(event),
        }
        for event in Event.objects.about(instance).select_related("user")
    ]


def who(event):
    """Name the author as they are called today; erased, the account's number stays."""
    return str(event.user) if event.user else event.actor


def told_changes(event):
    """Write the changed fields in French, with the values that the journal keeps."""
    return " ; ".join(
        label_of(event.model, name)
        + (f"{NBSP}: {event.values[name]}" if name in event.values else "")
        for name in event.changed
    )


def label_of(model, name):
    """Return the French name of the field ``name`` of ``model`` (« assises.edition »)."""
    try:
        return str(apps.get_model(model)._meta.get_field(name).verbose_name)
    except (LookupError, FieldDoesNotExist):
        return name.replace("_", " ")


def nature_of(label):
    """Return the French name of the model ``label`` (« assises.edition »)."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label


def values_of(instance, changed):
    """Return what the fields ``changed`` of ``instance`` now hold, secrets left out."""
    return {
        name: _shown(instance, name)
        for name in changed
        if name not in SECRETS and hasattr(instance, name)
    }


def _shown(instance, name):
    """Return the value of one field, as people read it."""
    if hasattr(instance, f"get_{name}_display"):
        return getattr(instance, f"get_{name}_display")()
    value = getattr(instance, name)
    if isinstance(value, Manager):
        return ", ".join(str(item) for item in value.all())
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return dates.moment(value)
    return dates.day(value) if isinstance(value, date) else value
