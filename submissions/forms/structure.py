"""Step « Votre structure »: picked among the known ones, or described."""

from assises.forms.layout import Details
from assises.french import text
from assises.models import Structure
from submissions.answering.choice_lists import ELSEWHERE
from submissions.answering.question import Owner
from submissions.forms.base import StepForm, asks

REQUIRED = ("name", "kind", "seat")
PRECISIONS = ("website", "about", "siret", "rna", "uai")
DESCRIBED = (*REQUIRED, *PRECISIONS)


DESCRIBES = "Non, je la décris ci-dessous"


@asks("structure")
class StructureForm(StepForm):
    relations = ("structure", "structure_picked")

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
        values, application = super().read(), self.application
        values["known"] = (
            str(application.structure_id) if application.structure_picked else ""
        )
        if structure := application.structure:
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
            Owner.STRUCTURE, Structure, REQUIRED, self.valid(Owner.STRUCTURE)
        )
        return unplaced

    def set_value(self, row, name, value):
        if name == "seat":
            row.seat_elsewhere = value == ELSEWHERE
            row.seat_id = None if row.seat_elsewhere else value
        else:
            super().set_value(row, name, value)
