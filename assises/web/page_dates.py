"""Which dates of the edition do the organisers' pages hold by their name, and which in letters?"""

import re

from django.utils.dates import MONTHS

from assises.french import dates

_PLACE = re.compile(r"\{(\w+)\}")
# What each name stands for.
PLACES = {
    "jour": lambda edition: f"le {dates.day(edition.held_on)}",
    "horaires": lambda edition: edition.hours,
    "lieu": lambda edition: edition.place,
    "ouverture": lambda edition: f"le {dates.day(dates.local_day(edition.opens_at))}",
    "cloture": lambda edition: dates.deadline(edition.closes_at),
    "cloture_recensement": lambda edition: dates.deadline(edition.inventory_closes_at),
    "reponses": lambda edition: (
        f"le {dates.day(edition.results_on)}" if edition.results_on else ""
    ),
}


def filled(text, edition):
    """Return ``text`` with the dates of ``edition`` in place of their names."""
    if edition is None:
        return text
    return _PLACE.sub(lambda found: _worded(found, edition), text)


def _worded(found, edition):
    word = PLACES.get(found[1])
    return word(edition) if word else found[0]


def explained(text, edition):
    """Return ``text``, a help, with what each name prints today after it."""
    return _PLACE.sub(
        lambda found: f"{found[0]}\u00a0: {_printed(found, edition)}", text
    )


def _printed(found, edition):
    word = _worded(found, edition)
    return f"«\u00a0{word}\u00a0»" if word else "rien encore"


def unknown(text):
    """Return the names between braces that stand for nothing."""
    return [name for name in _PLACE.findall(text) if name not in PLACES]


def outdated(text, edition):
    """Return the days of the year of ``edition`` that ``text`` writes in letters, and that
    are none of its own: « 31 mai »."""
    months = [str(name) for name in MONTHS.values()]
    in_letters = rf"\b(\d{{1,2}})(?:er)?\s+({'|'.join(months)})\b(?:\s+(\d{{4}}))?"
    own = {(str(day.day), months[day.month - 1]) for day in _days_of(edition)}
    years = {str(day.year) for day in _days_of(edition)}
    return [
        found[0]
        for found in re.finditer(in_letters, text, re.IGNORECASE)
        if (found[1], found[2].lower()) not in own
        if not found[3] or found[3] in years
    ]


def _days_of(edition):
    """Return every day that the calendar of ``edition`` holds."""
    known = (edition.held_on, edition.reviews_due_on, edition.results_on)
    closings = (edition.closes_at, edition.inventory_closes_at)
    return {
        dates.local_day(edition.opens_at),
        *map(dates.last_day_before, closings),
        *filter(None, known),
    }
