"""Until when may a structure say that it will present its action in the morning?"""

from datetime import timedelta

from django import forms

from assises.french import dates
from submissions.forms.last_day import LastDayForm

USUAL = timedelta(days=14)
EVE = timedelta(days=1)


class OfferForm(LastDayForm):
    """The last day to answer, before the Assises, and no earlier than one given already."""

    label = "Dernier jour pour répondre"

    def __init__(self, *args, application, at):
        first = {"last_day": _sensible_day(application, at=at)}
        super().__init__(*args, initial=first, at=at)
        self.application = application
        self.fields["last_day"].help_text = (
            "Ouvert jusqu’à 23 h 59 ce jour-là. Si vous le changez, le courriel vous est montré de"
            " nouveau avant de partir."
        )

    def clean_last_day(self):
        day = super().clean_last_day()
        application = self.application
        held_on = application.edition.held_on
        if day >= held_on:
            raise forms.ValidationError(
                f"Les Assises ont lieu le {dates.day(held_on)} : choisissez un jour"
                " avant."
            )
        until = application.editable_until and application.offer_ends_at()
        if until and dates.closing_after(day) < until:
            raise forms.ValidationError(
                f"Cette réponse est déjà ouverte {dates.deadline(until)} : choisissez ce"
                " jour, ou un autre plus tard."
            )
        return day


def _sensible_day(application, *, at):
    """Return the day to begin with: in two weeks, before the Assises, after one given
    already."""
    day = min(dates.local_day(at) + USUAL, application.edition.held_on - EVE)
    if application.editable_until is None:
        return day
    return max(day, dates.last_day_before(application.offer_ends_at()))
