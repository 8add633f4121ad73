"""What was published stays what it was, whatever becomes of the answers and their reviews."""

import pytest
from django.urls import reverse

from assises.people.permissions import Role
from committee import visibility
from committee.deliberation import ranking
from committee.models import Criterion, Decision, Review
from committee.publishing import publication
from committee.reviewing import recusals
from submissions.answering import corrections, lifecycle
from tests import team
from tests.committee.factories import DecisionFactory, ReviewFactory, proposal
from tests.committee.mornings import asked, listed
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


@pytest.fixture
def published(edition, me, member, other):
    """Three proposals, ranked 1, 2, 3 and published; ``member`` and ``other`` marked them."""
    candidacies = []
    for place, outcome in enumerate(("selected", "reserve", "declined")):
        candidacy = proposal(title=f"Action {place}", email_confirmed_at=WHILE_OPEN)
        for someone in (member, other):
            ReviewFactory(
                application=candidacy, member=someone, done=True, mean=3 - place
            )
        minutes = 12 if outcome == "selected" else None
        DecisionFactory(application=candidacy, outcome=outcome, minutes=minutes)
        candidacies.append(candidacy)
    publication.publish(edition, by=me, at=WHILE_OPEN)
    for candidacy in candidacies:
        candidacy.refresh_from_db()
    return candidacies


def shown(user, edition):
    """Return key → rank and mean, as ``user`` reads them."""
    sight = visibility.sight(user, edition, at=WHILE_OPEN)
    found = ranking.standings_in(sight)
    return {pk: (standing.rank, standing.mean) for pk, standing in found.items()}


def decisions():
    columns = ("application", "outcome", "minutes", "reason", "frozen", "published_at")
    return list(Decision.objects.order_by("pk").values_list(*columns))


def withdraw(candidacies, **_):
    lifecycle.withdraw(candidacies[0], at=WHILE_OPEN)


def recuse(candidacies, member, me):
    own = Review.objects.of(member).filter(application=candidacies[0].pk)
    recusals.recuse(own, by=me, at=WHILE_OPEN)


def weigh(**_):
    Criterion.objects.update(weight=3)


def mark_otherwise(**_):
    Review.objects.update(mean=0.5)


def leave(member, **_):
    Review.objects.of(member).delete()


def correct(candidacies, me, **_):
    corrections.correct(
        candidacies[0], {"title": "Un autre titre"}, by=me, at=WHILE_OPEN
    )


def come_late(**_):
    ReviewFactory(application=proposal(title="En retard"), done=True, mean=3)


@pytest.mark.parametrize(
    "verb", [withdraw, recuse, weigh, mark_otherwise, leave, correct, come_late]
)
def test_no_verb_moves_what_was_published(edition, me, member, published, verb):
    before, kept = shown(me, edition), decisions()

    given = {"candidacies": published, "member": member, "me": me}
    verb(**given)

    after = shown(me, edition)
    assert {pk: after[pk] for pk in before} == before
    assert decisions() == kept
    assert [rank for rank, _ in before.values()] == [1, 2, 3]


def test_list_shows_the_published_ranks(edition, me, published):
    mark_otherwise()
    lifecycle.withdraw(published[0], at=WHILE_OPEN)

    assert listed(asked(me)) == [(2, "Action 1"), (3, "Action 2")]


def test_who_is_in_conflict_sees_no_gap_in_the_ranks(edition, chair, published):
    chair.structures.add(published[1].structure)

    assert [rank for rank, _ in shown(chair.user, edition).values()] == [1, 2]


def test_who_may_read_no_decision_reads_no_published_one(edition, member, published):
    assert shown(member.user, edition) == {}
    assert shown(team.member(Role.DESK), edition) == {}


def test_list_of_published_results_costs_the_same(
    edition, me, published, django_assert_num_queries
):
    client = team.signed_in(me)
    address = reverse("screens:deliberation")
    client.get(address)

    with django_assert_num_queries(12):
        client.get(address)
