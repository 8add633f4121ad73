"""The minutes of the morning: presentations, and the time to change between two."""

import pytest

from committee.deliberation.morning import Morning


def morning(minutes, changeover=2, available=120):
    return Morning([{"minutes": each} for each in minutes], changeover, available)


@pytest.mark.parametrize(
    ("minutes", "changeover", "expected"),
    [
        ([], 2, 0),
        ([12], 2, 12),
        ([12, 8], 2, 22),
        ([12, 8, 15], 2, 39),
        ([12, 8, 15], 0, 35),
    ],
)
def test_used_counts_changeovers_between_presentations_only(
    minutes, changeover, expected
):
    assert morning(minutes, changeover).used == expected


@pytest.mark.parametrize(
    ("available", "free", "excess"),
    [(120, 81, 0), (39, 0, 0), (38, -1, 1), (0, -39, 39)],
)
def test_what_does_not_fit_is_excess(available, free, excess):
    found = morning([12, 8, 15], available=available)

    assert (found.free, found.excess) == (free, excess)


def test_blocks_leave_room_to_change_and_say_what_ends_too_late():
    found = morning([12, 8, 15], available=30)

    assert [(start, is_late) for _, start, is_late in found.blocks] == [
        (0, False),
        (14, False),
        (24, True),
    ]
    assert found.used == 24 + 15


@pytest.mark.parametrize(
    ("minutes", "expected"), [([], 20), ([12], 6), ([12, 6], -2), ([12, 8], -4)]
)
def test_room_counts_the_changeover_before_one_more(minutes, expected):
    assert morning(minutes, available=20).room == expected
