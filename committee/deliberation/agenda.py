"""What is on the agenda of the deliberation, by rank: what comes before, after, next?

The list and the page of one proposal read the same agenda: what the address of the list
asks for is kept in all the links between them.
"""

from typing import NamedTuple
from urllib.parse import urlencode

from committee.deliberation import filters, ranking
from committee.models import Decision

UNDECIDED = Decision.UNDECIDED


class Agenda(NamedTuple):
    """Every proposal that one sees, by rank, and those that the list is sifted to.

    ``standings``, ``tallies`` and ``lines`` know all of them by key; ``chosen`` is name
    of facet → value; ``kept`` the keys that answer to it, in order.
    """

    standings: dict
    tallies: dict
    lines: dict
    chosen: dict
    kept: list

    @property
    def query(self):
        """What the addresses of the list and of its proposals ask for."""
        return urlencode(self.chosen)

    @property
    def undecided(self):
        """Keys of what is still to be decided, sifted or not, by rank."""
        return [pk for pk in self.standings if not self.lines[pk].outcome]

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

    def neighbours(self, pk):
        """Return the keys just before and just after ``pk``, ``None`` at the ends."""
        before, after = self.around(pk)
        return (before[-1] if before else None, after[0] if after else None)

    def next_to_decide(self, pk):
        """Return the key of what is decided after ``pk``, ``None`` if nothing is left.

        The next one undecided, from the top again after the last. In a list of one
        outcome, where one changes one's mind, the next one of that list.
        """
        before, after = self.around(pk)
        if self.is_of_one_outcome:
            return after[0] if after else None
        left = [each for each in after + before if not self.lines[each].outcome]
        return left[0] if left else None

    def comes_before(self, pk, other):
        order = list(self.standings)
        return order.index(pk) < order.index(other)

    def query_back(self, pk, per_page):
        """Return the query of the page of the list where ``pk`` stands, or would.

        ``per_page``: how many proposals a page of the list holds.
        """
        before, _ = self.around(pk)
        last = max(len(self.kept) - 1, 0)
        page = min(len(before), last) // per_page + 1
        return urlencode({**self.chosen, "p": page} if page > 1 else self.chosen)


def agenda_of(candidacies, asked):
    """Return the :class:`Agenda` of ``candidacies``, sifted by ``asked``, in one query.

    Ranks are made of all of ``candidacies``: give it what one may see, and no less.
    """
    rows = list(
        filters.related(candidacies, asked)
        .order_by()
        .values_list(*filters.columns(), *ranking.MARKS)
    )
    marks = len(ranking.MARKS)
    tallies = ranking.tallied((row[0], *row[-marks:]) for row in rows)
    lines = {row[0]: filters.filterable(row[:-marks]) for row in rows}
    standings = ranking.placed_tallies(tallies)
    chosen = filters.chosen_values(lines.values(), asked)
    kept = [
        pk
        for pk in standings
        if all(lines[pk].answers(*wanted) for wanted in chosen.items())
    ]
    return Agenda(standings, tallies, lines, chosen, kept)
