"""How do all our forms behave?"""

from functools import cached_property
from typing import NamedTuple

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from assises.forms.fields import TextField


class Conflict(NamedTuple):
    """What two pages say of one field: shown before either replaces the other."""

    label: str
    stored: str
    typed: str


class BaseForm(forms.Form):
    """A form checked by the server alone, laid out by our own template pack.

    ``needed`` names the fields that must be answered in the end; the others are
    marked « facultatif ». A lenient form (the default) only refuses what is wrong;
    a strict one also refuses what is missing.
    """

    use_required_attribute = False

    def __init__(self, *args, needed=(), strict=False, **options):
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.needed = name in needed
            field.required = strict and field.needed

    @cached_property
    def helper(self):
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self.layout())
        return helper

    def layout(self):
        """Return the crispy layout objects of this form, in order."""
        return list(self.fields)

    def altered(self):
        """Return the labels of the fields from which unprintable characters were removed."""
        return [
            field.label
            for name, field in self.fields.items()
            if isinstance(field, TextField)
            and field.alters(self.data.get(self.add_prefix(name), ""))
        ]
