"""What may be typed in each kind of field, and what is said when it is not that?"""

import re
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.dates import MONTHS
from django.utils.text import normalize_newlines

from assises.french import dates, text
from assises.french.numbers import spaced


class OptionalUntilSent:
    """A field that may stay empty; ``missing`` is said when its answer is needed."""

    def __init__(self, *, missing="", **options):
        options.setdefault("required", False)
        super().__init__(**options)
        if missing:
            self.error_messages["required"] = missing


class TextField(OptionalUntilSent, forms.CharField):
    """Text as it was typed, less what no reader sees; its limit counts characters.

    ``counted`` shows the counter, which a name has no use for. No ``maxlength`` is
    emitted: browsers silently cut a paste.
    """

    multiline = False

    def __init__(self, *, limit=None, counted=None, **options):
        self.limit = limit
        self.counted = self.multiline if counted is None else counted
        super().__init__(**options)

    def to_python(self, value):
        cleaned = text.clean(str(value or "")).strip()
        if not self.multiline:
            cleaned = " ".join(cleaned.split("\n")).strip()
        return cleaned

    def validate(self, value):
        super().validate(value)
        excess = len(value) - self.limit if self.limit else 0
        if excess > 0:
            raise ValidationError(
                f"{spaced(self.limit)} caractères au plus, {spaced(excess)} de trop.",
                code="too_long",
            )

    def alters(self, typed):
        """Say whether cleaning took more away from ``typed`` than spaces around it."""
        expected = normalize_newlines(typed).strip()
        if not self.multiline:
            expected = expected.replace("\n", " ")
        return self.to_python(typed) != expected and text.has_visible(typed)


class NameField(TextField):
    """The name of a person: mails tell it to strangers, so it carries no address."""

    def clean(self, value):
        value = super().clean(value)
        if any(part in value.lower() for part in ("://", "www.", "@")):
            raise ValidationError("Indiquez un nom, sans adresse.", code="name")
        return value


class ProseField(TextField):
    """A text of several lines."""

    multiline = True

    def __init__(self, *, rows=4, **options):
        options.setdefault("widget", forms.Textarea({"rows": rows}))
        super().__init__(**options)


