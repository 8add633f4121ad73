"""By what may the deliberation be sifted? Only by what occurs in what one sees."""

from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from assises.models import Commune, Structure, Term
from committee.models import Decision
from submissions.answering.choice_lists import DEPARTEMENTS
from submissions.models import Application

# Values that stand for no row of their own.
WHOLE_TERRITORY = "territoire"

Terms = Application.terms.through
Places = Application.communes.through

# Columns of a candidacy that :func:`filterable` reads, then one for each of RELATIONS.
COLUMNS = (
    "pk",
    "title",
    "structure__kind",
    "decision__outcome",
    "decision__minutes",
    "whole_territory",
)
# Facet → its rows, sifted by the database, of the proposals that have one value of it.
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
# What the address of a list may ask for.
NAMES = (*RELATIONS, "structure", "decision")
KINDS = Structure.Kind.choices
OUTCOMES = [
    *((code, label.capitalize()) for code, label in Decision.Outcome.choices),
    (Decision.UNDECIDED, "À décider"),
]


class FilterableRow(NamedTuple):
    """What is known of every proposal, on the page or not; ``related``: the facets of
    :data:`RELATIONS` that it answers as they were asked."""

    pk: int
    title: str
    kind: str
    outcome: str
    minutes: int | None
    whole_territory: bool
    related: frozenset

    def answers(self, name, value):
        """Say whether this line has ``value`` for the facet ``name``."""
        if name == "structure":
            return self.kind == value
        if name == "decision":
            return self.decided == value
        if (name, value) == ("commune", WHOLE_TERRITORY):
            return self.whole_territory
        return name in self.related

    @property
    def decided(self):
        return self.outcome or Decision.UNDECIDED


class Filter(NamedTuple):
    """One list to choose from: ``name`` stands in the address, ``everything`` is what an
    empty choice is called, ``options`` are pairs of value and label."""

    name: str
    label: str
    everything: str
    options: list
    chosen: str = ""

    @property
    def chosen_label(self):
        return dict(self.options).get(self.chosen, "")


def related(candidacies, asked):
    """Annotate ``candidacies`` with whether they answer each of RELATIONS as ``asked``."""
    return candidacies.annotate(
        **{
            f"has_{name}": _answer_value(rows, asked.get(name, ""))
            for name, rows in RELATIONS.items()
        }
    )


def _answer_value(rows, value):
    """Return the condition that a proposal is among ``rows`` of ``value``.

    Spelled by keys, without joins: each proposal counts once. No value holds what does
    not print, which PostgreSQL would not even read.
    """
    if not value or not value.isprintable():
        return Value(False, output_field=BooleanField())
    found = Q(pk__in=rows(value).values("application"))
    return ExpressionWrapper(found, BooleanField())


def columns():
    """Return the columns of the annotated candidacies that :func:`filterable` reads."""
    return *COLUMNS, *(f"has_{name}" for name in RELATIONS)


def filterable(row):
    """Return the :class:`FilterableRow` of ``row``: values of :func:`columns`, in their order."""
    has = zip(RELATIONS, row[len(COLUMNS) :], strict=True)
    return FilterableRow(
        *row[: len(COLUMNS)], frozenset(name for name, found in has if found)
    )


def chosen_values(lines, asked):
    """Return name → value of what ``asked`` chooses among ``lines``.

    What none of them has chooses nothing: it tells nobody whether it exists elsewhere.
    """
    wanted = {name: asked.get(name, "") for name in NAMES}
    return {
        name: value
        for name, value in wanted.items()
        if value and any(line.answers(name, value) for line in lines)
    }


def filters_of(candidacies, lines, chosen):
    """Return every :class:`Filter` of ``candidacies``, whose ``lines`` are known."""
    found = _widened(_stored_filters(candidacies), lines) + _plain_filters(lines)
    return [facet._replace(chosen=chosen.get(facet.name, "")) for facet in found]


def _stored_filters(candidacies):
    """Return the facets that the database sifts, several of them for one proposal: terms
    and communes, in two queries."""
    own = candidacies.values("pk")
    chosen = Terms.objects.filter(application__in=own).values("term")
    terms = list(Term.objects.filter(pk__in=chosen).in_order())
    concerned = Places.objects.filter(application__in=own).values("commune")
    communes = list(
        Commune.objects.filter(pk__in=concerned).without_outlines().in_order()
    )
    numbers = {commune.departement for commune in communes}
    return [
        Filter("axe", "Axe", "Tous", _filter_options(terms, Term.Vocabulary.AXIS)),
        Filter("theme", "Thème", "Tous", _filter_options(terms, Term.Vocabulary.THEME)),
        Filter(
            "commune",
            "Commune de l’action",
            "Toutes",
            [(commune.pk, commune.name) for commune in communes],
        ),
        Filter(
            "departement",
            "Département",
            "Tous",
            [pair for pair in DEPARTEMENTS.items() if pair[0] in numbers],
        ),
    ]


def _filter_options(terms, vocabulary):
    return [(term.code, term.label) for term in terms if term.vocabulary == vocabulary]


def _plain_filters(lines):
    """Return the facets sifted on ``lines``: one value for each."""
    kinds = {line.kind for line in lines}
    outcomes = {line.decided for line in lines}
    return [
        Filter("structure", "Type de structure", "Tous", _among(KINDS, kinds)),
        Filter("decision", "Décision", "Toutes", _among(OUTCOMES, outcomes)),
    ]


def _widened(facets, lines):
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


def _among(options, found):
    return [option for option in options if option[0] in found]
