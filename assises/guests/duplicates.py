"""Which structures may be one and the same, and why?"""

from collections import defaultdict
from itertools import combinations, takewhile
from typing import NamedTuple

from django.db.models.fields.json import KT

from assises.french import text
from assises.models import Contact, Event, Structure
from assises.people import audit

SAME_NAME = "même nom, même commune"
APART = "distingue"

# Words that one list writes and the next one does not.
UNTOLD = {
    *("asso", "assoc", "association", "l", "la", "le", "les"),
    *("d", "de", "du", "des"),
}
# Words by which one of two lists names those who support a structure.
FRIENDS = {"ami", "amie", "amies", "amis"}
# Two shorter names that one letter tells apart are two names.
LONG_NAME = 8
# Addresses of everybody say nothing of a structure.
PROVIDERS = {
    *("gmail.com", "googlemail.com", "yahoo.com", "yahoo.fr", "icloud.com", "me.com"),
    *("outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.com", "live.fr"),
    *("orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "laposte.net"),
    *("bbox.fr", "numericable.fr", "aol.com", "gmx.fr", "msn.com", "proton.me"),
}
# A domain that more structures share is that of an academy or of a town.
MOST_SHARING = 4


class Pair(NamedTuple):
    """Two structures, the elder first, and what they share, in words."""

    first: Structure
    second: Structure
    reasons: list


def named(name):
    """Return ``name`` as two lists that write it apart have it: « ASSOC. COMÈTE »."""
    words = text.fold(name).split()
    return " ".join([word for word in words if word not in UNTOLD] or words)


def near(name):
    """Return ``name`` less what may stand before it: « Les amis de la Comète »."""
    words = named(name).split()
    return " ".join([word for word in words if word not in FRIENDS] or words)


def one_letter_apart(name, other):
    """Say whether one letter more, less or another makes ``other`` of ``name``; a figure
    tells schools apart."""
    short, long = sorted((name, other), key=len)
    letters = zip(short, long, strict=False)
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))
    replaced = 1 if len(short) == len(long) else 0
    letters = short[at : at + replaced] + long[at : at + 1]
    return short[at + replaced :] == long[at + 1 :] and not any(
        map(str.isdigit, letters)
    )


def tell_apart(first, second, *, by, at):
    """Remember that two structures are no duplicates: they are no pair any more."""
    audit.record(APART, first, by=by, at=at, values={"other": second.pk})


def _told_apart():
    """Return the keys of the pairs that are no duplicates, as the journal has them."""
    label = Structure._meta.label_lower
    told = Event.objects.filter(model=label, verb=APART).order_by()
    keys = told.values_list("object_key", KT("values__other"))
    return {frozenset(map(int, pair)) for pair in keys}


def pairs():
    """Return the :class:`Pair` lists, those that share most first, less those told apart."""
    structures = Structure.objects.unmerged().select_related("seat")
    structures = {s.pk: s for s in structures.defer("seat__outline").order_by("pk")}
    found = defaultdict(list)
    for (reason, _), keys in _sharing(structures).items():
        for pair in combinations(sorted(keys), 2):
            found[pair].append(reason)
    for pair in _near_pairs(structures):
        if SAME_NAME not in found[pair]:
            found[pair].append("noms proches, même commune")
    apart = _told_apart()
    return sorted(
        (
            Pair(structures[first], structures[second], sorted(reasons))
            for (first, second), reasons in found.items()
            if frozenset((first, second)) not in apart
        ),
        key=lambda pair: (-len(pair.reasons), pair.first.search_text, pair.first.pk),
    )


def _sharing(structures):
    """Return (what is shared, its value) → keys of ``structures``."""
    sharing = defaultdict(set)
    for pk, structure in structures.items():
        sharing[SAME_NAME, _place(structure)].add(pk)
        for column in ("siret", "rna", "uai"):
            if number := getattr(structure, column):
                sharing[f"même {column.upper()}", number].add(pk)
    domains = defaultdict(set)
    for pk, email in Contact.objects.values_list("structure", "email"):
        domain = email.rpartition("@")[2]
        if pk in structures and domain not in PROVIDERS:
            domains[domain].add(pk)
    for domain, keys in domains.items():
        if len(keys) <= MOST_SHARING:
            sharing[f"même domaine de courriel, {domain}", domain] = keys
    return sharing


def _near_pairs(structures):
    """Yield the pairs of keys whose names are near in one commune."""
    names = defaultdict(dict)
    for pk, structure in structures.items():
        names[structure.seat_id][pk] = near(structure.name)
    for of_commune in names.values():
        yield from _near_in(of_commune)


def _near_in(names):
    """Return the pairs of keys of ``names``, key → name, that are near.

    What one letter tells apart is the same less that letter: each name is compared with
    those alone that share one of its forms.
    """
    forms = defaultdict(set)
    for pk, name in names.items():
        cut = range(len(name)) if len(name) >= LONG_NAME else ()
        for form in {name, *(name[:i] + name[i + 1 :] for i in cut)}:
            forms[form].add(pk)
    sharing = (sorted(keys) for keys in forms.values() if len(keys) > 1)
    pairs = {pair for keys in sharing for pair in combinations(keys, 2)}
    return [
        (one, other)
        for one, other in pairs
        if names[one] == names[other] or one_letter_apart(names[one], names[other])
    ]


def _place(structure):
    return named(structure.name), structure.seat_id
