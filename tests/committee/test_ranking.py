"""The order that the handed-in reviews give."""

import pytest

from committee.deliberation import ranking
from committee.models import Candidacy, Review
from tests.committee.factories import MemberFactory, ReviewFactory, proposal

pytestmark = pytest.mark.django_db

State = Review.State


def reviewed(*means, **values):
    """Return a proposal that has one handed-in review for each of ``means``."""
    candidacy = proposal(**values)
    for mean in means:
        ReviewFactory(application=candidacy, done=True, mean=mean)
    return candidacy


def standings():
    return ranking.standings(Candidacy.objects.all())


def test_standings_tell_rank_and_means_of_every_proposal(edition):
    low, high, unread = reviewed(1.0, 2.0), reviewed(2.0, 3.0, 2.5), reviewed()

    found = standings()

    assert found == {
        high.pk: (1, False, [2.0, 2.5, 3.0], 0, 3),
        low.pk: (2, False, [1.0, 2.0], 0, 2),
        unread.pk: (None, False, [], 0, 0),
    }


def test_a_standing_tells_mean_median_and_how_far_people_part():
    standing = ranking.Standing(1, False, [1.0, 2.5, 3.0], 0, 3)

    assert (standing.mean, standing.median) == (pytest.approx(13 / 6), 2.5)
    assert (standing.handed_in, standing.spread) == (3, 2.0)
    assert standing.is_divided


def test_a_standing_without_mark_tells_nothing():
    standing = ranking.Standing(None, False, [], 0, 2)

    assert (standing.mean, standing.median, standing.spread) == (None, None, None)
    assert not standing.is_divided


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
    assert [standing[:2] for standing in found.values()] == [
        (1, False),
        (2, True),
        (2, True),
        (4, False),
    ]


@pytest.mark.parametrize("state", [state for state in State if state != State.DONE])
def test_only_handed_in_reviews_count(edition, state):
    candidacy = reviewed(2.0)
    # What was handed in before a conflict was known keeps its mean, out of sight.
    ReviewFactory(application=candidacy, state=state, mean=3.0)

    assert standings()[candidacy.pk].means == [2.0]


def test_ranks_are_made_of_what_is_given_alone(edition):
    best, other = reviewed(3.0), reviewed(2.0)

    found = ranking.standings(Candidacy.objects.exclude(pk=best.pk))

    assert found == {other.pk: (1, False, [2.0], 0, 1)}


def test_standings_count_what_was_assigned_without_recusals(edition):
    candidacy = reviewed(2.0, 1.0)
    for state in (State.TO_READ, State.DRAFT, State.ABSTAINED, State.RECUSED):
        ReviewFactory(application=candidacy, state=state)

    assert standings() == {candidacy.pk: (1, False, [1.0, 2.0], 1, 5)}


@pytest.mark.parametrize("count", [1, 3])
def test_standings_take_one_query(edition, django_assert_num_queries, count):
    member = MemberFactory()
    for _ in range(count):
        ReviewFactory(application=proposal(), member=member, done=True)

    with django_assert_num_queries(1):
        assert len(standings()) == count
