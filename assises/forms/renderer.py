"""How are the controls of a form written? As Django's templates do, without one by option."""

from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join

WIDGETS = "django/forms/widgets/"
# Those whose template is that of an input.
INPUTS = [
    "checkbox",
    "date",
    "email",
    "hidden",
    "input",
    "number",
    "password",
    "tel",
    "text",
    "url",
]


class ControlRenderer(DjangoTemplates):
    """Write the controls that pages are full of by hand, and the others by their template.

    A list of communes takes a template by option: half of the time of its page.
    """

    def render(self, template_name, context, request=None):
        write = WRITERS.get(template_name)
        if write is None:
            return super().render(template_name, context, request)
        return write(context["widget"])


NOTHING = format_html("{}", "")


def _attributes(widget):
    written = NOTHING
    for name, value in widget["attrs"].items():
        if value is True:
            written += format_html(" {}", name)
        elif value is not False:
            written += _attribute(name, value)
    return written


def _attribute(name, value):
    return format_html(' {}="{}"', name, value)


def write_input(widget):
    """Write an input, a radio or a box of a list included."""
    value = "" if widget["value"] is None else _attribute("value", widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        value,
        _attributes(widget),
    )


def _textarea(widget):
    text = widget["value"] or ""
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        _attributes(widget),
        text,
    )


def _select(widget):
    groups = NOTHING
    for group in widget["optgroups"]:
        groups += _group(*group)
    return format_html(
        '<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget), groups
    )


def _group(heading, choices, _):
    options = format_html_join(
        "",
        '\n  <option value="{}"{}>{}</option>\n',
        ((option["value"], _attributes(option), option["label"]) for option in choices),
    )
    if not heading:
        return options
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', heading, options)


WRITERS = {f"{WIDGETS}{name}.html": write_input for name in INPUTS} | {
    f"{WIDGETS}select.html": _select,
    f"{WIDGETS}textarea.html": _textarea,
}
