"""Step « Votre structure »: picked among the known ones, or described."""

from django import forms

from assises.forms.fields import ChoiceField, ProseField, TextField, WebsiteField
from assises.forms.identifiers import RnaField, SiretField, UaiField
from assises.forms.layout import Details
from assises.french import text
from assises.models import Structure
from submissions.answering.choice_lists import ELSEWHERE
from submissions.forms.base import EVERYONE, StepForm

REQUIRED = ("name", "kind", "seat")
PRECISIONS = ("website", "about", "siret", "rna", "uai")
DESCRIBED = (*REQUIRED, *PRECISIONS)


DESCRIBES = "Non, je la décris ci-dessous"


class StructureForm(StepForm):
    columns = ("unit",)
    relations = ("structure", "structure_picked", "structure_correction")
    needed_for = {"name": EVERYONE, "kind": EVERYONE, "seat": EVERYONE}

    known = ChoiceField(
        label="Votre structure est-elle dans cette liste ?",
        help_text="Si elle y est, inutile de la décrire.",
        widget=forms.Select({"data-behaviour": "known-structure"}),
    )
    name = TextField(
        label="Nom de la structure",
        help_text="En toutes lettres. Si vous répondez à titre individuel, vos prénom et nom.",
        limit=120,
        missing="Indiquez le nom de votre structure.",
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    kind = ChoiceField(
        label="Type de structure",
        choices=[("", "Choisissez un type"), *Structure.Kind.choices],
        widget=forms.Select,
        missing="Choisissez le type de votre structure.",
    )
    seat = ChoiceField(
        label="Commune du siège",
        help_text="Si le siège est ailleurs, choisissez « Hors du territoire » à la fin de la liste.",
        widget=forms.Select,
        missing="Choisissez la commune du siège.",
    )
    unit = TextField(
        label="Service, laboratoire, club ou classe",
        help_text="Si l’action est portée par une partie de la structure.",
        limit=120,
    )
    website = WebsiteField(label="Site internet")
    about = ProseField(
        label="Présentation de la structure",
        help_text="Quelques phrases, pour qui ne la connaît pas.",
        limit=500,
    )
    siret = SiretField(
        label="SIRET",
        help_text="14 chiffres. Il figure sur l’avis de situation délivré par l’INSEE.",
    )
    rna = RnaField(
        label="RNA",
        help_text="Pour une association : W suivi de 9 chiffres, sur le récépissé de la préfecture.",
    )
    uai = UaiField(
        label="UAI",
        help_text="Pour un établissement d’enseignement : 7 chiffres et une lettre.",
    )
    structure_correction = ProseField(
        label="Une erreur dans ces informations ? Signalez-la",
        help_text="L’organisation corrigera après vérification.",
        limit=300,
        rows=2,
    )

    def adapt(self):
        self.fields["seat"].choices = self.words.seats()
        known = self.words.known_structures
        current = (
            self.application.structure if self.application.structure_picked else None
        )
        if current and str(current.pk) not in dict(known):
            known = [(str(current.pk), f"{current} ({current.seat_label})"), *known]
        self.fields["known"].choices = [
            ("", "Non, je vais la décrire" if self.locked else DESCRIBES),
            *known,
        ]
        if not known:
            del self.fields["known"]
        for name in DESCRIBED if self.locked else ("structure_correction",):
            del self.fields[name]

    def layout(self):
        known = ["known"] if "known" in self.fields else []
        if self.locked:
            return [
                *known,
                "unit",
                Details("Signaler une erreur", "structure_correction"),
            ]
        more = Details("Ajouter des précisions", "unit", *PRECISIONS)
        return [*known, *REQUIRED, more]

    def read(self):
        application, structure = self.application, self.application.structure
        values = super().read()
        values["structure_correction"] = application.structure_correction
        values["known"] = (
            str(application.structure_id) if application.structure_picked else ""
        )
        if structure is not None:
            values |= {name: getattr(structure, name) for name in DESCRIBED}
            values["seat"] = (
                ELSEWHERE if structure.seat_elsewhere else structure.seat_id
            )
        return values

    def clean(self):
        """Refuse to pick a structure and describe one: what is typed is never dropped."""
        known, name = self.cleaned_data.get("known"), self.cleaned_data.get("name")
        if not known or self.is_current(known):
            return
        label = dict(self.fields["known"].choices)[known]
        typed = [
            self.fields[precision].label
            for precision in PRECISIONS
            if precision in self.fields and self.as_posted(precision)[0].strip()
        ]
        if name and text.fold(name) not in text.fold(label):
            self.add_error(
                "known",
                f"Vous avez choisi {label} dans la liste et décrit une autre"
                " structure plus bas. Gardez l’une des deux : effacez ce que vous avez"
                f" décrit, ou choisissez « {DESCRIBES} ».",
            )
        elif typed:
            self.add_error(
                "known",
                f"Vous avez choisi {label} dans la liste et rempli plus bas :"
                f" {', '.join(typed)}. Gardez l’un des deux : effacez ce que vous avez rempli (une erreur se signale ensuite), ou"
                f" choisissez « {DESCRIBES} ».",
            )

    def is_current(self, known):
        return self.application.structure_picked and known == str(
            self.application.structure_id
        )

    def is_relevant(self, name):
        return name != "known"

    def absent(self, values):
        """One message is enough while a picked and a described structure conflict."""
        return [] if "known" in self.errors else super().absent(values)

    def write(self):
        super().write()
        application = self.application
        known = self.cleaned_data.get("known", "")
        if "structure_correction" in self.cleaned_data:
            application.structure_correction = self.cleaned_data["structure_correction"]
        if known and not self.is_current(known):
            application.structure = Structure.objects.get(pk=known)
            application.structure_picked = True
            return []
        if application.structure_picked and not known and "known" not in self.errors:
            application.structure = None
            application.structure_picked = False
        if self.locked:
            return []
        application.structure, unplaced = self.write_row(
            application.structure, Structure, REQUIRED, self.valid(*DESCRIBED)
        )
        return unplaced

    def set_value(self, row, name, value):
        if name == "seat":
            row.seat_elsewhere = value == ELSEWHERE
            row.seat_id = None if row.seat_elsewhere else value
        else:
            super().set_value(row, name, value)
