"""What does an invited person say: do they come, who, when, what is to be prepared?"""

from copy import deepcopy

from django import forms

from assises.forms.base import BaseForm, Conflict
from assises.forms.fields import (
    AddressField,
    ChoiceField,
    NameField,
    NumberField,
    ProseField,
    TextField,
    TickField,
)
from assises.models import Guest

YES, NO = "oui", "non"
MOMENTS = ("morning", "lunch", "afternoon")
MOST_AT_ONCE = 500
# A post may hold this many rows, whatever the page.
MOST_ROWS = 100
# How many rows a page shows at first, of as many as there are seats.
ROOM = 4

# One person, or a group whose people are counted and not named.
ROW = {
    "key": forms.CharField(widget=forms.HiddenInput, required=False),
    "name": NameField(
        label="Nom, ou groupe",
        help_text="Un groupe\u00a0: «\u00a0élèves de 4e\u00a0», jamais leurs noms.",
        limit=200,
    ),
    "headcount": NumberField(
        label="Nombre de personnes",
        required=False,
        min_value=1,
        max_value=MOST_AT_ONCE,
    ),
    "function": TextField(label="Fonction", limit=120),
    "morning": TickField(label="Le matin"),
    "lunch": TickField(label="Au déjeuner"),
    "afternoon": TickField(label="L’après-midi"),
    "meal": ChoiceField(label="Repas", choices=Guest.Meal.choices, widget=forms.Select),
    "access": TextField(
        label="Aménagements à prévoir",
        help_text="Par exemple une place près de la scène. Ne dites pas pourquoi.",
        limit=300,
    ),
    "no_photo": TickField(label="Pas de photo de cette personne"),
}
# What the page folds of each row.
FOLDED = ("function", "meal", "access", "no_photo")
# What tells a row in use from an empty one, whose boxes come ticked.
TYPED = ("name", "headcount", "function", "access")


class GuestsForm(BaseForm):
    """Some rows that each say who comes; an empty one is nobody."""

    numbered = False

    def __init__(self, data=None, *, guests, rows, **options):
        super().__init__(data, auto_id="id_%s", **options)
        self.guests = list(guests)
        self.number = rows
        for i in range(rows):
            guest = self.guests[i] if i < len(self.guests) else None
            for name, field in ROW.items():
                self.fields[f"p{i}-{name}"] = field = deepcopy(field)
                field.needed = name not in {"function", "access"}
                if self.numbered:
                    field.summary_label = _label_of(i, name)
                self.initial[f"p{i}-{name}"] = _shown(guest, name)

    @property
    def rows(self):
        """The rows of the page: the bound fields of each by their names, whoever is stored
        there, and whether what is folded of it is filled or wrong."""
        for i in range(self.number):
            fields = {name: self[f"p{i}-{name}"] for name in ROW}
            rest = [fields[name] for name in FOLDED]
            yield {
                "fields": fields,
                "rest": rest,
                "is_open": any(field.errors or _is_said(field) for field in rest),
                "guest": self.guests[i] if i < len(self.guests) else None,
            }

    def clean(self):
        super().clean()
        for i in self._in_use():
            if not self.said(i, "name") and f"p{i}-name" not in self.errors:
                self.add_error(f"p{i}-name", "Indiquez un nom, ou un groupe.")
            if not any(self.said(i, moment) for moment in MOMENTS):
                self.add_error(f"p{i}-morning", "Cochez au moins un moment.")
        return self.cleaned_data

    def said(self, i, name):
        return self.cleaned_data.get(f"p{i}-{name}")

    def _in_use(self):
        """Return the numbers of the rows in which something was typed."""
        return [
            i
            for i in range(self.number)
            if any(str(self.data.get(f"p{i}-{name}", "")).strip() for name in TYPED)
        ]

    def people(self):
        """Return pairs of key and ``{column: value}`` of the rows in use, once valid."""
        return [(self.said(i, "key"), self._columns(i)) for i in self._in_use()]

    def _columns(self, i):
        columns = {name: self.said(i, name) for name in ROW if name != "key"}
        columns["headcount"] = columns["headcount"] or 1
        columns["meal"] = columns["meal"] or Guest.Meal.ANY
        return columns

    def conflicts(self):
        """Return a :class:`Conflict` for each row that differs from what is stored."""
        typed = [one_line(columns) for _, columns in self.people()]
        stored = [
            one_line({name: getattr(guest, name) for name in ROW})
            for guest in self.guests
        ]
        longest = max(len(typed), len(stored))
        pairs = zip(_padded(stored, longest), _padded(typed, longest), strict=True)
        return [
            Conflict(f"Ligne {i}", before, after)
            for i, (before, after) in enumerate(pairs, 1)
            if before != after
        ]


