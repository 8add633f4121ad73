"""What does the journal tell of lists: who took which away?"""

from django.db.models import Max
from django.db.models.fields.json import KT

from assises.models import Event
from assises.people import audit

VERB = "export"


def record_export(export, extension, rows, *, edition, by, at):
    """Write that ``by`` downloads ``export``: its name and size, nothing of what it says."""
    values = {"liste": export.name, "format": extension, "lignes": rows}
    audit.record(VERB, edition, by=by, at=at, changed=values, values=values)


def last_downloads(edition):
    """Return ``{name of the list: Event}`` of its last download, in one query."""
    downloads = Event.objects.about(edition).filter(verb=VERB).order_by()
    last = downloads.values(name=KT("values__liste")).annotate(last=Max("pk"))
    events = Event.objects.filter(pk__in=last.values("last")).select_related("user")
    return {event.values["liste"]: event for event in events}
