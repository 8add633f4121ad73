"""Which answers need an organiser today?"""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode

from assises.admin.to_do import Task
from assises.french.numbers import plural
from assises.people.permissions import organises
from submissions.admin.filters import today
from submissions.models import Application

State = Application.State


def answer_tasks(request):
    """Return the lines of the first page about answers, counted in one query.

    Each opens the list of what it counts: same edition, same state, same words.
    """
    edition = request.site.edition
    if edition is None or not organises(request.user):
        return []
    sent = Q(state=State.SENT)
    counts = Application.objects.of(edition).aggregate(
        today=Count("pk", filter=sent & Q(sent_at__gte=today(request))),
        unconfirmed=Count("pk", filter=sent & Q(email_confirmed_at=None)),
        drafts=Count("pk", filter=Q(state=State.DRAFT)),
    )
    sent_today, drafts = counts["today"], counts["drafts"]
    tasks = [
        Task(
            plural(
                sent_today, "réponse envoyée aujourd’hui,réponses envoyées aujourd’hui"
            ),
            sent_today,
            _listed(edition, State.SENT, envoi="jour"),
        ),
        Task(
            f"réponse{plural(counts['unconfirmed'])} à l’adresse non confirmée",
            counts["unconfirmed"],
            _listed(edition, State.SENT, adresse="non-confirmee"),
            "Envoyées, mais le lien reçu n’a pas encore servi : un appel suffit"
            " souvent.",
        ),
        Task(
            f"réponse{plural(drafts)} encore en brouillon",
            drafts,
            _listed(edition, State.DRAFT),
        ),
    ]
    return [task for task in tasks if task.count] + _tools()


# What stands under « Outils »: page, words, what it says beside.
TOOLS = {
    "submissions_application_dictate": (
        "Saisir une réponse reçue par téléphone ou sur papier",
        "La personne la confirme ensuite en un clic.",
    ),
    "submissions_application_invite": (
        "Inviter les structures qui ont répondu",
        "Vous lisez qui, et chaque courriel, avant que rien ne parte.",
    ),
    "submissions_application_extend": (
        "Prolonger l’appel",
        "Vous lisez ce qui change avant de confirmer.",
    ),
    "assises_structure_unreached": (
        "Qui n’a pas répondu",
        "Les communes et les types de structures sans réponse.",
    ),
    "assises_structure_import": (
        "Importer des structures",
        "D’un fichier CSV ou Excel. Vous lisez d’abord ce qui sera écrit.",
    ),
    "assises_structure_duplicates": (
        "Doublons possibles",
        "Comparez deux structures, puis fusionnez-les.",
    ),
}


def _tools():
    return [
        Task(label, None, reverse(f"admin:{page}"), detail, tool=True)
        for page, (label, detail) in TOOLS.items()
    ]


def _listed(edition, state, **filters):
    """Return the address of the list of the answers of ``edition`` in ``state``."""
    chosen = {"edition__id__exact": edition.pk, "state__exact": state, **filters}
    address = reverse("admin:submissions_application_changelist")
    return f"{address}?{urlencode(chosen)}"
