"""Asking for a link to come back."""

from assises.forms.base import BaseForm
from assises.forms.fields import AddressField


class AccessForm(BaseForm):
    email = AddressField(
        label="Votre adresse électronique",
        help_text="Celle avec laquelle vous avez répondu.",
        missing="Indiquez votre adresse électronique.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, needed=("email",), strict=True, **options)
