"""What does the template pack ``fields`` need to know of one field to show it well?"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django import forms, template
from django.forms import BoundField

from assises.forms import renderer
from assises.french.dates import NBSP
from assises.french.numbers import plural, spaced

register = template.Library()

# Longer, a list of boxes runs in columns even on a phone, and its families are folded.
LONG = 9


@dataclass
class FieldView:
    """A bound field as the pack shows it; serves our forms and plain ones alike.

    Our fields say ``needed`` (to send), ``limit`` (of characters) and may carry
    ``choice_hints`` (value → sentence); a plain Django field has none of them.
    """

    bound: BoundField

    @property
    def widget(self):
        return self.bound.field.widget

    @cached_property
    def template(self):
        if isinstance(self.widget, forms.RadioSelect):
            return "fields/choices.html"
        if isinstance(self.widget, forms.CheckboxInput):
            return "fields/checkbox.html"
        return "fields/input.html"

    @property
    def optional(self):
        field = self.bound.field
        return not getattr(field, "needed", field.required)

    @property
    def limit(self):
        field = self.bound.field
        return (
            getattr(field, "limit", None) if getattr(field, "counted", True) else None
        )

    @property
    def described_by(self):
        """Ids of the hint, the message and the counter, in the order they are read."""
        count_id = f"{self.bound.auto_id}_count" if self.limit else ""
        return f"{self.bound.aria_describedby or ''} {count_id}".strip()

    @property
    def control(self):
        """The input itself, tied to its hint, message and counter."""
        attrs = {"aria-describedby": self.described_by} if self.described_by else {}
        if isinstance(self.widget, forms.EmailInput):
            attrs["data-behaviour"] = "mail-hint"
        elif type(self.widget) in {forms.TextInput, forms.Textarea}:
            attrs["dir"] = "auto"  # Arabic is read from the right.
        return self.bound.as_widget(attrs=attrs)

    @property
    def count(self):
        """Characters typed so far: code points less the spaces around, a new line is one."""
        typed = str(self.bound.value() or "")
        return len(typed.replace("\r\n", "\n").strip())

    @property
    def count_text(self):
        over, limit = self.count - self.limit, spaced(self.limit)
        if over <= 0:
            return f"{limit}{NBSP}caractères au plus"
        told = f"{spaced(over)}{NBSP}caractère{plural(over)} de trop"
        return f"{spaced(self.count)} sur {limit}, {told}"

    @cached_property
    def groups(self):
        """Pairs of heading and :class:`Choice` list; outside any group, there is no heading."""
        attrs = {"id": self.bound.auto_id} if self.bound.auto_id else {}
        attrs = self.bound.build_widget_attrs(attrs)
        # The fieldset tells the error, once; each radio of it would repeat it.
        attrs.pop("aria-invalid", None)
        values = self.widget.format_value(self.bound.value())
        hints = getattr(self.bound.field, "choice_hints", {})
        options = self.widget.optgroups(self.bound.html_name, values, attrs)
        groups = []
        for heading, choices, _index in options:
            # Django makes one group of each choice that has none: they are one list.
            if not groups or heading or groups[-1][0]:
                groups.append((heading, []))
            groups[-1][1].extend(_choice(each, hints) for each in choices)
        return groups

    @property
    def is_long(self):
        several = isinstance(self.widget, forms.CheckboxSelectMultiple)
        return several and sum(len(choices) for _, choices in self.groups) > LONG

    @property
    def folds(self):
        """Say whether each family is folded: nobody has to open any."""
        families = [heading for heading, _ in self.groups if heading]
        return self.is_long and self.optional and len(families) > 2

    @property
    def first_id(self):
        """Id of the input that the error summary leads to."""
        if self.template == "fields/choices.html" and len(self.bound):
            return self.bound[0].id_for_label
        return self.bound.auto_id


class Choice(NamedTuple):
    """One radio or box as the pack shows it."""

    control: str
    id: str
    label: str
    hint: str
    is_chosen: bool


def _choice(option, hints):
    hint = hints.get(str(option["value"]), "")
    told = {"aria-describedby": f"{option['attrs']['id']}_hint"} if hint else {}
    control = renderer.write_input(option | {"attrs": told | option["attrs"]})
    return Choice(
        control, option["attrs"]["id"], option["label"], hint, option["selected"]
    )


@register.simple_tag
def field_view(bound):
    """Return the :class:`FieldView` of ``bound``, as in ``{% field_view field as view %}``."""
    return FieldView(bound)


@register.filter
def any_chosen(choices):
    """Say whether one of the ``choices`` of a group is ticked."""
    return any(choice.is_chosen for choice in choices)


@register.simple_tag
def error_lines(form):
    """Return one line per error: the text, which names its field, and where it leads."""
    lines = [{"text": message, "target": ""} for message in form.non_field_errors()]
    for name in sorted(form.errors, key=_order_of(form)):
        if name not in form.fields:
            continue
        bound = form[name]
        target = "" if bound.is_hidden else FieldView(bound).first_id
        lines += [
            {"text": named_like(bound.label, message), "target": target}
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