class InvitationForm(GuestsForm):
    """Do they come, who, and what else do they say?"""

    numbered = True

    coming = ChoiceField(
        label="Venez-vous\u202f?",
        choices=[(YES, "Oui, nous venons"), (NO, "Non, personne ne vient")],
        missing="Dites si vous venez.",
    )
    seats_wanted = NumberField(
        label="Places en plus, si c’est possible",
        help_text="L’organisation vous répond.",
        required=False,
        min_value=0,
        max_value=MOST_AT_ONCE,
    )
    word = ProseField(label="Un mot à l’organisation", limit=500, rows=3)
    wants_summary = TickField(label="Envoyez-moi la synthèse de la journée")

    def __init__(self, data=None, *, seats, guests, more=False, **options):
        self.seats = seats
        rows = max(_rows_in(data or {}), len(guests), min(ROOM, seats))
        super().__init__(data, guests=guests, rows=rows + more, **options)
        self.fields["coming"].needed = self.fields["coming"].required = True

    def clean_seats_wanted(self):
        return self.cleaned_data["seats_wanted"] or 0

    def clean(self):
        super().clean()
        if f"p{MOST_ROWS}-name" in self.data:
            self.add_error(
                None,
                f"{MOST_ROWS} lignes au plus\u00a0: comptez les autres personnes sur une seule ligne.",
            )
        if self.comes and not self._in_use():
            self.add_error("p0-name", "Nommez au moins une personne, ou un groupe.")
        return self.cleaned_data

    def conflicts(self):
        """Return what differs of the words too."""
        differing = [
            Conflict(field.label, str(field.initial or ""), str(field.data))
            for field in self.words[:2]
            if str(field.initial or "") != str(field.data or "")
        ]
        return super().conflicts() + differing

    @property
    def comes(self):
        return self.cleaned_data.get("coming") == YES

    @property
    def may_grow(self):
        return self.number < self.seats

    @property
    def words(self):
        """The bound fields that follow the rows."""
        return [self[name] for name in ("seats_wanted", "word", "wants_summary")]


class HandOverForm(BaseForm):
    """To whom is a seat given?"""

    email = AddressField(
        label="Adresse électronique de la personne",
        help_text="Elle reçoit un lien qui ne change que cette place.",
        missing="Indiquez une adresse électronique.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, needed=("email",), strict=True, **options)


def _is_said(field):
    """Say whether something else than what comes by itself stands in ``field``."""
    return field.value() not in (None, "", False, Guest.Meal.ANY)


def _shown(guest, name):
    """Return what a row shows of ``guest``, or of somebody not named yet."""
    if guest is not None:
        return getattr(guest, name)
    return name in MOMENTS or (Guest.Meal.ANY if name == "meal" else "")


def _rows_in(data):
    """Return how many rows came."""
    rows = 0
    while f"p{rows}-name" in data and rows < MOST_ROWS:
        rows += 1
    return rows


def _padded(lines, length):
    return lines + [""] * (length - len(lines))


def text_labels():
    """Return ``{field name: label}`` of the texts that people type in a page of theirs."""
    typed = {
        f"p{i}-{name}": _label_of(i, name) for i in range(MOST_ROWS) for name in TYPED
    }
    return typed | {"word": InvitationForm.base_fields["word"].label}


def _label_of(i, name):
    """Name a field of one row where it stands without its row: « Personne 2, fonction »."""
    return f"Personne {i + 1}, {(ROW[name].label or name).lower()}"


def one_line(columns):
    """Say one row in words: « Zoé Martin, le matin, au déjeuner »."""
    number = columns["headcount"]
    said = [
        columns["name"],
        f"{number} personnes" if number > 1 else "",
        columns["function"],
        *(ROW[moment].label.lower() for moment in MOMENTS if columns[moment]),
        "" if columns["meal"] == Guest.Meal.ANY else Guest.Meal(columns["meal"]).label,
        columns["access"],
        "pas de photo" if columns["no_photo"] else "",
    ]
    return ", ".join(filter(None, said))
