"""What may be typed in each kind of field, and what is said when it is not that?"""

import re
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from assises.french import addresses, dates, phones, text
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
    # What has a syntax has no place for characters that nobody sees.
    has_syntax = False

    def __init__(self, *, limit=None, counted=None, **options):
        self.limit = limit
        self.counted = self.multiline if counted is None else counted
        super().__init__(**options)

    def to_python(self, value):
        cleaned = text.less_unseen if self.has_syntax else text.clean
        typed = cleaned(str(value or "")).strip()
        return typed if self.multiline else text.in_one_line(typed)

    def validate(self, value):
        super().validate(value)
        excess = len(value) - self.limit if self.limit else 0
        if excess > 0:
            raise ValidationError(
                f"{spaced(self.limit)} caractères au plus, {spaced(excess)} de trop.",
                code="too_long",
            )

    def alters(self, typed):
        """Say whether cleaning takes characters away from ``typed``, and leaves others."""
        return text.loses(typed) and text.has_visible(typed)


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

    has_syntax = True
    widget = forms.EmailInput(
        {"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}
    )

    def clean(self, value):
        value = super().clean(value)
        return addresses.normalised(value) if value else ""


class PhoneField(TextField):
    """A telephone number, kept in E.164 (« +33199001234 »)."""

    has_syntax = True
    widget = forms.TextInput({"type": "tel", "autocomplete": "tel"})

    def clean(self, value):
        value = super().clean(value)
        number = phones.kept(value)
        if value and not number:
            raise ValidationError(
                "Indiquez dix chiffres, par exemple 01 99 00 12 34, ou un numéro"
                " international commençant par +.",
                code="phone",
            )
        return number

    def prepare_value(self, value):
        return phones.spoken(value) if isinstance(value, str) else value

    def has_changed(self, initial, data):
        """Compare numbers, not the way they are written."""
        try:
            return self.clean(initial) != self.clean(data)
        except ValidationError:
            return True


class PeriodField(TextField):
    """A year or a month of a year, kept as « 2027 » or « 2027-09 »."""

    has_syntax = True

    def clean(self, value):
        value = super().clean(value)
        period = dates.kept_period(value)
        if value and not period:
            raise ValidationError(
                "Indiquez une année, ou un mois et une année : 2027, 09/2027 ou septembre 2027.",
                code="period",
            )
        return period

    def prepare_value(self, value):
        is_kept = isinstance(value, str) and dates.KEPT_PERIOD.fullmatch(value)
        return dates.period(value) if is_kept else value


class WebsiteField(TextField):
    """An address of the web; « https:// » may be left out."""

    has_syntax = True
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
            if "@" in urlsplit(full).netloc:  # « https://musee.fr@evil.example »
                raise ValidationError("")
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


class NumberField(forms.IntegerField):
    """A whole number, typed: a wheel over it changes nothing. « 1 200 » is read too."""

    widget = forms.TextInput({"inputmode": "numeric"})

    def to_python(self, value):
        typed = "" if value is None else str(value)
        return super().to_python("".join(text.less_unseen(typed).split()))


class MinutesField(TextField):
    """Several durations in minutes, kept as a list of numbers in order."""

    has_syntax = True

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
