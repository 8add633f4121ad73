"""Which structures may be one and the same, and why?"""

from collections import defaultdict
from itertools import combinations
from typing import NamedTuple

from assises.french import text
from assises.models import Contact, Structure

# Words that one list writes and the next one does not.
UNTOLD = {
    *("asso", "assoc", "association", "l", "la", "le", "les"),
    *("d", "de", "du", "des"),
}
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


def pairs():
    """Return the :class:`Pair` lists, those that share most first."""
    structures = Structure.objects.unmerged().select_related("seat")
    structures = {s.pk: s for s in structures.defer("seat__outline").order_by("pk")}
    found = defaultdict(list)
    for (reason, _), keys in _sharing(structures).items():
        for pair in combinations(sorted(keys), 2):
            found[pair].append(reason)
    return sorted(
        (
            Pair(structures[first], structures[second], sorted(reasons))
            for (first, second), reasons in found.items()
        ),
        key=lambda pair: (-len(pair.reasons), pair.first.search_text, pair.first.pk),
    )


def _sharing(structures):
    """Return (what is shared, its value) → keys of ``structures``."""
    sharing = defaultdict(set)
    for pk, structure in structures.items():
        sharing["même nom, même commune", _place(structure)].add(pk)
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


def _place(structure):
    return named(structure.name), structure.seat_id
