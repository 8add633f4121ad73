"""How are the controls of a form written? As Django's templates do, without one by option."""

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape

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


def _attributes(widget):
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget):
    value = ""
    if widget["value"] is not None:
        value = f' value="{conditional_escape(widget["value"])}"'
    name, kind = map(conditional_escape, (widget["name"], widget["type"]))
    return f'<input type="{kind}" name="{name}"{value}{_attributes(widget)}>'


def _textarea(widget):
    name, text = map(conditional_escape, (widget["name"], widget["value"] or ""))
    return f'<textarea name="{name}"{_attributes(widget)}>\n{text}</textarea>'


def _select(widget):
    options = []
    for heading, choices, _ in widget["optgroups"]:
        inside = "".join(map(_option, choices))
        if heading:
            label = conditional_escape(heading)
            inside = f'\n  <optgroup label="{label}">{inside}\n  </optgroup>'
        options.append(inside)
    head = f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>'
    return f"{head}{''.join(options)}\n</select>"


def _option(option):
    value, label = map(conditional_escape, (option["value"], option["label"]))
    return f'\n  <option value="{value}"{_attributes(option)}>{label}</option>\n'


WRITERS = {f"{WIDGETS}{name}.html": _input for name in INPUTS} | {
    f"{WIDGETS}select.html": _select,
    f"{WIDGETS}textarea.html": _textarea,
}
