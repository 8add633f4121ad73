"""Step « Votre structure »: picked among the known ones, or described."""

from assises.forms.layout import Details
from assises.french import text
from submissions.forms.base import StepForm, asks

REQUIRED = ("name", "kind", "seat")
PRECISIONS = ("website", "about", "siret", "rna", "uai")
DESCRIBED = (*REQUIRED, *PRECISIONS)
DESCRIBES = "Non, je la décris ci-dessous"


@asks("structure")
class StructureForm(StepForm):
    def adapt(self):
        self.fields["seat"].choices = self.lists.seats
        self.fields["known"].choices = self.known_choices
        for name in DESCRIBED if self.locked else ("structure_correction",):
            del self.fields[name]
        if not self.own:
            del self.fields["known"]  # The second contact moves it nowhere.

    def known_choices(self):
        known, picked = self.lists.known_structures, self.application.picked
        if picked and str(picked.pk) not in dict(known):
            known = [(str(picked.pk), f"{picked} ({picked.seat_label})"), *known]
        return [("", "Non, je vais la décrire" if self.locked else DESCRIBES), *known]

    def layout(self):
        asked = "known" in self.fields and len(self.known_choices()) > 1
        known = ["known"] if asked else []
        if self.locked:
            return [
                *known,
                "unit",
                Details("Signaler une erreur", "structure_correction"),
            ]
        return [*known, *self.fold([n for n in self.fields if n != "known"])]

    def clean(self):
        """Refuse to pick a structure and describe one: what is typed is never dropped."""
        known, picked = self.cleaned_data.get("known"), self.application.picked
        if not known or (picked and known == str(picked.pk)):
            return
        label = dict(self.fields["known"].choices)[known]
        typed = [name for name in PRECISIONS if self.data.get(name, "").strip()]
        if text.fold(self.cleaned_data.get("name", "")) not in text.fold(label):
            typed.insert(0, "name")
        if labels := [self.fields[name].label for name in typed if name in self.fields]:
            self.add_error(
                "known",
                f"Vous avez choisi {label} dans la liste et rempli plus bas :"
                f" {', '.join(labels)}. Gardez l’un des deux : effacez ce que vous avez rempli (une erreur se signale ensuite), ou"
                f" choisissez « {DESCRIBES} ».",
            )
        # A structure is chosen in the list: nothing of it is left to describe.
        for name in REQUIRED:
            if self.has_error(name, code="required"):
                del self.errors[name]
                self.cleaned_data[name] = ""

    def is_relevant(self, name):
        return name != "known"
