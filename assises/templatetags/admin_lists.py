"""What do the lists of the administration need to know of a filter?"""

from django import template

register = template.Library()


@register.filter
def chosen(choices):
    """Return what the chosen one among ``choices`` is called, "" when it is « tout »."""
    return next((c["display"] for c in choices[1:] if c["selected"]), "")
