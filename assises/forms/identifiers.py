"""Is this SIRET, RNA or UAI number well formed? Spaces are accepted, never required."""

import re

from django import forms
from django.core.exceptions import ValidationError

from assises.forms.fields import TextField

LA_POSTE = "356000000"
UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def _luhn(digits):
    """Say whether ``digits``, a string of figures, passes the Luhn checksum."""
    doubled = (
        int(digit) * (1 + position % 2)
        for position, digit in enumerate(reversed(digits))
    )
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


class IdentifierField(TextField):
    """A number of a register, checked once its spaces are gone, whatever the ``limit``."""

    has_syntax = True
    widget = forms.TextInput({"spellcheck": "false"})

    def __init__(self, *, limit=None, **options):
        super().__init__(**options)

    def clean(self, value):
        number = re.sub(r"[\s.\-]", "", super().clean(value)).upper()
        if number and not self.is_valid(number):
            told = self.message
            if len(number) != self.length:
                told = f"{self.expected}, vous en avez tapé {len(number)}. Relisez, ou laissez vide."
            raise ValidationError(told, code="identifier")
        return number


class SiretField(IdentifierField):
    """Fourteen figures: SIREN and whole pass Luhn.

    The sites of La Poste may pass instead by the sum of their figures, a multiple
    of 5 (rule published by INSEE).
    """

    length, expected = 14, "Un SIRET a 14 chiffres"
    message = "Ce SIRET n’existe pas : un chiffre est sans doute faux. Relisez-le, ou laissez vide."

    def is_valid(self, number):
        if not re.fullmatch(r"\d{14}", number, re.ASCII):
            return False
        if number.startswith(LA_POSTE) and sum(map(int, number)) % 5 == 0:
            return True
        return _luhn(number[:9]) and _luhn(number)


class RnaField(IdentifierField):
    """W and nine characters (letters overseas)."""

    length, expected = 10, "Un numéro RNA a 10 caractères, W compris"
    message = "Un numéro RNA commence par W, suivi de 9 chiffres. Relisez-le, ou laissez vide."

    def is_valid(self, number):
        return re.fullmatch(r"W[A-Z0-9]{9}", number, re.ASCII)


class UaiField(IdentifierField):
    """Seven figures and their key, modulo 23."""

    length, expected = 8, "Un code UAI a 8 caractères, 7 chiffres et une lettre"
    message = (
        "Ce code UAI n’existe pas : relisez ses chiffres et sa lettre, ou laissez vide."
    )

    def is_valid(self, number):
        if not re.fullmatch(r"\d{7}[A-Z]", number, re.ASCII):
            return False
        return UAI_LETTERS[int(number[:7]) % 23] == number[7]
