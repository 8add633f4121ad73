"""How are the controls of a form written? As Django's templates do, without one by option."""

from functools import lru_cache

from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html

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


def _attributes(attrs):
    """Return how ``attrs`` are written in a tag, and their values: a tag is formatted once."""
    written = {name: value for name, value in attrs.items() if value is not False}
    places = (
        f" {name}" if value is True else f' {name}="{{}}"'
        for name, value in written.items()
    )
    return "".join(places), [v for v in written.values() if v is not True]


NOTHING = format_html("{}", "")

# What is offered is the same on every page: it is escaped once. `typed` tells a safe
# text from another one of the same letters.
format_once = lru_cache(maxsize=2048, typed=True)(format_html)


def _places_of_input(widget):
    own = {name: widget[name] for name in ("type", "name", "value")}
    if own["value"] is None:
        del own["value"]
    return _attributes(own | widget["attrs"])


def _input(widget):
    places, values = _places_of_input(widget)
    return format_html(f"<input{places}>", *values)


def write_choice(option, hint):
    """Write one radio or box of a list, an option of its widget, with its label and ``hint``."""
    places, values = _places_of_input(option)
    own_id = option["attrs"]["id"]
    pattern = f'<div class="choice"><input{places}> <label for="{{}}">{{}}</label>'
    values += [own_id, option["label"]]
    if hint:
        pattern += '<p class="hint" id="{}_hint">{}</p>'
        values += [own_id, hint]
    return format_once(f"{pattern}</div>\n", *values)


def _textarea(widget):
    places, values = _attributes({"name": widget["name"], **widget["attrs"]})
    text = widget["value"] or ""
    return format_html(f"<textarea{places}>\n{{}}</textarea>", *values, text)


def _select(widget):
    groups = NOTHING
    for group in widget["optgroups"]:
        groups += _group(*group)
    places, values = _attributes({"name": widget["name"], **widget["attrs"]})
    return format_html(f"<select{places}>{{}}\n</select>", *values, groups)


def _group(heading, choices, _):
    options = NOTHING
    for choice in choices:
        places, values = _attributes({"value": choice["value"], **choice["attrs"]})
        pattern = f"\n  <option{places}>{{}}</option>\n"
        options += format_once(pattern, *values, choice["label"])
    if not heading:
        return options
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', heading, options)


WRITERS = {f"{WIDGETS}{name}.html": _input for name in INPUTS} | {
    f"{WIDGETS}select.html": _select,
    f"{WIDGETS}textarea.html": _textarea,
}
