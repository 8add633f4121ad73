"""What is left to do, as the first page of the administration tells it?"""

from typing import NamedTuple

from django.urls import reverse

from assises.french.numbers import plural
from assises.models import Mail
from assises.people.permissions import organises

# What the law asks the site to show.
LEGAL_IDENTITIES = [
    "publisher_name",
    "publisher_address",
    "publication_director",
    "host_name",
    "host_address",
    "dpo_contact",
]


class Task(NamedTuple):
    """One line: « 3 courriels en échec », and where to see to it.

    What is ``urgent`` stands on top; a ``tool`` stands apart: nothing waits behind it.
    """

    label: str
    count: int | None
    url: str
    detail: str = ""
    urgent: bool = False
    tool: bool = False


def event_tasks(request):
    """Return what the event itself lacks, for organisers."""
    if not organises(request.user):
        return []
    return [*_edition_tasks(request.site.edition), *_mail_tasks()]


def _edition_tasks(edition):
    if edition is None:
        return [
            Task(
                "Aucune édition en cours",
                None,
                reverse("admin:assises_edition_changelist"),
                "Créez-en une, ou choisissez celle que le site présente.",
                urgent=True,
            )
        ]
    missing = [
        edition._meta.get_field(name).verbose_name
        for name in LEGAL_IDENTITIES
        if not getattr(edition, name)
    ]
    if not missing:
        return []
    url = reverse("admin:assises_edition_change", args=[edition.pk])
    return [Task("mentions légales à compléter", len(missing), url, ", ".join(missing))]


def _mail_tasks():
    failed = Mail.objects.filter(state=Mail.State.FAILED).count()
    if not failed:
        return []
    url = f"{reverse('admin:assises_mail_changelist')}?state__exact=failed"
    return [
        Task(
            f"courriel{plural(failed)} en échec",
            failed,
            url,
            "Corrigez l’adresse : le courriel repart aussitôt.",
            urgent=True,
        )
    ]
