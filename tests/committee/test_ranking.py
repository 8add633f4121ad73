"""The order that the handed-in reviews give."""

import pytest

from committee.deliberation import ranking
from committee.deliberation.scoring import Summary
from committee.models import Candidacy, Review
from tests.committee.factories import MemberFactory, ReviewFactory, proposal

pytestmark = pytest.mark.django_db

State = Review.State
NOTHING = Summary(0, None, None, None, None)


def reviewed(*means, **values):
    """Return a proposal that has one handed-in review for each of ``means``."""
    candidacy = proposal(**values)
    for mean in means:
        ReviewFactory(application=candidacy, done=True, mean=mean)
    return candidacy


def standings():
    return ranking.standings(Candidacy.objects.all())


def test_standings_tell_rank_and_summary_of_every_proposal(edition):
    low, high, unread = reviewed(1.0, 2.0), reviewed(2.0, 3.0, 2.5), reviewed()

    found = standings()

    assert found == {
        high.pk: (1, Summary(3, 2.5, 2.5, 2.0, 3.0)),
        low.pk: (2, Summary(2, 1.5, 1.5, 1.0, 2.0)),
        unread.pk: (None, NOTHING),
    }


def test_standings_stand_best_first_and_without_mark_last(edition):
    unread, low, high = reviewed(), reviewed(1.0), reviewed(2.0)

    assert list(standings()) == [high.pk, low.pk, unread.pk]


def test_equal_means_share_a_rank_and_stand_by_age(edition):
    first, best, second, last = (
        reviewed(2.0),
        reviewed(3.0),
        reviewed(2.004),
        reviewed(1.0),
    )

    found = standings()

    assert list(found) == [best.pk, first.pk, second.pk, last.pk]
    assert [standing.rank for standing in found.values()] == [1, 2, 2, 4]


@pytest.mark.parametrize("state", [state for state in State if state != State.DONE])
def test_only_handed_in_reviews_count(edition, state):
    candidacy = reviewed(2.0)
    # What was handed in before a tie was known keeps its mean, out of sight.
    ReviewFactory(application=candidacy, state=state, mean=3.0)

    assert standings()[candidacy.pk].summary == Summary(1, 2.0, 2.0, 2.0, 2.0)


def test_a_proposal_that_nobody_has_marked_has_no_rank(edition):
    candidacy = reviewed()

    assert standings() == {candidacy.pk: (None, NOTHING)}


def test_ranks_are_made_of_what_is_given_alone(edition):
    best, other = reviewed(3.0), reviewed(2.0)

    found = ranking.standings(Candidacy.objects.exclude(pk=best.pk))

    assert found == {other.pk: (1, Summary(1, 2.0, 2.0, 2.0, 2.0))}


def test_tallies_count_what_was_assigned_without_recusals(edition):
    candidacy = reviewed(2.0, 1.0)
    for state in (State.TO_READ, State.DRAFT, State.ABSTAINED, State.RECUSED):
        ReviewFactory(application=candidacy, state=state)

    tallies = ranking.tallies(Candidacy.objects.all())

    assert tallies == {candidacy.pk: ([1.0, 2.0], 2, 1, 5)}


@pytest.mark.parametrize("count", [1, 3])
def test_standings_take_one_query(edition, django_assert_num_queries, count):
    member = MemberFactory()
    for _ in range(count):
        ReviewFactory(application=proposal(), member=member, done=True)

    with django_assert_num_queries(1):
        assert len(standings()) == count
