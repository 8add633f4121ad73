"""Steps « Votre action » and « Territoire et publics »."""

from assises.forms.layout import Details
from assises.french import dates
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

    def read(self):
        values = super().read()
        for name in ("starts", "ends"):
            values[name] = dates.period(values[name])
        return values

    def clean(self):
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts[: len(ends)]:
            self.add_error(
                "ends", "La fin vient avant le début : vérifiez les deux dates."
            )


@asks("territoire")
class TerritoryForm(StepForm):
    def adapt(self):
        self.fields["communes"].choices = self.words.communes_by_departement()
        # One of the two answers is enough: the rule is in `absent` and `clean`.
        self.fields["communes"].required = False

    def layout(self):
        return ["whole_territory", "communes", "audiences"]

    def read(self):
        communes = self.application.communes.all() if self.application.pk else []
        return super().read() | {"communes": sorted(each.pk for each in communes)}

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
        if "communes" in self.cleaned_data:
            self.application.communes.set(self.cleaned_data["communes"])
        return super().write()
