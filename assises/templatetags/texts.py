"""How do templates write what a machine reads too, and numbers that no line breaks?"""

import re

from django import template
from django.template.defaultfilters import stringfilter

register = template.Library()


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
