"""Steps « Votre action » and « Territoire et publics »."""

from django.core.exceptions import ValidationError

from assises.forms.layout import Details
from submissions.forms.base import StepForm, asks


@asks("action")
class ActionForm(StepForm):
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
        if self.fields["description"].needed:
            main.insert(2, "description")
        else:
            more.insert(0, "description")
        return [*main, Details("Ajouter des précisions", *more)]

    def clean(self):
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts[: len(ends)]:
            self.add_error(
                "ends", "La fin vient avant le début : vérifiez les deux dates."
            )


@asks("territoire")
class TerritoryForm(StepForm):
    def adapt(self):
        communes = self.fields["communes"]
        communes.choices = self.words.communes_by_departement
        # One of the two answers is enough: see `clean`.
        self.needs_place, communes.required = communes.required, False

    def layout(self):
        return ["whole_territory", "communes", "audiences"]

    def is_relevant(self, name):
        return name != "communes" or not self["whole_territory"].value()

    def clean(self):
        placed = self.cleaned_data.get("whole_territory") or self.cleaned_data.get(
            "communes"
        )
        if self.needs_place and not placed and "communes" not in self.errors:
            missing = self.fields["communes"].error_messages["required"]
            self.add_error("communes", ValidationError(missing, code="required"))
