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
        self.fields["seat"].choices = self.words.seats
        self.fields["known"].choices = self.known_choices
        for name in DESCRIBED if self.locked else ("structure_correction",):
            del self.fields[name]
        if not self.own:
            del self.fields["known"]  # The second contact moves it nowhere.

    def known_choices(self):
        known, picked = self.words.known_structures, self.application.picked
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
        more = Details("Ajouter des précisions", "unit", *PRECISIONS)
        return [*known, *REQUIRED, more]

    def clean(self):
        """Refuse to pick a structure and describe one: what is typed is never dropped."""
        known, name = self.cleaned_data.get("known"), self.cleaned_data.get("name")
        if not known or self.is_current(known):
            return
        label = dict(self.fields["known"].choices)[known]
        typed = [
            self.fields[precision].label
            for precision in PRECISIONS
            if precision in self.fields and self.data.get(precision, "").strip()
        ]
        if name and text.fold(name) not in text.fold(label):
            self.refuse_both(
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

        else:
            self.ask_no_description()

    def refuse_both(self, message):
        """Say it once: while the two conflict, what the description lacks means nothing."""
        self.add_error("known", message)
        self.ask_no_description()

    def ask_no_description(self):
        """A structure is chosen in the list: nothing of it is left to describe."""
        for name in REQUIRED:
            if self.has_error(name, code="required"):
                del self.errors[name]
                self.cleaned_data[name] = ""

    def is_current(self, known):
        picked = self.application.picked
        return picked is not None and known == str(picked.pk)

    def is_relevant(self, name):
        return name != "known"
