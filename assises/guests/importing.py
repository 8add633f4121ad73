"""What does a list of structures bring: whom is new, what was missing, which lines are wrong?

A line fills in what is empty; it replaces nothing that somebody has written.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from assises.forms.base import BaseForm
from assises.forms.fields import (
    AddressField,
    NameField,
    PhoneField,
    TextField,
    WebsiteField,
)
from assises.forms.identifiers import RnaField, SiretField, UaiField
from assises.french import text
from assises.french.dates import NBSP
from assises.guests.duplicates import named
from assises.guests.table_files import UnreadableError
from assises.models import Commune, Contact, Structure
from assises.people import audit

# What the columns are called, folded, in the lists that people keep.
COLUMNS = {
    "name": "nom|nom structure|structure|raison sociale|organisme|etablissement|association",
    "kind": "type|type structure|categorie|nature|statut juridique",
    "seat": "commune|ville|commune siege|siege",
    "website": "site|site internet|site web|web|url",
    "siret": "siret|n siret|numero siret",
    "rna": "rna|n rna|numero rna",
    "uai": "uai|code uai|rne",
    "last_name": "contact|nom contact|nom personne|responsable",
    "first_name": "prenom|prenom contact",
    "function": "fonction|fonction contact",
    "email": "courriel|mail|email|e mail|adresse electronique|adresse mail|adresse e mail|adresse courriel|mel",
    "phone": "telephone|tel|portable|mobile|n telephone",
}
_CALLED = {
    text.fold(word): name
    for name, words in COLUMNS.items()
    for word in words.split("|")
}
# What kinds are called beside their own words.
KINDS = {
    Structure.Kind.ASSOCIATION: "association|assoc|asso|association loi 1901",
    Structure.Kind.AUTHORITY: "collectivite|mairie|commune|ville|agglomeration|departement|region",
    Structure.Kind.MUSEUM: "musee|ccsti|centre de sciences",
    Structure.Kind.LIBRARY: "mediatheque|bibliotheque|theatre|equipement culturel",
    Structure.Kind.RESEARCH: "recherche|laboratoire|labo|organisme de recherche",
    Structure.Kind.SCHOOL: "ecole|college|lycee|etablissement scolaire",
    Structure.Kind.UNIVERSITY: "universite|fac|iut",
    Structure.Kind.GRANDE_ECOLE: "grande ecole|ecole d ingenieur",
    Structure.Kind.COMPANY: "entreprise|industriel|societe|industrie",
    Structure.Kind.YOUTH: "mjc|centre social|structure jeunesse|jeunesse",
    Structure.Kind.STATE: "etat|service de l etat|academie|rectorat|etablissement public",
    Structure.Kind.OTHER: "autre",
}
_KINDS = {
    text.fold(word): kind
    for kind in Structure.Kind
    for word in (kind.value, kind.label, *KINDS.get(kind, "").split("|"))
    if word
}
ELSEWHERE = "ailleurs"
TOO_WIDE = "Cette ligne a plus de colonnes que la première."
ROUNDED = "Le tableur a arrondi ce SIRET\u00a0: mettez la colonne au format «\u00a0texte\u00a0»."
SAME_NAME = "Écrivez le même nom, ou enlevez le numéro."
_ELSEWHERE = {
    text.fold(word) for word in ("Hors du territoire", "hors territoire", "ailleurs")
}
ARTICLES = frozenset({"de", "du", "des", "la", "le", "les", "l", "d"})
NUMBERS = ("siret", "rna", "uai")
FILLED = ("website", *NUMBERS)
OF_CONTACT = ("last_name", "first_name", "function", "phone")


def _called(title):
    """Return how a column is called, less its articles: « NOM DE LA STRUCTURE »."""
    return " ".join(word for word in text.fold(title).split() if word not in ARTICLES)


class Bad(NamedTuple):
    """A line that cannot be taken, by its number in the file, and why."""

    number: int
    name: str
    reasons: list


@dataclass
class Entry:
    """A structure of the file: its row, new or not, what is filled in, whom it adds."""

    structure: Structure
    addresses: set = field(default_factory=set)
    filled: set = field(default_factory=set)
    added: list = field(default_factory=list)
    # Whom nobody could write to: they are read, and not written.
    left_out: list = field(default_factory=list)
    is_told: bool = False

    @property
    def numbers(self):
        """The numbers that tell the structure, with their names: « UAI 0911234R »."""
        found = [(name, getattr(self.structure, name)) for name in NUMBERS]
        return [f"{name.upper()} {number}" for name, number in found if number]

    def take(self, values, people, left_out):
        self.is_told = True
        self.left_out += left_out
        for name in FILLED:
            if values[name] and not getattr(self.structure, name):
                setattr(self.structure, name, values[name])
                self.filled.add(name)
        self.added += [p for p in people if p["email"] not in self.addresses]
        self.addresses |= {person["email"] for person in people}


class Plan(NamedTuple):
    """What a file would do: entries to create, to complete, how many have nothing new; bad
    lines; headings that mean nothing; entries with people whom nobody can write to."""

    created: list
    updated: list
    same: int
    bad: list
    ignored: list
    incomplete: list


class LineForm(BaseForm):
    """What a line may say, by the rules of the form that everybody fills in."""

    name = TextField(label="Nom", limit=120, missing="Le nom de la structure manque.")
    website = WebsiteField(label="Site internet")
    siret = SiretField(label="SIRET")
    rna = RnaField(label="RNA")
    uai = UaiField(label="UAI")
    last_name = NameField(label="Contact", limit=200)
    first_name = NameField(label="Prénom", limit=200)
    function = TextField(label="Fonction", limit=120)
    phone = PhoneField(label="Téléphone")

    def __init__(self, data):
        super().__init__(data, needed=("name",), strict=True)

    def faults(self):
        return [
            error if label.casefold() in error.casefold() else f"{label}{NBSP}: {error}"
            for name, errors in self.errors.items()
            for label in [self.fields[name].label]
            for error in errors
        ]


def heading(row):
    """Return column number → name of ours, and the headings that mean nothing to us."""
    known, ignored = {}, []
    for place, title in enumerate(row):
        name = _CALLED.get(_called(title))
        if name and name not in known.values():
            known[place] = name
        elif title:
            ignored.append(title)
    if "name" not in known.values():
        raise UnreadableError(
            "La première ligne nomme les colonnes. Aucune ne s’appelle «\u00a0nom\u00a0»."
        )
    return known, ignored


def read_list(rows):
    """Return the :class:`Plan` of ``rows``, the first of which holds the headings."""
    known, ignored = heading(rows[0] if rows else [])
    seats = {commune.pk: commune for commune in Commune.objects.without_outlines()}
    communes = {text.fold(commune.name): pk for pk, commune in seats.items()}
    directory, bad = _Directory(), []
    for number, row in enumerate(rows[1:], start=2):
        if any(row):
            said = dict.fromkeys(COLUMNS, "")
            said |= {
                known[place]: each for place, each in enumerate(row) if place in known
            }
            said = {name: " ".join(each.split()) for name, each in said.items()}
            reasons = [TOO_WIDE] if any(row[len(rows[0]) :]) else []
            *told, faults = _read(said, communes)
            reasons += faults
            if reasons := reasons or directory.take(*told):
                bad.append(Bad(number, said["name"], reasons))
    created, updated, same = directory.sorted_out()
    for entry in [*created, *updated]:  # Their communes are shown.
        entry.structure.seat = seats.get(entry.structure.seat_id)
    incomplete = [entry for entry in directory.entries if entry.left_out]
    return Plan(created, updated, same, bad, ignored, incomplete)


def _read(said, communes):
    """Return what a line says of a structure, of its people and of whom nobody can write
    to, and what is wrong of it."""
    form = LineForm({**said, **_restored(said)})
    faults = [] if form.is_valid() else form.faults()
    if "E+" in said["siret"].upper():
        faults = [ROUNDED]
    kind = _KINDS.get(text.fold(said["kind"])) if said["kind"] else Structure.Kind.OTHER
    if kind is None:
        faults.append(f"Type inconnu{NBSP}: {said['kind']}.")
    seat = _seat(said["seat"], communes)
    if seat is None:
        faults.append(
            f"Commune inconnue{NBSP}: {said['seat']}. Ailleurs, écrivez «\u00a0hors du territoire\u00a0»."
            if said["seat"]
            else "La commune manque."
        )
    people, wrong = _people(said, form.cleaned_data)
    elsewhere = seat == ELSEWHERE
    values = {name: form.cleaned_data.get(name, "") for name in ("name", *FILLED)}
    values |= {"kind": kind, "seat_id": None if elsewhere else seat}
    values |= {"seat_elsewhere": elsewhere}
    return values, people, _unaddressed(said), faults + wrong


def _restored(said):
    """Return the numbers with the zeros that a spreadsheet takes from their beginning."""
    siret, uai, phone = (
        re.sub(r"[\s.\-]", "", said[name]) for name in ("siret", "uai", "phone")
    )
    return {
        "siret": siret.zfill(14)
        if re.fullmatch(r"\d{11,13}", siret)
        else said["siret"],
        "uai": f"0{uai}" if re.fullmatch(r"\d{6}[A-Za-z]", uai) else said["uai"],
        "phone": f"0{phone}" if re.fullmatch(r"[1-9]\d{8}", phone) else said["phone"],
    }


def _seat(said, communes):
    """Return the key of the commune, whose postcode or last words may be left out, and whose
    « Saint » may be cut."""
    folded = text.fold(re.sub(r"\d|\bcedex\b", " ", said, flags=re.IGNORECASE))
    folded = re.sub(r"\bst(e?)\b", r"saint\1", folded)
    if folded in _ELSEWHERE:
        return ELSEWHERE
    begun = [pk for name, pk in communes.items() if f"{name} ".startswith(f"{folded} ")]
    exact = communes.get(folded)
    return exact or (begun[0] if len(begun) == 1 and folded else None)


def _people(said, cleaned):
    """Return one person for each address of the line, the first of whom is named."""
    person = {name: cleaned.get(name, "") for name in OF_CONTACT}
    people, wrong = {}, []
    for typed in re.split(r"[\s;,/<>]+", said["email"].strip(" ;,/<>")):
        try:
            if typed:
                email = AddressField().clean(typed)
                people[email] = {**({} if people else person), "email": email}
        except ValidationError as error:
            wrong += [f"{typed}{NBSP}: {told}" for told in error.messages]
    return list(people.values()), wrong


def _unaddressed(said):
    """Return who is named or called without an address: a school often writes no other."""
    named = " ".join(filter(None, (said["first_name"], said["last_name"])))
    named = named or said["function"] or said["phone"]
    return [named] if named and not said["email"] else []


class _Directory:
    """The structures that are known, those of the file among them, by what tells them."""

    def __init__(self):
        self.entries, self.by_number, self.by_name = [], {}, defaultdict(list)
        addresses = defaultdict(set)
        for pk, email in Contact.objects.values_list("structure", "email"):
            addresses[pk].add(email)
        for structure in Structure.objects.unmerged().order_by("pk"):
            self.add(Entry(structure, addresses[structure.pk]))

    def add(self, entry):
        structure = entry.structure
        place = structure.seat_id, named(structure.name)
        self.entries.append(entry)
        self.by_name[place].append(entry)
        self.by_number |= dict.fromkeys(_numbers(vars(structure)), entry)

    def take(self, values, people, left_out):
        """Let the structure that a line tells of take what it brings, or say why not."""
        found = {id(e): e for n in _numbers(values) if (e := self.by_number.get(n))}
        found = list(found.values())
        found = found or self.by_name[values["seat_id"], named(values["name"])]
        if len(found) > 1:
            names = " et ".join(str(entry.structure) for entry in found[:2])
            return [
                f"Deux structures y répondent{NBSP}: {names}. Fusionnez-les d’abord."
            ]
        for entry in found:
            # A town hall and its library often write one number.
            if named(entry.structure.name) != named(values["name"]):
                return [f"Ce numéro est celui de {entry.structure}. {SAME_NAME}"]
            for name in NUMBERS:
                known = getattr(entry.structure, name)
                if known and values[name] not in ("", known):
                    return [
                        f"{entry.structure} a un autre {name.upper()}{NBSP}: {known}."
                    ]
        if not found:
            found = [Entry(Structure(**values))]
            self.add(found[0])
        found[0].take(values, people, left_out)
        self.by_number |= dict.fromkeys(_numbers(values), found[0])
        return []

    def sorted_out(self):
        """Return the entries that are new, completed, and left as they are."""
        told = [entry for entry in self.entries if entry.is_told]
        new = [entry for entry in told if entry.structure.pk is None]
        old = [entry for entry in told if entry.structure.pk]
        more = [entry for entry in old if entry.filled or entry.added]
        return new, more, len(old) - len(more)


def _numbers(values):
    return [(name, values[name]) for name in NUMBERS if values[name]]


@transaction.atomic
def write(plan, *, by, at):
    """Write what ``plan`` brings, but for its bad lines."""
    for entry in [*plan.created, *plan.updated]:
        structure = entry.structure
        if structure.pk is None:
            structure.save()
        elif entry.filled:
            structure.save(update_fields=entry.filled)
        for person in entry.added:
            Contact.objects.create(structure=structure, **person)
        audit.record("importe", structure, by=by, at=at, changed=entry.filled)
