"""What do templates ask of the fields of a form?"""

from django import template

from assises.forms.frames import FieldView, framed
from assises.french.dates import NBSP

register = template.Library()

register.filter("framed", framed)


@register.simple_tag
def error_lines(form):
    """Return one line per error: the text, which names its field, and where it leads."""
    lines = [{"text": message, "target": ""} for message in form.non_field_errors()]
    for name in sorted(form.errors, key=_order_of(form)):
        if name not in form.fields:
            continue
        bound = form[name]
        target = "" if bound.is_hidden else FieldView(bound).first_id
        # Where several fields bear one label, each is told apart here.
        label = getattr(bound.field, "summary_label", bound.label)
        lines += [
            {"text": named_like(label, message), "target": target}
            for message in bound.errors
        ]
    return lines


def _order_of(form):
    """Return what ranks the names of fields as the page shows them."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    names = [*form.fields]
    if layout is not None:
        names = [pointer.name for pointer in layout.get_field_names()]
    ranks = {name: rank for rank, name in enumerate(names)}
    return lambda name: ranks.get(name, len(ranks))


def named_like(label, message):
    """Write « Titre : Dix caractères de trop. », « Où en est-elle ? Choisissez… ».

    A message that names its field already stands alone.
    """
    if str(label).casefold() in str(message).casefold():
        return message
    separator = " " if str(label).endswith(("?", "!", ".", "…")) else f"{NBSP}: "
    return f"{label}{separator}{message}"
