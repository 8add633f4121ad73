"""What awaits a member of the committee, or the organisers about it?"""

from django.urls import reverse

from assises.admin.to_do import Task
from assises.french import dates
from assises.french.numbers import plural
from assises.people.permissions import organises
from committee import visibility
from committee.models import Member
from committee.reviewing import progress, recusals
from submissions.models import Application
from submissions.offers import asking

# Screen, who may open it, its name and what it is for.
SCREENS = [
    (
        "progress",
        "follow_review",
        "Avancement du comité",
        "Ce que chaque membre a rendu.",
    ),
    (
        "deliberation",
        "view_decision",
        "Délibération",
        "Le classement, les minutes de la matinée, les décisions.",
    ),
    (
        "results",
        "change_decision",
        "Publication des résultats",
        "Ce qui manque, chaque courriel avant son départ, qui n’a rien lu.",
    ),
    (
        "offers",
        "change_decision",
        "Proposer à une structure de présenter",
        "Inviter une action déclarée à passer le matin.",
    ),
    (
        "exports",
        "view_decision",
        "Exports",
        "Les listes à emporter, en XLSX et en CSV.",
    ),
]


def committee_tasks(request):
    """Return the lines of the first page about the committee."""
    edition = request.site.edition
    if edition is None:
        return []
    return [
        *_evaluating(request, edition),
        *_leading(request),
        *_sitting(request, edition),
    ]


def _sitting(request, edition):
    """Ask organisers for the members of a committee that nobody sits on yet."""
    if not organises(request.user) or Member.objects.of(edition).exists():
        return []
    url = reverse("admin:committee_member_add")
    return [Task("Aucun membre au comité", None, url, "Ouvrez d’abord leurs comptes.")]


def _evaluating(request, edition):
    """What is left to read, for whoever sits on the committee."""
    if not request.user.has_perm("committee.evaluate_review"):
        return []
    member = visibility.member_of(request.user, edition)
    url = reverse("screens:reviews")
    if member is None:
        return [Task("Évaluations", None, url, "Vous n’êtes pas encore au comité.")]
    counts = progress.counts(visibility.reviews_of(member))
    if not counts.pending:
        done = counts.total and "Tout est rendu\u00a0: merci."
        detail = done or "Rien à évaluer pour le moment."
        return [Task("Évaluations", None, url, detail)]
    due = edition.reviews_due_on
    detail = f"À rendre pour le {dates.day(due)}." if due else ""
    label = f"dossier{plural(counts.pending)} à évaluer"
    return [Task(label, counts.pending, url, detail)]


def _leading(request):
    """The other screens of the committee that the user may open."""
    return [
        Task(
            label,
            None,
            reverse(f"screens:{name}"),
            _news(name, request) or detail,
            tool=True,
        )
        for name, permission, label, detail in SCREENS
        if request.user.has_perm(f"committee.{permission}")
    ]


def _news(name, request):
    """Say what has happened behind the screen ``name``, if anything has."""
    if name == "offers":
        return _replied(request)
    if name == "progress" and request.user.has_perm("committee.type_review"):
        return _to_verify(request)
    return ""


def _to_verify(request):
    """Say how many conflicts of interest may be unknown; else, what one may do."""
    if cited := len(recusals.citations(request.site.edition)):
        s = plural(cited)
        return f"À vérifier\u00a0: {cited} conflit{s} d’intérêts possible{s}."
    return "Qui a lu quoi, attribuer les dossiers, saisir ce qui est écrit sur papier."


def _replied(request):
    """Say how many were asked to present and answered what; nothing if nobody was."""
    tally = asking.tally(Application.objects.of(request.site.edition), at=request.at)
    if not tally:
        return ""
    told = [
        f"{tally['accepted']} acceptée{plural(tally['accepted'])}",
        f"{tally['declined']} déclinée{plural(tally['declined'])}",
        f"{tally['waiting']} en attente",
    ]
    if tally["unanswered"]:
        told.append(f"{tally['unanswered']} sans réponse")
    return f"{', '.join(told)}."
