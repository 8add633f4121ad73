"""Which answers need an organiser today?"""

from django.db.models import Count, Q
from django.urls import reverse

from assises import dates
from assises.permissions import organises
from assises.tasks import Task
from submissions.models import Application

State = Application.State


def lines(request):
    """Return the lines of the first page about answers, in one query."""
    edition = request.site.edition
    if edition is None or not organises(request.user):
        return []
    today = dates.start_of(dates.local_day(request.at))
    counts = Application.objects.of(edition).aggregate(
        today=Count("pk", filter=Q(state=State.SENT, sent_at__gte=today)),
        unconfirmed=Count(
            "pk", filter=Q(state=State.SENT, contact__email_confirmed_at=None)
        ),
        drafts=Count("pk", filter=Q(state=State.DRAFT)),
    )
    return [
        task(
            counts["today"], "envoyée aujourd’hui", "envoyées aujourd’hui", "envoi=jour"
        ),
        *unconfirmed(counts["unconfirmed"]),
        task(
            counts["drafts"],
            "encore en brouillon",
            "encore en brouillon",
            "state__exact=draft",
        ),
    ]


def unconfirmed(count):
    if not count:
        return []
    return [
        task(
            count,
            "à l’adresse non confirmée",
            "à l’adresse non confirmée",
            "adresse=non-confirmee",
            "Envoyées, mais le lien reçu n’a pas encore servi : un appel suffit souvent.",
        )
    ]


def task(count, one, many, query, detail=""):
    label = f"réponse {one}" if count < 2 else f"réponses {many}"
    url = f"{reverse('admin:submissions_application_changelist')}?{query}"
    return Task(label, count, url, detail)
