"""How is an instant, a day, a month or a deadline written in French? All of them, here."""

import re
from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.dates import MONTHS

from assises.french.text import fold

PARIS = ZoneInfo("Europe/Paris")
NBSP = "\u00a0"


def local(instant):
    """Return ``instant`` in Paris time."""
    return instant.astimezone(PARIS)


def local_day(instant):
    """Return the day that ``instant`` falls on in Paris."""
    return local(instant).date()


def day(value):
    """Write a day: « lundi 31 mai 2027 », « samedi 1er mai 2027 »."""
    number = "1er" if value.day == 1 else str(value.day)
    weekday, month = (formats.date_format(value, name) for name in "lF")
    return f"{weekday.lower()} {number}{NBSP}{month.lower()} {value.year}"


def short_day(value):
    """Write a day in figures: « 31/05/2027 »."""
    return value.strftime("%d/%m/%Y")


def period(value):
    """Write a year, or a month kept as « 2027-09 »: « septembre 2027 »."""
    year, _, month = value.partition("-")
    return f"{MONTHS[int(month)]} {year}" if month else year


@cache
def _months():
    """Return a month as people type it, folded → « 01 » to « 12 »; « jui » would be two."""
    return {
        fold(typed): f"{number:02}"
        for number, name in MONTHS.items()
        for typed in (str(name), name[:4], name[:3], f"{number}", f"{number:02}")
        if typed != "jui"
    }


KEPT_PERIOD = re.compile(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?")


def kept_period(typed):
    """Return a year or a month as it is kept (« 2027-09 »); nothing if it is none."""
    if KEPT_PERIOD.fullmatch(typed):
        return typed
    month, _, year = fold(typed).rpartition(" ")
    kept = f"{year}-{_months().get(month)}"
    return kept if KEPT_PERIOD.fullmatch(kept) else ""


def clock_time(instant):
    """Write a time of day in Paris: « 14 h 32 », « 9 h »."""
    at = local(instant)
    minutes = f"{NBSP}{at:%M}" if at.minute else ""
    return f"{at.hour}{NBSP}h{minutes}"


def moment(instant):
    """Write an instant: « lundi 31 mai 2027 à 14 h 32 »."""
    return f"{day(local(instant))} à {clock_time(instant)}"


def told_at(instant, at):
    """Write an instant as it is said at ``at``: « à 14 h 32 » of today, or with its day."""
    if local_day(instant) == local_day(at):
        return f"à {clock_time(instant)}"
    return f"le {moment(instant)}"


def short_moment(instant):
    """Write an instant in a list: « 31/05/2027, 14 h 32 »."""
    return f"{short_day(local(instant))}, {clock_time(instant)}"


def deadline(closing):
    """Write a deadline: « jusqu’au lundi 31 mai 2027 inclus (23 h 59, heure de Paris) ».

    ``closing`` is not included, and midnight is told as the day before: nobody knows
    which day « minuit » belongs to.
    """
    at = local(closing)
    if (at.hour, at.minute) == (0, 0):
        last = day(at - timedelta(days=1))
        return f"jusqu’au {last} inclus (23{NBSP}h{NBSP}59, heure de{NBSP}Paris)"
    return f"jusqu’au {moment(closing)} (heure de{NBSP}Paris)"


def since(closing):
    """Write since when something is closed: « depuis le lundi 31 mai 2027 au soir ».

    Midnight is told as the evening before, as :func:`deadline` does.
    """
    at = local(closing)
    if (at.hour, at.minute) == (0, 0):
        return f"depuis le {day(at - timedelta(days=1))} au soir"
    return f"depuis le {moment(closing)}"


def hours(begins, ends):
    """Write from when to when: « de 9 h à 17 h », « à partir de 9 h », or nothing."""
    if not begins:
        return ""
    if not ends:
        return f"à partir de {clock_time(begins)}"
    return f"de{NBSP}{clock_time(begins)} à {clock_time(ends)}"


def instant(value, time_of_day):
    """Return the instant of ``time_of_day`` on the day ``value`` in Paris."""
    return datetime.combine(value, time_of_day, tzinfo=PARIS)


def start_of(value):
    """Return the instant at which the day ``value`` begins in Paris."""
    return instant(value, time.min)


def closing_after(last_day):
    """Return the instant that ends ``last_day`` in Paris: the midnight that follows it."""
    return start_of(last_day + timedelta(days=1))


def last_day_before(closing):
    """Return the last day accepted by a call that closes at ``closing``."""
    return local_day(closing - timedelta(microseconds=1))
