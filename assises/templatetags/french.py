"""How do templates write days, numbers and telephones? As ``assises/french/`` does."""

import re

from django import template
from django.template.defaultfilters import stringfilter

from assises.french import dates, numbers, text

register = template.Library()

register.filter("day", dates.day)
register.filter("clock_time", dates.clock_time)
register.filter("moment", dates.moment)
register.filter("told_at", dates.told_at)
register.filter("short_moment", dates.short_moment)
register.filter("deadline", dates.deadline)
register.filter("since", dates.since)
register.filter("local_day", dates.local_day)
register.filter("short_day", dates.short_day)
register.filter("last_day_before", dates.last_day_before)
register.filter("hard_spaced", stringfilter(text.hard_spaced))
register.filter("masked", text.masked)
register.filter("plural", numbers.plural)


@register.filter
def dialled(phone):
    """Keep of a telephone number what is dialled: « 01 99 00 12 34 » → ``0199001234``."""
    return "".join(re.findall(r"[\d+]", phone))


@register.filter(is_safe=True)
@stringfilter
def apostrophes(message):
    """Write a sentence of Django with the apostrophes of the others."""
    return message.replace("'", "’")


@register.filter
def unbroken(phone):
    """Write a telephone number so that no line ends inside it."""
    return re.sub(r"(?<=\d)[ \u00a0.](?=\d)", "\u202f", phone)
