"""Which lists may organisers take away, and who took which last?"""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Max
from django.db.models.fields.json import KT

from assises.french import dates
from assises.models import Event
from assises.people import audit
from committee.exports import guests, rows

DOWNLOADED = "export"


class Export(NamedTuple):
    """``table`` makes what somebody takes away of their :class:`~committee.visibility.Sight`.

    ``permission`` says to whom it is given.
    """

    name: str
    title: str
    sentence: str
    table: Callable
    sentence_of_named: str = ""
    permission: str = "committee.export_decision"

    def is_for(self, user):
        return user.has_perm(self.permission)

    def file_name(self, edition, extension, *, at):
        """Return « assises-2027-projets-retenus-2027-05-12.xlsx »."""
        day = dates.local_day(at).isoformat()
        return f"assises-{edition.slug}-{self.name}-{day}.{extension}"


EXPORTS = {
    export.name: export
    for export in (
        Export(
            "projets-retenus",
            "Projets retenus",
            "Les propositions retenues pour la matinée, par rang\u00a0: qui les porte,"
            " comment les joindre, leur durée, leur moyenne et le motif communiqué.",
            rows.selected_rows,
        ),
        Export(
            "toutes-les-reponses",
            "Toutes les réponses",
            "Chaque réponse envoyée, des trois façons, avec tous ses textes et ses"
            " choix, la plus récente d’abord.",
            rows.answer_rows,
        ),
        Export(
            "structures-et-contacts",
            "Structures et contacts",
            "Une ligne par personne d’une structure nommée dans une réponse\u00a0: son"
            " adresse électronique, confirmée ou non, et son téléphone.",
            rows.people_rows,
        ),
        Export(
            "evaluations-sans-les-noms",
            "Évaluations sans les noms",
            "Une ligne par évaluation rendue\u00a0: une colonne par critère, la moyenne,"
            " le commentaire et la suggestion. Aucune colonne ne dit de quel membre elle"
            " vient.",
            rows.review_rows,
        ),
        Export(
            "toutes-les-decisions",
            "Toutes les décisions",
            "Ce que devient chaque proposition décidée, par rang\u00a0: retenue, en"
            " réserve, autre format ou non retenue, sa durée et le jour de la décision.",
            rows.decision_rows,
            sentence_of_named="Le motif et la note de délibération aussi.",
            permission="committee.view_decision",
        ),
        Export(
            "personnes-attendues",
            "Personnes attendues",
            "Qui vient, par structure\u00a0: le matin, au déjeuner, l’après-midi, et qui ne"
            " veut pas de photo, et qui appeler. Ni les repas ni les aménagements.",
            guests.participant_rows,
            permission="assises.view_guest",
        ),
        Export(
            "repas",
            "Repas pour le traiteur",
            "Combien de personnes déjeunent, par régime. Aucun nom.",
            guests.meal_rows,
            permission="assises.view_guest",
        ),
        Export(
            "amenagements",
            "Aménagements à prévoir",
            "Ce que des personnes attendues ont demandé pour pouvoir venir. Ne le"
            " confiez qu’à qui prépare les lieux.",
            guests.access_rows,
            permission="assises.view_guest",
        ),
        Export(
            "etiquettes",
            "Étiquettes et enveloppes",
            "Une ligne par invitation\u00a0: structure, personne, commune, nombre de places.",
            guests.label_rows,
            permission="assises.view_guest",
        ),
    )
}


def record_download(export, extension, rows, *, edition, by, at):
    """Write that ``by`` downloads ``export``: its name and size, nothing of what it says."""
    values = {"liste": export.name, "format": extension, "lignes": rows}
    audit.record(DOWNLOADED, edition, by=by, at=at, changed=values, values=values)


def last_downloads(edition):
    """Return ``{name of the list: Event}`` of its last download, in one query."""
    downloads = Event.objects.about(edition).filter(verb=DOWNLOADED).order_by()
    last = downloads.values(name=KT("values__liste")).annotate(last=Max("pk"))
    events = Event.objects.filter(pk__in=last.values("last")).select_related("user")
    return {event.values["liste"]: event for event in events}
