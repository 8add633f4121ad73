"""Which structures, communes and terms may be chosen? Read once per request."""

from collections import defaultdict
from functools import cached_property
from itertools import groupby

from assises.french import text
from assises.models import Contact, Structure
from assises.web.site_context import Site

# How the départements of the territory are called; another one has its number.
DEPARTEMENTS = {"91": "Essonne", "77": "Seine-et-Marne"}
ELSEWHERE = "ailleurs"


class ChoiceLists:
    """The lists that forms choose from, and that answers are read with.

    ``known`` returns the queryset of structures that may be picked; ``site`` is that of
    the request.
    """

    def __init__(self, known=None, *, site=None):
        self._known = known
        self._site = site or Site()

    @cached_property
    def communes(self):
        return self._site.reference.communes

    @cached_property
    def terms(self):
        return self._site.reference.terms

    @cached_property
    def known_structures(self):
        if self._known is None:
            return []
        structures = self._known().select_related("seat")
        return [
            (str(structure.pk), f"{structure} ({structure.seat_label})")
            for structure in sorted(structures, key=lambda known: text.fold(known.name))
        ]

    def seats(self):
        """Choices of a seat: the communes in order, then « Hors du territoire »."""
        return [
            ("", "Choisissez une commune"),
            *((commune.pk, commune.name) for commune in self.communes),
            (ELSEWHERE, "Hors du territoire"),
        ]

    def communes_by_departement(self):
        """Choices of communes, in one group per département, the largest group first."""
        groups = defaultdict(list)
        for commune in self.communes:
            name = DEPARTEMENTS.get(
                commune.departement, f"Département {commune.departement}"
            )
            groups[name].append((commune.pk, commune.name))
        return sorted(groups.items(), key=lambda group: -len(group[1]))

    def of(self, vocabulary):
        """Choices of one vocabulary, grouped where its terms are."""
        terms = [term for term in self.terms if term.vocabulary == vocabulary]
        choices = []
        for group, members in groupby(terms, key=lambda term: term.group):
            pairs = [(term.code, term.label) for term in members]
            choices += [(group, pairs)] if group else pairs
        return choices


def pickable(email):
    """Structures that may be picked: listed ones, and those of a confirmed ``email``."""
    own = Contact.objects.confirmed().filter(email=email).values("structure")
    own = Structure.objects.unmerged().filter(pk__in=own)
    return Structure.objects.listed() | own
