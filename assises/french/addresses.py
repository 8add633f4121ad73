"""Is this an e-mail address that a mail can reach, and how is it compared?"""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

LONGEST, LONGEST_NAME = 254, 64
# Letters of a domain that our codec would turn into another domain: « faß » into « fass ».
_TRANSLATED = set("ßς\u200c\u200d")


def normalised(typed):
    """Return ``typed`` as addresses are compared, in lower case, its domain in punycode.

    Raise ``ValidationError`` if it is none, with what is wrong of it.
    """
    name, _, domain = typed.lower().rpartition("@")
    if wrong := _seen_wrong(typed, name):
        raise ValidationError(wrong, code="address")
    try:
        # Too long is refused before any work on it.
        if len(typed) > LONGEST or set(domain) & _TRANSLATED:
            raise ValidationError("")
        address = f"{name}@{domain.encode('idna').decode('ascii') if domain else ''}"
        # No localhost, no address in figures: a mail must be able to arrive.
        EmailValidator(allowlist=[])(address)
        if domain.startswith("[") or len(address) > LONGEST:
            raise ValidationError("")
    except (ValidationError, UnicodeError):
        raise ValidationError(
            "Cette adresse électronique n’est pas complète. Exemple : nom@exemple.fr",
            code="address",
        ) from None
    return address


def _seen_wrong(typed, name):
    """Say what a person would see to be wrong in an address, whose ``name`` is before its @."""
    if "@" in name:
        return "Indiquez une seule adresse électronique."
    if "," in typed:
        return "Cette adresse contient une virgule. Mettez un point, ou enlevez-la."
    if not name.isascii():
        return "Avant le @, une adresse n’a ni accent ni lettre d’un autre alphabet."
    if len(name) > LONGEST_NAME:
        return f"Avant le @, une adresse a {LONGEST_NAME} caractères au plus."
    return ""
