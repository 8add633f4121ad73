"""Step « La matinée »: what the committee reads before it chooses."""

from assises.forms.layout import Details
from submissions.forms.base import StepForm, asks


@asks("matinee")
class MorningForm(StepForm):
    def adapt(self):
        lengths = self.application.edition.talk_lengths
        self.fields["minutes_wanted"].choices = [
            (str(minutes), f"{minutes} minutes") for minutes in lengths
        ]

    def layout(self):
        main = ["takeaway", "transferable", "presenters", "availability"]
        more = ["minutes_wanted", "minors", "equipment"]
        return [*main, Details("Ajouter des précisions", *more)]
