"""How do templates write days and deadlines? With ``assises/french/dates.py``, as everything."""

from django import template

from assises.french import dates

register = template.Library()

register.filter("day", dates.day)
register.filter("clock_time", dates.clock_time)
register.filter("moment", dates.moment)
register.filter("deadline", dates.deadline)
register.filter("since", dates.since)
register.filter("local_day", dates.local_day)
register.filter("short_day", dates.short_day)
register.filter("last_day_before", dates.last_day_before)
