"""What is on the agenda of the deliberation, by rank: what comes before, after, next?

The list and the page of one proposal read the same agenda: what the address of the list
asks for is kept in all the links between them.
"""

from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from assises.models import Term
from committee.deliberation import ranking
from committee.deliberation.morning import Morning
from committee.models import Decision
from submissions.models import Application

UNDECIDED = Decision.UNDECIDED
# Stands among the communes for the proposals that concern all of them.
WHOLE_TERRITORY = "territoire"

Terms = Application.terms.through
Places = Application.communes.through


def _among(rows):
    """Spelled by keys, without joins: a proposal counts once, however many it has."""
    return Q(pk__in=rows.values("application"))


def _has_term(vocabulary, code):
    return _among(Terms.objects.filter(term__vocabulary=vocabulary, term__code=code))


def _concerns(commune):
    if commune == WHOLE_TERRITORY:
        return Q(whole_territory=True)
    return _among(Places.objects.filter(commune=commune))


def _is_decided(outcome):
    if outcome == UNDECIDED:
        return Q(decision=None) | Q(decision__outcome="")
    return Q(decision__outcome=outcome)


# Filter, as the address names it → the condition that a proposal has one value of it.
FILTERS = {
    "axe": lambda code: _has_term(Term.Vocabulary.AXIS, code),
    "theme": lambda code: _has_term(Term.Vocabulary.THEME, code),
    "commune": _concerns,
    "departement": lambda number: _among(
        Places.objects.filter(commune__departement=number)
    ),
    "structure": lambda kind: Q(structure__kind=kind),
    "decision": _is_decided,
}
COLUMNS = ("pk", "title", "structure__kind", "whole_territory", "decision__outcome")


class Agenda(NamedTuple):
    """Every proposal that one sees, by rank, and those that the list is filtered to.

    ``standings`` and ``rows`` (their columns) know all of them by key; ``chosen`` is
    name of filter → value; ``kept`` the keys that answer to it, in order.
    """

    standings: dict
    rows: dict
    chosen: dict
    kept: list

    @property
    def undecided(self):
        """Keys of what is still to be decided, filtered out or not, by rank."""
        return [pk for pk in self.standings if not self.rows[pk]["decision__outcome"]]

    @property
    def is_of_one_outcome(self):
        """Say whether the list holds what has been decided in one way."""
        return self.chosen.get("decision", UNDECIDED) != UNDECIDED

    def around(self, pk):
        """Return the kept keys that come before ``pk`` and after it, itself left out."""
        order = list(self.standings)
        place, kept = order.index(pk), set(self.kept)
        return (
            [other for other in order[:place] if other in kept],
            [other for other in order[place + 1 :] if other in kept],
        )

    def next_to_decide(self, pk):
        """Return the key of what is decided after ``pk``, ``None`` if nothing is left.

        The next one undecided, from the top again after the last. In a list of one
        outcome, where one changes one's mind, the next one of that list.
        """
        before, after = self.around(pk)
        undecided = set(self.undecided)
        left = [other for other in after + before if other in undecided]
        return next(iter(after if self.is_of_one_outcome else left), None)

    def query_back(self, pk, per_page):
        """Return what the page of the list where ``pk`` stands, or would, is asked for.

        ``per_page``: how many proposals a page of the list holds.
        """
        before, _ = self.around(pk)
        last = max(len(self.kept) - 1, 0)
        page = min(len(before), last) // per_page + 1
        return {**self.chosen, "p": page} if page > 1 else self.chosen

    def morning(self, edition, *, without=None):
        """Return the :class:`Morning` of what is selected, by rank, less one key."""
        rows = [self.rows[pk] for pk in self.standings if pk != without]
        selected = Decision.Outcome.SELECTED
        talks = [row for row in rows if row["decision__outcome"] == selected]
        return Morning(talks, edition.changeover_minutes, edition.morning_minutes)


def agenda_of(sight, asked):
    """Return the :class:`Agenda` of what ``sight`` shows, filtered by ``asked``, in three
    queries.

    Ranks are made of all that one may see, and no less. What none of it has chooses
    nothing: it tells nobody whether it exists elsewhere.
    """
    wanted = {name: asked.get(name, "") for name in FILTERS}
    # No value holds what does not print, which PostgreSQL would not even read.
    answers = {
        f"has_{name}": ExpressionWrapper(FILTERS[name](value), BooleanField())
        for name, value in wanted.items()
        if value and value.isprintable()
    }
    found = sight.candidacies.annotate(**answers).order_by()
    found = found.values(*COLUMNS, *answers, minutes=F("decision__minutes"))
    rows = {row["pk"]: row for row in found}
    standings = {
        pk: standing
        for pk, standing in ranking.standings_in(sight).items()
        if pk in rows  # Withdrawn, or sent between two queries.
    }
    chosen = {
        name: value
        for name, value in wanted.items()
        if f"has_{name}" in answers and any(row[f"has_{name}"] for row in rows.values())
    }
    kept = [pk for pk in standings if all(rows[pk][f"has_{name}"] for name in chosen)]
    return Agenda(standings, rows, chosen, kept)
