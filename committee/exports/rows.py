"""Which rows does each export hold for what its reader sees, and in which order?

The keys of all rows are read first, so that their number is known and their order may
be any; the rows follow in batches, so that ten thousand weigh no more than one batch.
Who withdraws meanwhile is left out.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import batched
from math import inf
from typing import NamedTuple

from django.db import models
from django.db.models import F
from django.utils.crypto import salted_hmac

from assises.french import text
from assises.models import Commune, Contact, Structure, Term, User
from committee.deliberation import ranking
from committee.exports import columns
from committee.models import Candidacy, Criterion, Decision, Review, Score
from submissions.models import Application

BATCH = 1000


@dataclass(frozen=True)
class Table:
    """``fetch`` turns keys into their rows, in the same order."""

    columns: list
    keys: list
    fetch: Callable

    def rows(self):
        for keys in batched(self.keys, BATCH):
            yield from self.fetch(keys)


def selected_rows(sight):
    return _decided(
        sight, Decision.objects.selected(), columns.SELECTED, complete=_with_words
    )


def decision_rows(sight):
    return _decided(
        sight,
        Decision.objects.decided(),
        columns.decision_columns(named=sight.named),
        complete=_with_deciders if sight.named else list,
    )


def _decided(sight, decisions, columns, *, complete):
    """Return the candidacies that ``decisions`` are about, with what was decided, by rank;
    those of one rank by reference, which is random."""
    standings = ranking.standings_in(sight)
    own = decisions.filter(application__in=sight.candidacies.values("pk"))
    order = sorted(
        (standings[pk].rank or inf, key, pk)
        for pk, key in own.values_list("application", "application__key")
        if pk in standings
    )

    def fetch(keys):
        # No instance of the decision: it and its row would keep each other in memory.
        rows = _whole(Candidacy.objects, named=sight.named).annotate(
            outcome=F("decision__outcome"),
            minutes=F("decision__minutes"),
            reason=F("decision__reason"),
            note=F("decision__note"),
            decided_at=F("decision__changed_at"),
            decided_by=F("decision__decided_by"),
            published_at=F("decision__published_at"),
        )
        found = _found(rows, keys)
        for row in found:
            row.standing = standings[row.pk]
        return complete(found)

    return Table(columns, [pk for _, _, pk in order], fetch)


def _with_deciders(candidacies):
    """Give ``candidacies`` their ``decider``, who wrote the decision last."""
    users = User.objects.in_bulk({row.decided_by for row in candidacies} - {None})
    for row in candidacies:
        row.decider = str(users.get(row.decided_by, ""))
    return candidacies


def answer_rows(sight):
    """Sent answers of every kind, newest first."""
    keys = list(sight.answers.newest_first().values_list("pk", flat=True))

    def fetch(keys):
        rows = _whole(Application.objects.sent()).select_related("typed_by")
        return _with_words(_found(rows, keys))

    return Table(columns.ANSWERS, keys, fetch)


class Person(NamedTuple):
    """Somebody named in an answer of a structure, and how many answers that one sent."""

    structure: Structure
    contact: Contact
    answers: int


def people_rows(sight):
    """People named in the sent answers, by structure then by name: of several rows of one
    name and address there, the confirmed one, or the last."""
    counts, people = Counter(), {}
    person = ("email_confirmed_at", "email", "first_name", "last_name")
    roles = ("contact", "second_contact")
    for structure, name, *named in sight.answers.order_by().values_list(
        "structure",
        "structure__name",
        *(each for role in roles for each in (role, *(f"{role}__{c}" for c in person))),
    ):
        counts[structure] += 1
        for contact, confirmed_at, email, first, last in batched(named, 5):
            if contact is not None:
                who = (text.fold(last), text.fold(first), email)
                place = (text.fold(name), structure, *who)
                row = (confirmed_at is not None, contact)
                people[place] = max(row, people.get(place, row))

    def fetch(keys):
        structures = _strict(Structure.objects).select_related("seat")
        structures = structures.defer("seat__outline").in_bulk({s for s, _ in keys})
        contacts = _strict(Contact.objects).in_bulk({contact for _, contact in keys})
        return [
            Person(structures[structure], contacts[contact], counts[structure])
            for structure, contact in keys
            if structure in structures and contact in contacts
        ]

    keys = [(place[1], contact) for place, (_, contact) in sorted(people.items())]
    return Table(columns.PEOPLE, keys, fetch)


def review_rows(sight):
    """Handed-in reviews by reference, then as a keyed digest shuffles them.

    The order of rows would otherwise be the same in every proposal, and tell which
    rows come from one member.
    """
    own = sight.candidacies.values("pk")
    handed_in = Review.objects.handed_in().filter(application__in=own)
    pairs = sorted(
        handed_in.values_list("pk", "application__key"),
        key=lambda pair: (pair[1], _shuffled(pair[0])),
    )
    criteria = _strict(Criterion.objects).of(sight.edition)

    def fetch(keys):
        rows = _strict(Review.objects.handed_in()).select_related("application")
        rows = rows.defer("application__typed")
        return _with_marks(_found(rows, keys))

    keys = [pk for pk, _ in pairs]
    return Table(columns.review_columns(criteria), keys, fetch)


def _with_marks(reviews):
    """Give ``reviews`` their ``marks``, ``{criterion: mark}``."""
    rows = {review.pk: review for review in reviews}
    for review in reviews:
        review.marks = {}
    scores = Score.objects.filter(review__in=rows)
    for pk, criterion, mark in scores.values_list("review", "criterion", "mark"):
        rows[pk].marks[criterion] = mark
    return reviews


def _shuffled(pk):
    """Return where a row stands among its neighbours: the same each time, told by no key."""
    return salted_hmac("committee.exports", str(pk), algorithm="sha256").hexdigest()


def _strict(rows):
    """Refuse hidden queries: one per row would be ten thousand."""
    return rows.fetch_mode(models.FETCH_RAISE)


def _whole(manager, *, named=True):
    """Bring all that the columns of an answer read, but for its words; no person if they
    are not ``named``."""
    people = ("contact", "second_contact") if named else ()
    rows = manager.select_related("structure__seat", *people)
    return _strict(rows).defer("typed", "structure__seat__outline")


def _found(queryset, keys):
    """Return the rows of ``keys`` in their order."""
    rows = queryset.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _with_words(answers):
    """Give ``answers`` their ``labels`` by vocabulary and the names of their ``places``.

    As plain texts: ten thousand answers have ninety thousand words, and an instance
    for each takes longer than all the rest.
    """
    rows = {answer.pk: answer for answer in answers}
    for answer in answers:
        answer.labels, answer.places = defaultdict(list), []
    terms = Term.objects.filter(applications__in=rows).in_order()
    for pk, vocabulary, label in terms.values_list(
        "applications", "vocabulary", "label"
    ):
        rows[pk].labels[vocabulary].append(label)
    communes = Commune.objects.filter(applications__in=rows).in_order()
    for pk, name in communes.values_list("applications", "name"):
        rows[pk].places.append(name)
    return answers
