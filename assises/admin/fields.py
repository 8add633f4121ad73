"""What does the administration type into the columns of a row?"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst


class KeysField(forms.ModelMultipleChoiceField):
    """Boxes to check, whose keys are refused before a database fails on them."""

    def _check_values(self, value):
        for key in value:
            try:
                self.queryset.model._meta.pk.clean(key, None)
            except ValidationError as error:
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, params={"value": key}) from error
        return super()._check_values(value)


def typed_text(db_field, form_class):
    """Return a ``form_class`` for ``db_field``, which counts as the database does."""
    return form_class(
        limit=db_field.max_length,
        required=not db_field.blank,
        label=capfirst(db_field.verbose_name),
        help_text=db_field.help_text,
        error_messages={"required": "Ce champ est nécessaire."},
    )
