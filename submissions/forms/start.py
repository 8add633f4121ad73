"""The first screen, an e-mail address and one of three kinds of answer; and coming back."""

import uuid

from django import forms

from assises.forms.base import BaseForm
from assises.forms.fields import AddressField, ChoiceField
from assises.french import dates
from assises.models import Kind
from submissions.questions.index import needed_for

KIND_HINTS = {
    Kind.PARTICIPATE: "Pour venir aux Assises, sans décrire d’action.",
    Kind.DECLARE: "Elle rejoint la carte et le recensement des 23 communes.",
    Kind.PROPOSE: "Les mêmes questions, et quelques-unes pour le comité de pilotage, qui choisit les actions présentées.",
}
MINUTES = {Kind.PARTICIPATE: 5, Kind.DECLARE: 15, Kind.PROPOSE: 20}


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

    def __init__(self, *args, edition, kinds, **options):
        """``kinds`` are those of ``edition`` that are open."""
        super().__init__(*args, needed=("email", "kind"), strict=True, **options)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].choice_hints = {
            kind.value: _hint(kind, edition) for kind in kinds
        }

    def clean_start_key(self):
        return start_key_in(self.cleaned_data)


def _hint(kind, edition):
    """Say what ``kind`` is, how much it asks and until when."""
    asked = len(needed_for(kind))
    until = dates.deadline(edition.closing(kind))
    return (
        f"{KIND_HINTS[kind]} {asked} réponses obligatoires, environ\u00a0{MINUTES[kind]}\u00a0minutes,"
        f" à envoyer {until}."
    )


def start_key_in(data):
    """Return the key of the page, or a new one where it was tampered with."""
    try:
        return uuid.UUID(data.get("start_key", ""))
    except ValueError:
        return uuid.uuid4()


class AccessForm(BaseForm):
    email = AddressField(
        label="Votre adresse électronique",
        help_text="Celle avec laquelle vous avez répondu.",
        missing="Indiquez votre adresse électronique.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, needed=("email",), strict=True, **options)
