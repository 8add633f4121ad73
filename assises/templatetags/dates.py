"""How do templates write days and deadlines? With ``assises/dates.py``, as everything."""

from django import template

from assises import dates

register = template.Library()

register.filter("day", dates.day)
register.filter("month", dates.month)
register.filter("clock_time", dates.clock_time)
register.filter("moment", dates.moment)
register.filter("deadline", dates.deadline)
register.filter("last_moment", dates.last_moment)
register.filter("last_day_before", dates.last_day_before)
register.filter("local_day", dates.local_day)
