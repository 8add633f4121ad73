"""Steps « Votre action », « Territoire et publics » and « La matinée »."""

from django.core.exceptions import ValidationError

from submissions.forms.base import StepForm, asks


@asks("action")
class ActionForm(StepForm):
    def layout(self):
        names = [name for name in self.fields if name != "description"]
        names.insert(names.index("pitch") + 1, "description")
        return self.fold(names)

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
        communes.choices = self.lists.communes_by_departement
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


@asks("matinee")
class MorningForm(StepForm):
    """What the committee reads before it chooses."""

    def adapt(self):
        lengths = self.application.edition.talk_lengths
        self.fields["minutes_wanted"].choices = [
            (str(minutes), f"{minutes} minutes") for minutes in lengths
        ]
