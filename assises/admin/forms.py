"""What is typed in a page of the administration, and what if it is overtaken meanwhile?"""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst, slugify

from assises.forms.base import Conflict
from assises.forms.fields import (
    AddressField,
    PhoneField,
    ProseField,
    TextField,
    WebsiteField,
)
from assises.forms.identifiers import RnaField, SiretField, UaiField
from assises.french import text

# Past this length a text gets several lines.
ONE_LINE = 160
# The texts that are written in a way of their own, by the name of their column.
WRITTEN_AS = {
    "website": WebsiteField,
    "phone": PhoneField,
    "siret": SiretField,
    "rna": RnaField,
    "uai": UaiField,
}

OVERTAKEN = (
    "Cette page a été modifiée pendant que vous la corrigiez. Rien n’est enregistré :"
    " comparez, corrigez s’il le faut, puis enregistrez à nouveau."
)


class AssisesForm(forms.ModelForm):
    """A form checked by the server alone, that overwrites nothing unseen.

    Its page carries ``seen``, a digest of each field as it was shown. A field left as
    it was keeps what was stored meanwhile; one that was changed on both sides is a
    conflict, shown with both values before anything is written.
    """

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.conflicts = []
        self.stored = self.columns()

    @property
    def seen(self):
        """The digests of what is stored now: saved again, the page knows it."""
        return " ".join(
            f"{name}:{_shown_digest(self.shown(name))}" for name in self.fields
        )

    def columns(self):
        """Return the columns of the row as they are in memory."""
        row = self.instance.__dict__
        fields = self._meta.model._meta.concrete_fields
        return {f.attname: row[f.attname] for f in fields if f.attname in row}

    def moved(self):
        """Return the names of the columns that this form has changed."""
        now = self.columns()
        return [name for name, value in self.stored.items() if now[name] != value]

    def full_clean(self):
        """Check what was typed; refused, leave the row as the page around it shows it."""
        overtaken = self.take_up() if self.is_bound else []
        super().full_clean()
        self.conflicts = [
            Conflict(
                self.fields[name].label,
                self.spoken(name, self.shown(name)),
                self.spoken(name, self.posted(name)),
            )
            for name in overtaken
            if name in self.changed_data
        ]
        if self.conflicts:
            self.add_error(None, OVERTAKEN)
        if self._errors:
            vars(self.instance).update(self.stored)

    def take_up(self):
        """Keep what was stored meanwhile where nobody typed; return what has moved."""
        pairs = (pair.partition(":") for pair in self.data.get("seen", "").split())
        seen = {name: before for name, _, before in pairs}
        stored = {name: self.shown(name) for name in self.fields if name in seen}
        moved = [name for name in stored if _shown_digest(stored[name]) != seen[name]]
        left = [
            name for name in moved if _shown_digest(self.posted(name)) == seen[name]
        ]
        if left:
            self.data = self.data.copy()
        for name in left:
            self.data.setlist(self.add_prefix(name), stored[name])
        return moved

    def shown(self, name):
        """Return what is stored in ``name``, as a browser would send it."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        if isinstance(field, forms.BooleanField):
            return _sent(bool(value))
        return _sent(field.widget.format_value(value))

    def posted(self, name):
        """Return what a browser has sent for ``name``, comparable with :meth:`shown`."""
        widget, key = self.fields[name].widget, self.add_prefix(name)
        return _sent(widget.value_from_datadict(self.data, self.files, key))

    def spoken(self, name, values):
        """Return ``values``, as a browser sends them, in the words of the page."""
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return "oui" if values else "non"
        labels = {
            str(code): str(label) for code, label in getattr(field, "choices", ())
        }
        return ", ".join(labels.get(value, value) for value in values)


class NamedForm(AssisesForm):
    """A row whose ``name`` in addresses and files is made of its ``title``, unless typed."""

    name, title = "code", "label"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if name := self.fields.get(self.name):
            name.required = False
            name.help_text = (
                "Un nom court, sans accent ni espace, par exemple\u00a0: venir-a-velo."
                " Laissez vide\u00a0: il est tiré du texte ci-dessus."
            )

    def clean(self):
        """Make the name of the title, as long as the table holds."""
        super().clean()
        title = self.cleaned_data.get(self.title)
        if title and self.cleaned_data.get(self.name) == "":
            limit = self._meta.model._meta.get_field(self.name).max_length
            name = slugify(title)[:limit].strip("-")
            self.cleaned_data[self.name] = name
            if not name:
                self.add_error(self.name, "Rien ne s’en tire\u00a0: tapez-le.")
        return self.cleaned_data


def _sent(value):
    """Return one value of a widget as the list of texts that a browser sends for it."""
    match value:
        case bool():
            return ["on"] if value else []
        case list() | tuple():
            return sorted(map(str, value))
    return [text.storable("" if value is None else str(value)).strip()]


def _shown_digest(values):
    return hashlib.sha256("\x1f".join(["", *values]).encode()).hexdigest()[:12]


def is_key(model, typed):
    """Say whether ``typed`` may be the key of a row of ``model``: databases fail on what may not."""
    try:
        model._meta.pk.clean(typed, None)
    except ValidationError:
        return False
    return True


class KeysField(forms.ModelMultipleChoiceField):
    """Boxes to check, whose keys are refused before a database fails on them."""

    def _check_values(self, value):
        for key in value:
            if not is_key(self.queryset.model, key):
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, params={"value": key})
        return super()._check_values(value)


def text_field(db_field):
    """Return our form field for the text of ``db_field``, or ``None`` if it holds none."""
    if db_field.name in WRITTEN_AS:
        form_class = WRITTEN_AS[db_field.name]
    elif isinstance(db_field, models.EmailField):
        form_class = AddressField
    elif isinstance(db_field, models.TextField):
        short = (db_field.max_length or 0) <= ONE_LINE
        form_class = TextField if short else ProseField
    else:
        return None
    few = {"rows": 3} if form_class is ProseField and db_field.max_length <= 300 else {}
    return form_class(
        **few,
        limit=db_field.max_length,
        required=not db_field.blank,
        label=capfirst(db_field.verbose_name),
        help_text=db_field.help_text,
        error_messages={"required": "Ce champ est obligatoire."},
    )
