"""The minutes of the morning: presentations, and the time to change between two."""

import pytest

from committee.deliberation import talk_minutes


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [([], 0), ([12], 12), ([12, 8], 22), ([12, 8, 15], 39)],
)
def test_used_counts_changeovers_between_presentations_only(minutes, expected):
    assert talk_minutes.used(minutes, 2) == expected


def test_used_without_changeover_is_the_sum():
    assert talk_minutes.used([12, 8, 15], 0) == 35


@pytest.mark.parametrize(
    ("available", "expected"), [(120, 81), (39, 0), (30, -9), (0, -39)]
)
def test_free_falls_below_zero_when_the_morning_overflows(available, expected):
    assert talk_minutes.free([12, 8, 15], 2, available) == expected


@pytest.mark.parametrize(
    ("available", "expected"), [(120, 0), (39, 0), (38, 1), (0, 39)]
)
def test_excess_is_what_does_not_fit(available, expected):
    assert talk_minutes.excess([12, 8, 15], 2, available) == expected


def test_free_of_an_empty_morning_is_all_of_it():
    assert talk_minutes.free([], 5, 120) == 120


def test_starts_leave_room_to_change():
    assert talk_minutes.starts([12, 8, 15], 2) == [0, 14, 24]


def test_starts_of_nothing_is_nothing():
    assert talk_minutes.starts([], 2) == []


def test_the_last_presentation_ends_when_the_minutes_used_do():
    minutes, changeover = [8, 15, 12, 8], 3

    ends = [
        start + length
        for start, length in zip(
            talk_minutes.starts(minutes, changeover), minutes, strict=True
        )
    ]

    assert ends[-1] == talk_minutes.used(minutes, changeover)


@pytest.mark.parametrize(
    ("minutes", "expected"), [([], 20), ([12], 6), ([12, 6], -2), ([12, 8], -4)]
)
def test_room_counts_the_changeover_before_one_more(minutes, expected):
    assert talk_minutes.room(minutes, 2, 20) == expected
