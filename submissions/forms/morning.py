"""Step « La matinée »: what the committee reads before it chooses."""

from assises.forms.fields import ChoiceField, ProseField, TextField
from assises.forms.layout import Details
from submissions.forms.base import MORNING, StepForm
from submissions.models import Application


class MorningForm(StepForm):
    columns = (
        "takeaway",
        "transferable",
        "presenters",
        "availability",
        "minors",
        "equipment",
    )
    relations = ("minutes_wanted",)
    needed_for = {
        "takeaway": MORNING,
        "transferable": MORNING,
        "presenters": MORNING,
        "availability": MORNING,
    }

    takeaway = ProseField(
        label="Ce que les participantes et participants en retiendront",
        help_text="L’idée, le résultat ou la question que vous voulez partager.",
        limit=600,
        rows=5,
        missing="Dites ce que l’on retiendra de votre présentation.",
    )
    transferable = ProseField(
        label="Ce que d’autres peuvent reprendre",
        help_text="Une méthode, un outil, un partenariat, une erreur à ne pas refaire.",
        limit=600,
        rows=5,
        missing="Dites ce que d’autres structures peuvent reprendre.",
    )
    presenters = ProseField(
        label="Qui présentera ?",
        help_text="Prénom, nom et fonction, une personne par ligne. Jamais de noms d’élèves.",
        limit=300,
        rows=3,
        missing="Indiquez qui présentera votre action.",
    )
    availability = ChoiceField(
        label="Ces personnes seront-elles présentes le matin des Assises ?",
        choices=Application.Availability.choices,
        missing="Dites si ces personnes seront présentes.",
    )
    minutes_wanted = ChoiceField(
        label="Durée souhaitée",
        help_text="Le comité fixe la durée : votre souhait l’éclaire.",
    )
    minors = TextField(
        label="Élèves ou jeunes présents",
        help_text="Un nombre et un niveau seulement, par exemple « 6 élèves de 4e ».",
        limit=120,
    )
    equipment = ProseField(
        label="Matériel nécessaire",
        help_text="Vidéoprojecteur, prise, table, place pour un robot…",
        limit=300,
        rows=3,
    )

    def adapt(self):
        lengths = self.application.edition.talk_lengths
        self.fields["minutes_wanted"].choices = [
            (str(minutes), f"{minutes} minutes") for minutes in lengths
        ]

    def layout(self):
        return [
            "takeaway",
            "transferable",
            "presenters",
            "availability",
            Details("Ajouter des précisions", "minutes_wanted", "minors", "equipment"),
        ]

    def read(self):
        minutes = self.application.minutes_wanted
        return super().read() | {"minutes_wanted": str(minutes) if minutes else ""}

    def write(self):
        if "minutes_wanted" in self.cleaned_data:
            minutes = self.cleaned_data["minutes_wanted"]
            self.application.minutes_wanted = int(minutes) if minutes else None
        return super().write()
