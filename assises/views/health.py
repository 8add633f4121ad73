"""Is this site in good health? For a monitoring robot, without any personal data."""

import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.db.models import Count, Min, Q
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from assises import clock
from assises.backups import saving
from assises.models import Mail
from assises.web import static_files
from assises.work import jobs

# In seconds: how long a mail may wait, the worker be silent, the last backup be alone:
# a day, and what the worker needs to try again.
LONGEST = {
    "courriel_en_attente_secondes": 30 * 60,
    "travailleur_secondes": 10 * 60,
    "sauvegarde_secondes": 30 * 3600,
}
# What is wrong from the start, and what to do, is told in docs/exploitation.md.
AT_ONCE = ["fichiers_statiques_manquants", "mandataire_inconnu"]
# In seconds: that is left to the worker when the site has just started, for what it
# last did dates from before the stop.
STARTING = 120
LEAST_FREE_MEGABYTES = 200


@require_safe
@login_not_required
def health(request):
    """Answer 200, or 503 with the list of what is wrong."""
    try:
        facts = {"base": True, **mails(request.at)}
        facts["travailleur_secondes"] = _seconds(jobs.last_beat(), request.at)
    except DatabaseError:
        facts = {"base": False}
    if settings.BACKUP_DIR:
        made_at, _ = saving.last_backup()
        facts["sauvegarde_secondes"] = _seconds(made_at, request.at)
    facts["disque_libre_mo"] = shutil.disk_usage(settings.VAR_DIR).free // 2**20
    facts["en_marche_secondes"] = int(clock.running_for())
    facts["fichiers_statiques_manquants"] = static_files.count_uncollected()
    facts["mandataire_inconnu"] = _is_unknown_proxy(request)
    troubles = [] if facts["base"] else ["base"]
    if facts["en_marche_secondes"] >= STARTING:
        troubles += [
            name
            for name, longest in LONGEST.items()
            if name in facts and (facts[name] is None or facts[name] > longest)
        ]
    if facts["disque_libre_mo"] < LEAST_FREE_MEGABYTES:
        troubles.append("disque_libre_mo")
    troubles += [name for name in AT_ONCE if facts[name]]
    report = {"etat": "en panne" if troubles else "ok", "alertes": troubles, **facts}
    return JsonResponse(report, status=503 if troubles else 200)


def _is_unknown_proxy(request):
    """Say whether ``request`` came through a proxy, and none is trusted: its visitors
    would all share one address, and the limits of one."""
    forwarded = {"X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"}
    return not settings.TRUSTED_PROXIES and any(
        name in request.headers for name in forwarded
    )


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


def _seconds(instant, at):
    """Return for how long ``instant`` has been past; ``None`` if there is none."""
    return None if instant is None else max(0, int((at - instant).total_seconds()))
