"""The first screen: an e-mail address and one of three doors."""

import uuid

from django import forms

from assises.forms.base import BaseForm
from assises.forms.fields import AddressField, ChoiceField
from assises.models import Kind

KIND_HINTS = {
    Kind.PARTICIPATE: "Vous venez aux Assises, sans décrire d’action.",
    Kind.DECLARE: "Elle rejoint la carte et le recensement des 23 communes.",
    Kind.PROPOSE: "Les mêmes questions, et quelques-unes pour le comité de pilotage, qui choisit les actions présentées.",
}


class StartForm(BaseForm):
    email = AddressField(
        label="Votre adresse électronique",
        help_text="Sans créer de compte : nous vous y envoyons un lien pour revenir.",
        missing="Indiquez votre adresse électronique.",
    )
    kind = ChoiceField(
        label="Que souhaitez-vous faire ?",
        missing="Choisissez ce que vous souhaitez faire.",
    )
    start_key = forms.CharField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, kinds, **options):
        """``kinds`` are the open doors."""
        super().__init__(*args, needed=("email", "kind"), strict=True, **options)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].choice_hints = {
            kind.value: KIND_HINTS[kind] for kind in kinds
        }

    def clean_start_key(self):
        """Return the key of this page, or a new one where it was tampered with."""
        try:
            return uuid.UUID(self.cleaned_data.get("start_key", ""))
        except ValueError:
            return uuid.uuid4()
