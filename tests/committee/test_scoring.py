import pytest
from django.template.defaultfilters import floatformat
from hypothesis import given
from hypothesis import strategies as st

from committee.deliberation import scoring

MARKS = st.lists(
    st.tuples(st.none() | st.integers(0, 3), st.integers(1, 5)), max_size=8
)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], None),
        ([(None, 1), (None, 2)], None),
        ([(0, 1), (0, 1)], 0.0),
        ([(3, 1), (2, 1), (None, 1)], 2.5),
        ([(3, 2), (0, 1)], 2.0),
    ],
)
def test_weighted_mean_leaves_silence_out(marks, expected):
    assert scoring.weighted_mean(marks) == expected


@given(MARKS)
def test_weighted_mean_stays_among_the_marks(marks):
    mean = scoring.weighted_mean(marks)
    given_marks = [mark for mark, _ in marks if mark is not None]

    if given_marks:
        assert min(given_marks) - 1e-9 <= mean <= max(given_marks) + 1e-9
    else:
        assert mean is None


def test_equal_means_share_a_rank_and_the_next_one_skips():
    means = {"a": 1.0, "b": 2.004, "c": 3.0, "d": 2.0, "e": None}

    assert scoring.ranks(means) == {"c": 1, "b": 2, "d": 2, "a": 4, "e": None}


@given(st.dictionaries(st.integers(), st.none() | st.floats(0, 3), max_size=12))
def test_a_better_mean_never_has_a_worse_rank(means):
    ranks = scoring.ranks(means)

    for one, other in ((a, b) for a in means for b in means):
        if means[one] is not None and means[other] is not None:
            assert (ranks[one] > ranks[other]) <= (means[one] < means[other])
    assert all((means[key] is None) == (ranks[key] is None) for key in means)


def test_ranks_part_means_that_are_shown_apart():
    """2,025 is written « 2,03 », 2,0222 « 2,02 »: they share no rank."""
    means = {"eight": 2.025, "nine": 18.2 / 9}

    assert [floatformat(mean, 2) for mean in means.values()] == ["2,03", "2,02"]
    assert scoring.ranks(means) == {"eight": 1, "nine": 2}