class AddressField(TextField):
    """An e-mail address, normalised: lower case, domain in punycode."""

    widget = forms.EmailInput(
        {"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}
    )

    def clean(self, value):
        value = super().clean(value)
        return _normalise_address(value) if value else ""


# Letters of a domain that our codec would turn into another domain: « faß » into « fass ».
TRANSLATED = set("ßς\u200c\u200d")


def _normalise_address(value):
    """Return ``value`` as addresses are compared; raise ``ValidationError`` if it is none."""
    local, _, domain = value.lower().rpartition("@")
    try:
        # Too long is refused before any work on it.
        if len(value) > 254 or not local.isascii() or set(domain) & TRANSLATED:
            raise ValidationError("")
        domain = domain.encode("idna").decode("ascii") if domain else ""
        # No localhost, no address in figures: a mail must be able to arrive.
        EmailValidator(allowlist=[])(f"{local}@{domain}")
        if domain.startswith("[") or len(f"{local}@{domain}") > 254:
            raise ValidationError("")
    except (ValidationError, UnicodeError):
        raise ValidationError(
            "Cette adresse électronique n’est pas complète. Exemple : nom@exemple.fr",
            code="address",
        ) from None
    return f"{local}@{domain}"


class PhoneField(TextField):
    """A telephone number, kept in E.164 (« +33199001234 »)."""

    widget = forms.TextInput({"type": "tel", "autocomplete": "tel"})

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        digits = re.sub(r"[\s.\-()/]", "", value)
        digits = re.sub(r"^\+330", "+33", digits)
        if re.fullmatch(r"0[1-9]\d{8}", digits, re.ASCII):
            return f"+33{digits[1:]}"
        digits = re.sub(r"^00", "+", digits)
        if re.fullmatch(r"\+33[1-9]\d{8}|\+(?!33)[1-9]\d{6,14}", digits, re.ASCII):
            return digits
        raise ValidationError(
            "Indiquez dix chiffres, par exemple 01 99 00 12 34, ou un numéro"
            " international commençant par +.",
            code="phone",
        )

    def prepare_value(self, value):
        return spoken_phone(value) if isinstance(value, str) else value

    def has_changed(self, initial, data):
        """Compare numbers, not the way they are written."""
        try:
            return self.clean(initial) != self.clean(data)
        except ValidationError:
            return True


def spoken_phone(number):
    """Write an E.164 number as it is read in France: « 01 99 00 12 34 »."""
    if re.fullmatch(r"\+33\d{9}", number):
        national = f"0{number[3:]}"
        return "\u202f".join(re.findall("..", national))
    return number


_KEPT_PERIOD = re.compile(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?")
_TYPED_PERIOD = re.compile(r"(\w+)[\s/.-]+((?:19|20)[0-9]{2})")


@cache
def _months():
    """Return a month as people type it → « 01 » to « 12 »; « jui » would be two."""
    return {
        typed: f"{number:02}"
        for number, name in MONTHS.items()
        for typed in (str(name), name[:4], name[:3], f"{number}", f"{number:02}")
        if typed != "jui"
    }


class PeriodField(TextField):
    """A year or a month of a year, kept as « 2027 » or « 2027-09 »."""

    def clean(self, value):
        value = super().clean(value)
        if not value or _KEPT_PERIOD.fullmatch(value):
            return value
        typed = _TYPED_PERIOD.fullmatch(value.lower())
        if typed is None or typed[1] not in _months():
            raise ValidationError(
                "Indiquez une année, ou un mois et une année : 2027, 09/2027 ou septembre 2027.",
                code="period",
            )
        return f"{typed[2]}-{_months()[typed[1]]}"

    def prepare_value(self, value):
        is_kept = isinstance(value, str) and _KEPT_PERIOD.fullmatch(value)
        return dates.period(value) if is_kept else value


class WebsiteField(TextField):
    """An address of the web; « https:// » may be left out."""

    widget = forms.TextInput(
        {"inputmode": "url", "autocomplete": "url", "spellcheck": "false"}
    )

    def __init__(self, *, limit=200, **options):
        super().__init__(limit=limit, **options)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        full = value if "://" in value else f"https://{value}"
        try:
            URLValidator(schemes=["http", "https"])(full)
        except ValidationError:
            raise ValidationError(
                "Cette adresse de site n’est pas reconnue. Exemple : www.exemple.fr",
                code="website",
            ) from None
        if len(full) > self.limit:
            raise ValidationError(f"{self.limit} caractères au plus.", code="too_long")
        return full


# In minutes: what a decision may give to one presentation.
LONGEST_TALK = 120


class MinutesField(TextField):
    """Several durations in minutes, kept as a list of numbers in order."""

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != self.to_python(data)

    def clean(self, value):
        words = re.split(r"[\s,;]+", super().clean(value))
        if not all(re.fullmatch(r"[1-9]\d{0,2}", word, re.ASCII) for word in words):
            raise ValidationError(
                "Indiquez des minutes séparées par des virgules, par exemple : 8, 12, 15.",
                code="minutes",
            )
        minutes = sorted({int(word) for word in words})
        if minutes[-1] > LONGEST_TALK:
            raise ValidationError(f"{LONGEST_TALK} minutes au plus.", code="too_long")
        return minutes


class ChoiceField(OptionalUntilSent, forms.ChoiceField):
    """One choice, shown as radios unless the list is long."""

    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": "Choisissez une réponse de la liste."}


class NumberChoiceField(ChoiceField):
    """One choice among whole numbers, or ``None``."""

    def clean(self, value):
        chosen = super().clean(value)
        return int(chosen) if chosen else None


class SeveralField(OptionalUntilSent, forms.MultipleChoiceField):
    """Several choices, shown as check boxes."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": "Choisissez des réponses de la liste."}


class TickField(OptionalUntilSent, forms.BooleanField):
    """One box to tick, never ticked beforehand."""


class DayInput(forms.DateInput):
    """The calendar of the browser."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The clock of the browser."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")
