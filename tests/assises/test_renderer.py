"""Are controls written by hand the same, letter for letter, as those of Django?"""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from assises.forms.renderer import WRITERS, ControlRenderer, format_once

HOSTILE = '<b>"l\'œuf" & co</b>'
CHOICES = [
    ("", "Choisissez"),
    (1, HOSTILE),
    (HOSTILE, mark_safe("<i>sûr</i>")),
    (HOSTILE, [("a", "A"), ("b", "B & C")]),
]
WIDGETS = [
    forms.TextInput(),
    forms.TextInput({"required": True, "disabled": False, "data-a": HOSTILE, "n": 1}),
    forms.EmailInput(),
    forms.NumberInput({"min": 0}),
    forms.PasswordInput(render_value=True),
    forms.HiddenInput(),
    forms.CheckboxInput(),
    forms.DateInput(),
    forms.Textarea({"rows": 4}),
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
]


@pytest.mark.parametrize(
    "value", [None, "", 1, 1234567, "a", HOSTILE, mark_safe("<u>")]
)
@pytest.mark.parametrize("widget", WIDGETS)
def test_a_control_is_written_as_django_does(widget, value):
    if isinstance(widget, forms.SelectMultiple):
        value = [value]
    given = {"name": "champ", "value": value, "attrs": {"id": "id_champ"}}

    ours = widget.render(**given, renderer=ControlRenderer())

    assert widget.template_name in WRITERS
    assert ours == widget.render(**given, renderer=DjangoTemplates())


def test_what_is_escaped_once_is_not_taken_for_what_is_safe():
    written = [
        format_once("<p>{}</p>", text)
        for text in ("<b>", mark_safe("<b>"), "<b>", mark_safe("<b>"))
    ]

    assert written == ["<p>&lt;b&gt;</p>", "<p><b></p>"] * 2
