"""Steps « Votre action », « Territoire et publics » and « La matinée »."""

from functools import partial

from django.core.exceptions import ValidationError

from assises.french import dates
from submissions.forms.base import StepForm, asks

AVAILABLE = "Ces personnes seront-elles présentes le matin des Assises, le {day} ?"


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
        # The first time, the commune of the seat is ticked: most actions take place there.
        communes.initial = [self.application.said("structure", "seat")]
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
        day = dates.day(self.application.edition.held_on)
        self.fields["availability"].label = AVAILABLE.format(day=day)
        self.fields["presenters"].initial = _who_answers(self.application)
        lengths = self.application.edition.talk_lengths
        self.fields["minutes_wanted"].choices = [
            (str(minutes), f"{minutes} minutes") for minutes in lengths
        ]


def _who_answers(application):
    """Name who answers as « Qui présentera ? » asks it: they present, most of the time."""
    said = partial(application.said, "contact")
    person = f"{said('first_name')} {said('last_name')}".strip()
    return ", ".join(filter(None, (person, said("function"))))
