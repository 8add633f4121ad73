"""What is left to do, as the first page of the administration tells it?"""

from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse

from assises.french import dates
from assises.french.numbers import plural
from assises.models import Edition, Invitation, Mail, Suggestion
from assises.people.permissions import organises
from assises.web.installation import is_example

# What the law asks the site to show.
LEGAL_IDENTITIES = [
    "publisher_name",
    "publisher_address",
    "publication_director",
    "host_name",
    "host_address",
    "dpo_contact",
]


# What the edition is announced with, by the line that asks for it: one, several; and
# the page where it is typed.
TO_COMPLETE = {
    "mention légale à compléter,mentions légales à compléter": (
        LEGAL_IDENTITIES,
        "change",
    ),
    "date à fixer,dates à fixer": (["reviews_due_on", "results_on"], "calendar"),
}


# What invitations wait for: its words, the page and the rows to see to, a sentence.
INVITATIONS = {
    "prepared": (
        "invitation à envoyer,invitations à envoyer",
        "admin:assises_invitation_send",
        "",
        "Vous lisez chaque courriel avant qu’il ne parte.",
    ),
    "unanswered": (
        "invitation sans réponse,invitations sans réponse",
        "admin:assises_invitation_changelist",
        "?state__exact=sent",
        "",
    ),
    "to_decide": (
        "structure invitée a retiré sa réponse,structures invitées ont retiré leur réponse",
        "admin:assises_invitation_changelist",
        "?to_decide__exact=1",
        "Gardez l’invitation, ou annulez-la.",
    ),
    "wanting": (
        "demande de places en plus,demandes de places en plus",
        "admin:assises_invitation_changelist",
        "?places=demandees",
        "Donnez-les sur la page de l’invitation, s’il en reste.",
    ),
}


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
    """Return what the event itself lacks, for organisers; to readers, its numbers."""
    if not organises(request.user):
        return _numbers(request)
    site = request.site
    mails = [*_mail_tasks(), *_invitation_tasks(request)]
    return [*_edition_tasks(site), *mails, *_suggestion_tasks()]


def _numbers(request):
    """Lead who only reads to the numbers of the invitations."""
    if request.site.edition is None or not request.user.has_perm(
        "assises.view_edition"
    ):
        return []
    url = reverse("admin:assises_invitation_count")
    detail = "Places données, personnes attendues, par moment. Aucun nom."
    return [Task("Les invitations en chiffres", None, url, detail, tool=True)]


def _edition_tasks(site):
    """Return what is missing before the call can open: the edition is shown last."""
    edition = site.edition or Edition.objects.order_by("-held_on", "pk").first()
    if edition is None:
        return [_first_task()]
    pages = {
        page: reverse(f"admin:assises_edition_{page}", args=[edition.pk])
        for page in ("change", "calendar")
    }
    tasks = [
        Task(plural(len(missing), forms), len(missing), pages[page], ", ".join(missing))
        for forms, (names, page) in TO_COMPLETE.items()
        if (missing := _missing(edition, names))
    ]
    if is_example(edition.contact_email) and not site.demo:
        email = edition.contact_email
        tasks.append(
            Task("Adresse du contact à remplacer", None, pages["change"], email)
        )
    tasks += _lists_to_begin(site, edition)
    return tasks if site.edition else [*tasks, _last_task(urgent=not tasks)]


def _first_task():
    return Task(
        "Créer l’édition",
        None,
        reverse("admin:assises_edition_add"),
        "Dates de l’appel, jour et lieu, contact. Gardez «\u00a0édition en cours\u00a0»"
        " pour la fin.",
        urgent=True,
    )


def _last_task(urgent):
    return Task(
        "Choisir l’édition en cours",
        None,
        reverse("admin:assises_edition_changelist"),
        "Ouvrez-la et cochez «\u00a0édition en cours\u00a0» en dernier\u00a0: le site la"
        " présente aussitôt, et l’appel s’ouvre à sa date.",
        urgent=urgent,
    )


def _missing(edition, names):
    fields = [edition._meta.get_field(name) for name in names]
    return [
        str(field.verbose_name) for field in fields if not getattr(edition, field.name)
    ]


def _lists_to_begin(site, edition):
    """Return a line for each list that nobody has begun."""
    empty = {
        "Aucun organisateur ni partenaire": (
            site.partners if site.edition else edition.partners.all(),
            reverse("admin:assises_partner_add"),
            "Leurs noms paraissent au pied de chaque page.",
        ),
        "Aucune page": (
            site.pages,
            reverse("admin:assises_page_add"),
            "Le texte de l’appel, ses modalités, les informations pratiques, par exemple.",
        ),
    }
    return [
        Task(label, None, url, detail)
        for label, (rows, url, detail) in empty.items()
        if not rows
    ]


def _invitation_tasks(request):
    """Return what invitations wait for: to leave, to be answered, to be decided."""
    edition = request.site.edition
    if edition is None:
        return []
    states = Invitation.State
    counts = (
        Invitation.objects.of(edition)
        .standing()
        .aggregate(
            prepared=Count("pk", filter=Q(state=states.PREPARED)),
            unanswered=Count("pk", filter=Q(state=states.SENT)),
            to_decide=Count("pk", filter=Q(to_decide=True)),
            wanting=Count("pk", filter=Q(seats_wanted__gt=0)),
        )
    )
    until = f"Elles se répondent {dates.deadline(edition.invitations_close_at())}."
    return [
        Task(
            plural(counts[name], forms),
            counts[name],
            reverse(page) + query,
            detail or until,
        )
        for name, (forms, page, query, detail) in INVITATIONS.items()
        if counts[name]
    ]


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


def _suggestion_tasks():
    waiting = Suggestion.objects.waiting().count()
    if not waiting:
        return []
    url = f"{reverse('admin:assises_suggestion_changelist')}?suite=attente"
    label = plural(waiting, "structure signalée,structures signalées")
    return [Task(label, waiting, url, "Acceptez-les ou écartez-les.")]
