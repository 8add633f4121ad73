"""When does the demonstration's year take place, seen from the day it is loaded?"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from assises.french import dates

OPEN_FOR = timedelta(weeks=6)
THURSDAY = 3


class Calendar(NamedTuple):
    """The instants and days of an edition whose call is open at the time of loading."""

    opens_at: datetime
    closes_at: datetime
    inventory_closes_at: datetime
    reviews_due_on: date
    results_on: date
    held_on: date

    @property
    def year(self):
        return self.held_on.year


def around(at):
    """Return a call opened six weeks before ``at``, closing on the next 31 May included."""
    today = dates.local_day(at)
    year = today.year if today <= date(today.year, 5, 31) else today.year + 1
    return Calendar(
        opens_at=dates.start_of(today - OPEN_FOR),
        closes_at=dates.closing_after(date(year, 5, 31)),
        inventory_closes_at=dates.closing_after(date(year, 9, 30)),
        reviews_due_on=date(year, 6, 25),
        results_on=date(year, 7, 5),
        held_on=_third_thursday(year, 10),
    )


def _third_thursday(year, month):
    first = date(year, month, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 14)


def paris_instant(opens_at, at, share):
    """Return an instant of the day at ``share`` of the time from ``opens_at`` to ``at``.

    Nobody answers at four in the morning: it falls between 8 h and 20 h.
    """
    day = dates.local_day(opens_at + share * (at - opens_at))
    minutes = 8 * 60 + int(share * 7919) % (12 * 60)
    hour = time(minutes // 60, minutes % 60)
    return datetime.combine(day, hour, tzinfo=dates.PARIS)
