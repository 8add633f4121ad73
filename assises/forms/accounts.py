"""What do people of the team type to come in?"""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm

from assises.forms.base import BaseForm
from assises.forms.fields import TextField


class PasswordForm(BaseForm):
    """Address and password; says the same of an unknown address and a wrong password."""

    email = TextField(
        label="Adresse électronique",
        limit=254,
        counted=False,
        missing="Indiquez votre adresse électronique.",
        widget=forms.EmailInput({"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        error_messages={"required": "Indiquez votre mot de passe."},
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, data=None):
        super().__init__(data, needed=("email", "password"), strict=True)


class CodeForm(BaseForm):
    """A one-time code, or a recovery code."""

    code = TextField(
        label="Code",
        missing="Indiquez le code.",
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "spellcheck": "false",
                "autocapitalize": "none",
            }
        ),
    )

    def __init__(self, data=None, *, hint=""):
        super().__init__(data, needed=("code",), strict=True)
        self.fields["code"].help_text = hint


class NewPasswordForm(PasswordChangeForm):
    """One's own new password: another one, or a provisional one would stay."""

    def clean(self):
        cleaned = super().clean()
        new = cleaned.get("new_password1")
        if new and new == cleaned.get("old_password"):
            self.add_error(
                "new_password1", "Choisissez-en un autre que celui que vous aviez."
            )
        return cleaned
