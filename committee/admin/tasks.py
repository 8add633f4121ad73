"""What awaits a member of the committee, or the organisers about it?"""

from django.urls import reverse

from assises import dates
from assises.tasks import Task
from committee import progress, visibility

# Screen, who may open it, its name and what it is for.
SCREENS = [
    (
        "progress",
        "type_review",
        "Avancement du comité",
        "Qui a lu quoi, attribuer les dossiers, saisir ce qui est écrit sur papier.",
    ),
    (
        "deliberation",
        "view_decision",
        "Délibération",
        "Le classement, les minutes de la matinée, les décisions.",
    ),
    (
        "offers",
        "change_decision",
        "Proposer à une structure de présenter",
        "Inviter une action déclarée à passer le matin.",
    ),
    (
        "exports",
        "export_decision",
        "Exports",
        "Projets retenus, réponses, contacts, évaluations, en XLSX et en CSV.",
    ),
]


def lines(request):
    """Return the lines of the first page about the committee."""
    edition = request.site.edition
    if edition is None:
        return []
    return [*evaluating(request, edition), *leading(request.user)]


def evaluating(request, edition):
    """What is left to read, for whoever sits on the committee."""
    if not request.user.has_perm("committee.evaluate_review"):
        return []
    member = visibility.member_of(request.user, edition)
    url = reverse("screens:reviews")
    if member is None:
        return [Task("Évaluations", None, url, "Vous n’êtes pas encore au comité.")]
    counts = progress.counts(visibility.reviews_of(member))
    if not counts.pending:
        return [Task("Évaluations", None, url, "Rien à évaluer pour le moment.")]
    due = edition.reviews_due_on
    detail = f"À rendre pour le {dates.day(due)}." if due else ""
    label = "dossier à évaluer" if counts.pending == 1 else "dossiers à évaluer"
    return [Task(label, counts.pending, url, detail)]


def leading(user):
    """The other screens of the committee that ``user`` may open."""
    return [
        Task(label, None, reverse(f"screens:{name}"), detail)
        for name, permission, label, detail in SCREENS
        if user.has_perm(f"committee.{permission}")
    ]
