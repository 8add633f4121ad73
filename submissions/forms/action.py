"""Steps « Votre action » and « Territoire et publics »."""

from assises.forms.fields import (
    ChoiceField,
    PeriodField,
    ProseField,
    SeveralField,
    TextField,
    TickField,
)
from assises.forms.layout import Details
from assises.french import dates
from assises.models import Term
from submissions.forms.base import ACTIONS, MORNING, StepForm
from submissions.models import Application

VOCABULARIES = {
    "axes": Term.Vocabulary.AXIS,
    "themes": Term.Vocabulary.THEME,
    "formats": Term.Vocabulary.FORMAT,
}


class ActionForm(StepForm):
    columns = (
        "title",
        "pitch",
        "description",
        "stage",
        "starts",
        "ends",
        "recurrent",
        "reach",
        "girls_share",
    )
    needed_for = {
        "title": ACTIONS,
        "pitch": ACTIONS,
        "stage": ACTIONS,
        "axes": ACTIONS,
        "description": MORNING,
    }

    title = TextField(
        label="Titre",
        help_text="Celui que vous mettriez sur une affiche.",
        limit=100,
        counted=True,
        missing="Donnez un titre à votre action.",
    )
    pitch = ProseField(
        label="En une phrase",
        help_text="Pour qui, quoi, où : la phrase qui donne envie de lire la suite.",
        limit=200,
        rows=3,
        missing="Résumez votre action en une phrase.",
    )
    stage = ChoiceField(
        label="Où en est-elle ?",
        choices=Application.Stage.choices,
        missing="Dites où en est votre action.",
    )
    axes = SeveralField(
        label="Ce qu’elle cherche d’abord à faire",
        help_text="Un ou plusieurs des axes de l’appel.",
        missing="Choisissez au moins un des axes de l’appel.",
    )
    description = ProseField(
        label="Description",
        help_text="Comment l’action se déroule, avec qui, et ce qui a changé grâce à elle.",
        limit=1500,
        rows=8,
        missing="Décrivez votre action : le comité s’appuie sur ce texte.",
    )
    starts = PeriodField(label="Début", help_text="Une année, ou un mois : 09/2026.")
    ends = PeriodField(
        label="Fin", help_text="Laissez vide si elle n’a pas de fin prévue."
    )
    recurrent = TickField(label="Elle revient chaque année")
    themes = SeveralField(label="Thèmes")
    formats = SeveralField(label="Formats")
    reach = ChoiceField(
        label="Personnes touchées par an",
        help_text="Un ordre de grandeur suffit.",
        choices=Application.Reach.choices,
    )
    girls_share = ChoiceField(
        label="Part de filles ou de femmes parmi elles",
        choices=Application.GirlsShare.choices,
    )

    def adapt(self):
        for name, vocabulary in VOCABULARIES.items():
            self.fields[name].choices = self.words.of(vocabulary)

    def layout(self):
        main = ["title", "pitch", "stage", "axes"]
        more = [
            "starts",
            "ends",
            "recurrent",
            "themes",
            "formats",
            "reach",
            "girls_share",
        ]
        (main if self.fields["description"].needed else more).insert(
            2 if self.fields["description"].needed else 0, "description"
        )
        return [*main, Details("Ajouter des précisions", *more)]

    def read(self):
        values = super().read() | self.read_terms(**VOCABULARIES)
        for name in ("starts", "ends"):
            values[name] = dates.period(values[name])
        return values

    def clean(self):
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts[: len(ends)]:
            self.add_error(
                "ends", "La fin vient avant le début : vérifiez les deux dates."
            )

    def write(self):
        self.write_terms(**VOCABULARIES)
        return super().write()


class TerritoryForm(StepForm):
    columns = ("whole_territory",)
    needed_for = {"communes": ACTIONS, "audiences": ACTIONS}

    communes = SeveralField(
        label="Communes concernées",
        help_text="Celles où l’action a lieu, ou d’où viennent ses publics.",
        missing="Choisissez au moins une commune, ou tout le territoire.",
    )
    whole_territory = TickField(
        label="Tout le territoire",
        help_text="Si l’action touche les 23 communes. L’emporte sur les communes cochées.",
    )
    audiences = SeveralField(
        label="Publics",
        help_text="Toutes les personnes à qui l’action s’adresse.",
        missing="Choisissez au moins un public.",
    )

    def adapt(self):
        self.fields["communes"].choices = self.words.communes_by_departement()
        self.fields["audiences"].choices = self.words.of(Term.Vocabulary.AUDIENCE)
        # One of the two answers is enough: the rule is in `absent` and `clean`.
        self.fields["communes"].required = False

    def layout(self):
        return ["whole_territory", "communes", "audiences"]

    def read(self):
        communes = self.application.communes.all() if self.application.pk else []
        return (
            super().read()
            | {"communes": sorted(commune.pk for commune in communes)}
            | self.read_terms(audiences=Term.Vocabulary.AUDIENCE)
        )

    def absent(self, values):
        absent = super().absent(values)
        if values.get("whole_territory") and "communes" in absent:
            absent.remove("communes")
        return absent

    def is_relevant(self, name):
        return name != "communes" or not self["whole_territory"].value()

    def clean(self):
        strict = self.fields["audiences"].required
        if (
            strict
            and "communes" not in self.errors
            and "communes" in self.absent(self.cleaned_data)
        ):
            self.add_error("communes", self.fields["communes"].missing)

    def write(self):
        super().write()
        self.write_terms(audiences=Term.Vocabulary.AUDIENCE)
        if "communes" in self.cleaned_data:
            self.application.communes.set(self.cleaned_data["communes"])
        return []
