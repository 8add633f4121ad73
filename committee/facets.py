"""By what may the deliberation be sifted? Only by what occurs in what one sees."""

from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q

from assises.models import Commune, Structure, Term
from committee.models import Decision
from submissions.models import Application
from submissions.words import DEPARTEMENTS

# Values that stand for no row of their own.
WHOLE_TERRITORY = "territoire"
UNDECIDED = "a-decider"

Terms = Application.terms.through
Places = Application.communes.through


class Line(NamedTuple):
    """What is known of every proposal, on the page or not."""

    pk: int
    title: str
    kind: str
    outcome: str
    minutes: int | None
    whole_territory: bool
    matches: bool

    def answers(self, chosen):
        """Say whether this line has what ``chosen`` (name of facet → value) asks of it;
        what the database has sifted already is in ``matches``."""
        return (
            chosen.get("structure", self.kind) == self.kind
            and chosen.get("decision", self.decided) == self.decided
            and (self.whole_territory or chosen.get("commune") != WHOLE_TERRITORY)
        )

    @property
    def decided(self):
        return self.outcome or UNDECIDED


class Facet(NamedTuple):
    """One list to choose from: ``name`` stands in the address, ``everything`` is what an
    empty choice is called, ``options`` are pairs of value and label."""

    name: str
    label: str
    everything: str
    options: list
    chosen: str = ""

    def asked_in(self, asked):
        """Choose what ``asked`` (name → value) says, if it is an option.

        Any other value chooses nothing: it tells nobody whether it exists elsewhere.
        """
        value = asked.get(self.name, "")
        return self._replace(chosen=value if value in dict(self.options) else "")

    @property
    def chosen_label(self):
        return dict(self.options).get(self.chosen, "")


class Sifted(NamedTuple):
    """Every line by key, the keys of those that answer to what is asked, the facets."""

    lines: dict
    kept: set
    facets: list


def sift(candidacies, asked):
    """Sift ``candidacies`` by ``asked`` (name → value), in three queries."""
    stored = [facet.asked_in(asked) for facet in stored_facets(candidacies)]
    lines = lines_of(candidacies, condition(stored))
    facets = [
        facet.asked_in(asked)
        for facet in widened(stored, lines.values()) + plain_facets(lines.values())
    ]
    chosen = {facet.name: facet.chosen for facet in facets if facet.chosen}
    kept = {pk for pk, line in lines.items() if line.matches and line.answers(chosen)}
    return Sifted(lines, kept, facets)


def lines_of(candidacies, condition):
    """Return ``{pk: Line}`` for every one of ``candidacies``, in one query."""
    matches = ExpressionWrapper(condition, BooleanField())
    rows = (
        candidacies.order_by()
        .annotate(matches=matches)
        .values_list(
            "pk",
            "title",
            "structure__kind",
            "decision__outcome",
            "decision__minutes",
            "whole_territory",
            "matches",
        )
    )
    return {row[0]: Line(*row) for row in rows}


# Sifted by the database: several of them for one proposal.


def stored_facets(candidacies):
    """Return the facets of terms and communes, in two queries."""
    own = candidacies.values("pk")
    chosen = Terms.objects.filter(application__in=own).values("term")
    terms = list(Term.objects.filter(pk__in=chosen).in_order())
    concerned = Places.objects.filter(application__in=own).values("commune")
    communes = list(
        Commune.objects.filter(pk__in=concerned).without_outlines().in_order()
    )
    numbers = {commune.departement for commune in communes}
    return [
        Facet("axe", "Axe", "Tous", options_of(terms, Term.Vocabulary.AXIS)),
        Facet("theme", "Thème", "Tous", options_of(terms, Term.Vocabulary.THEME)),
        Facet(
            "commune",
            "Commune de l’action",
            "Toutes",
            [(commune.pk, commune.name) for commune in communes],
        ),
        Facet(
            "departement",
            "Département",
            "Tous",
            [pair for pair in DEPARTEMENTS.items() if pair[0] in numbers],
        ),
    ]


def options_of(terms, vocabulary):
    return [(term.code, term.label) for term in terms if term.vocabulary == vocabulary]


def condition(facets):
    """Return the condition that a proposal answers to all that ``facets`` choose.

    Spelled by keys, without joins: each proposal counts once.
    """
    found = Q()
    for facet in facets:
        if facet.chosen:
            rows = RELATIONS[facet.name](facet.chosen)
            found &= Q(pk__in=rows.values("application"))
    return found or Q(pk__isnull=False)


RELATIONS = {
    "axe": lambda code: Terms.objects.filter(
        term__vocabulary=Term.Vocabulary.AXIS, term__code=code
    ),
    "theme": lambda code: Terms.objects.filter(
        term__vocabulary=Term.Vocabulary.THEME, term__code=code
    ),
    "commune": lambda insee: Places.objects.filter(commune=insee),
    "departement": lambda number: Places.objects.filter(commune__departement=number),
}


# Sifted on the lines: one value for each.


def plain_facets(lines):
    """Return the facets of what every line tells."""
    kinds = {line.kind for line in lines}
    outcomes = {line.decided for line in lines}
    return [
        Facet("structure", "Type de structure", "Tous", among(KINDS, kinds)),
        Facet("decision", "Décision", "Toutes", among(OUTCOMES, outcomes)),
    ]


def widened(facets, lines):
    """Add « Tout le territoire » to the communes, if some proposal is for all of it."""
    if not any(line.whole_territory for line in lines):
        return facets
    whole = (WHOLE_TERRITORY, "Tout le territoire")
    return [
        facet._replace(options=[*facet.options, whole])
        if facet.name == "commune"
        else facet
        for facet in facets
    ]


def among(options, found):
    return [option for option in options if option[0] in found]


KINDS = Structure.Kind.choices
OUTCOMES = [
    *((code, label.capitalize()) for code, label in Decision.Outcome.choices),
    (UNDECIDED, "À décider"),
]
