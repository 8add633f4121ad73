"""How do templates write what a machine reads too?"""

from django import template

register = template.Library()


@register.filter
def dialled(phone):
    """Keep of a telephone number what is dialled: « 01 99 00 12 34 » → ``0199001234``."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")
