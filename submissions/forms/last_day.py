"""What must a day be, typed by organisers, until whose end an answer or the call stays open?"""

from datetime import timedelta

from django import forms

from assises.forms.fields import DayInput
from assises.french import dates

# A year typed wrong must not leave an answer open for ever.
LONGEST = timedelta(days=366)


class LastDayForm(forms.Form):
    """A day to come, within a year; ``label`` says what ends with it."""

    use_required_attribute = False
    label = "Dernier jour"

    last_day = forms.DateField(
        help_text="Ouvert jusqu’à 23 h 59 ce jour-là.",
        widget=DayInput,
        error_messages={
            "required": "Indiquez un jour.",
            "invalid": "Indiquez un jour.",
        },
    )

    def __init__(self, *args, at, **options):
        super().__init__(*args, **options)
        self.at = at
        self.fields["last_day"].label = self.label

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day > dates.local_day(self.at) + LONGEST:
            raise forms.ValidationError("Un an au plus.")
        if dates.closing_after(day) <= self.at:
            raise forms.ValidationError("Ce jour est passé.")
        return day
