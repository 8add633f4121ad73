"""What does the journal tell of lists and in them: who took which away, who decided what?"""

from django.db.models import Max
from django.db.models.fields.json import KT

from assises.admin import history
from assises.models import Event
from assises.people import audit
from committee.deliberation import decisions
from committee.models import Decision

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


def deciders(keys):
    """Return ``{key: who wrote the decision of that key last}``, in one query."""
    written = Event.objects.filter(
        model=Decision._meta.label_lower,
        object_key__in=[str(key) for key in keys],
        verb=decisions.VERB,
    )
    return {
        int(event.object_key): history.who(event)
        for event in written.select_related("user").order_by("pk")
    }
