"""How do templates write days, numbers and telephones? As ``assises/french/`` does."""

from django import template
from django.template.defaultfilters import stringfilter

from assises.french import dates, numbers, phones, text

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
register.filter("spaced", numbers.spaced)
register.filter("spoken", phones.spoken)
register.filter("dialled", phones.dialled)


@register.filter(is_safe=True)
@stringfilter
def apostrophes(message):
    """Write a sentence of Django with the apostrophes of the others."""
    return message.replace("'", "’")
