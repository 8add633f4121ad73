"""How is a field shown: its label, its hint, its message, its control and its counter?

A page of the form has twenty of them: a template by part was half of the time of a page.
"""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.forms import BoundField
from django.utils.html import format_html

from assises.forms import renderer
from assises.forms.renderer import NOTHING, format_once
from assises.french.dates import NBSP
from assises.french.numbers import plural, spaced

# Longer, a list of boxes runs in columns even on a phone, and its families are folded.
LONG = 9


@dataclass
class FieldView:
    """A bound field as pages show it; serves our forms and plain ones alike.

    Our fields say ``needed`` (to send), ``limit`` (of characters) and may carry
    ``choice_hints`` (value → sentence); a plain Django field has none of them.
    """

    bound: BoundField

    @property
    def widget(self):
        return self.bound.field.widget

    @property
    def offers_choices(self):
        """Say whether it is a list of radios or boxes."""
        return isinstance(self.widget, forms.RadioSelect)

    @cached_property
    def errors(self):
        return self.bound.errors

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
        """The :class:`Choices`, in order: one outside any group, and one by group."""
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
            if not groups or heading or groups[-1].heading:
                groups.append(Choices(heading))
            for each in choices:
                groups[-1].html += _choice(each, hints)
                groups[-1].count += 1
                groups[-1].is_chosen |= each["selected"]
        return groups

    @cached_property
    def is_long(self):
        several = isinstance(self.widget, forms.CheckboxSelectMultiple)
        return several and sum(group.count for group in self.groups) > LONG

    @cached_property
    def folds(self):
        """Say whether each family is folded: nobody has to open any."""
        families = [group for group in self.groups if group.heading]
        return self.is_long and self.optional and len(families) > 2

    @property
    def first_id(self):
        """Id of the input that the error summary leads to."""
        if self.offers_choices and len(self.bound):
            return self.bound[0].id_for_label
        return self.bound.auto_id


@dataclass
class Choices:
    """What is offered under ``heading``, if any: the ``html`` of its ``count`` radios or boxes."""

    heading: str | None
    html: str = NOTHING
    count: int = 0
    is_chosen: bool = False


def _choice(option, hints):
    hint = hints.get(str(option["value"]), "")
    told = {"aria-describedby": f"{option['attrs']['id']}_hint"} if hint else {}
    return renderer.write_choice(option | {"attrs": told | option["attrs"]}, hint)


OPTIONAL = format_html(' <span class="optional">{}</span>', "facultatif")
HINT = '<p class="hint" id="{}_helptext">{}</p>'
MESSAGE = (
    '<p class="message" id="{}_error">'
    f'<span class="visually-hidden">Erreur{NBSP}: </span>{{}}</p>'
)
COUNT = (
    '<p class="count{}" id="{}_count" data-behaviour="counter" data-for="{}"'
    ' data-limit="{}">{}</p>'
)
INPUT = '<div class="field{}">\n<label for="{}">{}{}</label>\n{}{}{}{}</div>\n'
LONE = (
    '<div class="field lone{}">\n{}<div class="choice">{} <label for="{}">{}</label>{}'
    "</div>\n</div>\n"
)
CHOICES = (
    '<fieldset class="field choices{}{}" id="{}"{}>\n<legend>{}{}</legend>\n{}{}'
    '<div class="choice-groups{}">\n{}</div>\n</fieldset>\n'
)
FOLDED = '<details{}><summary id="{}">{}</summary>\n{}</details>\n'
HEADING = '<p class="choice-heading" id="{}">{}</p>'
GROUP = '<div class="choice-group"{}>\n{}{}</div>\n'


def framed(bound):
    """Return the HTML of ``bound``, with all that tells of it."""
    if bound.is_hidden:
        return str(bound)
    view = FieldView(bound)
    if view.offers_choices:
        return _choices(view)
    write = _lone if isinstance(view.widget, forms.CheckboxInput) else _input
    return write(view)


def _input(view):
    bound = view.bound
    return format_html(
        INPUT,
        _wrong(view),
        bound.id_for_label,
        bound.label,
        OPTIONAL if view.optional else NOTHING,
        _hint(bound),
        _message(view),
        view.control,
        _count(view) if view.limit else NOTHING,
    )


def _lone(view):
    """Write one box to tick."""
    bound = view.bound
    parts = (bound.id_for_label, bound.label, _hint(bound))
    return format_html(LONE, _wrong(view), _message(view), view.control, *parts)


def _choices(view):
    bound, described = view.bound, view.described_by
    return format_html(
        CHOICES,
        " long" if view.is_long else "",
        _wrong(view),
        bound.auto_id,
        format_once(' aria-describedby="{}"', described) if described else NOTHING,
        bound.label,
        OPTIONAL if view.optional else NOTHING,
        _hint(bound),
        _message(view),
        " folded" if view.folds else "",
        _groups(view),
    )


def _groups(view):
    written = NOTHING
    for number, group in enumerate(view.groups, start=1):
        written += _group(view, group, f"{view.bound.auto_id}_group_{number}")
    return written


def _group(view, group, own_id):
    """Write the boxes of ``group``, under its heading if it has one."""
    if not group.heading:
        return format_html(GROUP, NOTHING, NOTHING, group.html)
    role = format_once(' role="group" aria-labelledby="{}"', own_id)
    if not view.folds:
        heading = format_once(HEADING, own_id, group.heading)
        return format_html(GROUP, role, heading, group.html)
    boxes = format_html(GROUP, role, NOTHING, group.html)
    opened = " open" if group.is_chosen else NOTHING
    return format_html(FOLDED, opened, own_id, group.heading, boxes)


def _wrong(view):
    return " wrong" if view.errors else ""


def _hint(bound):
    told = bound.help_text
    return format_once(HINT, bound.auto_id, told) if told else NOTHING


def _message(view):
    if not view.errors:
        return NOTHING
    return format_html(MESSAGE, view.bound.auto_id, " ".join(map(str, view.errors)))


def _count(view):
    own_id = view.bound.auto_id
    over = " over" if view.count > view.limit else ""
    return format_html(COUNT, over, own_id, own_id, view.limit, view.count_text)
