"""Is this site in good health? For a monitoring robot, without any personal data."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.db.models import Count, Min, Q
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assises import clock
from assises.models import Mail
from assises.work import jobs

LONGEST_WAIT = timedelta(minutes=30)
LONGEST_SILENCE = timedelta(minutes=10)
LEAST_FREE_MEGABYTES = 200
# In seconds: what the worker has to do is left to it when the site has just started,
# for what it last did dates from before the stop.
STARTING = 120
OF_THE_WORKER = frozenset({"courriel_en_attente_secondes", "travailleur_secondes"})


@require_safe
@login_not_required
@never_cache
def health(request):
    """Answer 200, or 503 with the list of what is wrong."""
    try:
        facts = {"base": True, **mails(request.at), **_worker(request.at)}
    except DatabaseError:
        facts = {"base": False}
    facts["disque_libre_mo"] = shutil.disk_usage(settings.VAR_DIR).free // 2**20
    facts["en_marche_secondes"] = int(clock.running_for())
    troubles = [name for name, value in facts.items() if _is_wrong(name, value)]
    if facts["en_marche_secondes"] < STARTING:
        troubles = [name for name in troubles if name not in OF_THE_WORKER]
    report = {"etat": "en panne" if troubles else "ok", "alertes": troubles, **facts}
    return JsonResponse(report, status=503 if troubles else 200)


def mails(at):
    """Tell how long the oldest mail has waited, and how many failed for good."""
    found = Mail.objects.aggregate(
        oldest=Min("due_at", filter=Q(state__in=["queued", "sending"], due_at__lte=at)),
        failed=Count("pk", filter=Q(state=Mail.State.FAILED)),
    )
    return {
        "courriel_en_attente_secondes": _seconds(found["oldest"], at) or 0,
        "courriels_en_echec": found["failed"],
    }


def _worker(at):
    """Tell how long ago the worker said that it was alive; ``None`` if it never did."""
    return {"travailleur_secondes": _seconds(jobs.last_beat(), at)}


def _seconds(instant, at):
    return None if instant is None else max(0, int((at - instant).total_seconds()))


def _is_wrong(name, value):
    """Say whether a measure calls for somebody. Failed mails show in the admin."""
    match name:
        case "base":
            return not value
        case "courriel_en_attente_secondes":
            return value > LONGEST_WAIT.total_seconds()
        case "travailleur_secondes":
            return value is None or value > LONGEST_SILENCE.total_seconds()
        case "disque_libre_mo":
            return value < LEAST_FREE_MEGABYTES
    return False
