from datetime import UTC, date, datetime

import pytest

from assises.french import dates


def plain(written):
    return written.replace("\u00a0", " ").replace("\u202f", " ")


def test_deadline_at_midnight_names_the_day_before():
    closing = dates.closing_after(date(2027, 5, 31))

    assert closing == datetime(2027, 5, 31, 22, tzinfo=UTC)
    assert plain(dates.deadline(closing)) == (
        "jusqu’au lundi 31 mai 2027 inclus (23 h 59, heure de Paris)"
    )


def test_deadline_at_another_hour_tells_it():
    closing = datetime(2027, 6, 4, 16, 30, tzinfo=UTC)

    assert plain(dates.deadline(closing)) == (
        "jusqu’au vendredi 4 juin 2027 à 18 h 30 (heure de Paris)"
    )


@pytest.mark.parametrize(
    ("closing", "written"),
    [
        (datetime(2027, 5, 31, 22, tzinfo=UTC), "depuis le lundi 31 mai 2027 au soir"),
        (
            datetime(2027, 6, 4, 16, 30, tzinfo=UTC),
            "depuis le vendredi 4 juin 2027 à 18 h 30",
        ),
    ],
)
def test_closed_since_names_no_day_still_open(closing, written):
    assert plain(dates.since(closing)) == written


def test_last_day_before_a_closing_is_what_was_typed():
    for typed in (date(2027, 3, 28), date(2027, 5, 31), date(2027, 10, 31)):
        assert dates.last_day_before(dates.closing_after(typed)) == typed


def test_a_day_lasts_23_or_25_hours_when_the_time_changes():
    def hours(day):
        start, end = dates.start_of(day), dates.closing_after(day)
        return (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 3600

    assert hours(date(2027, 3, 28)) == 23
    assert hours(date(2027, 10, 31)) == 25
    assert hours(date(2027, 5, 31)) == 24


def test_the_first_of_the_month_and_capitals():
    assert plain(dates.day(date(2027, 5, 1))) == "samedi 1er mai 2027"


def test_times_leave_out_zero_minutes():
    assert plain(dates.clock_time(datetime(2027, 5, 1, 7, 0, tzinfo=UTC))) == "9 h"
    assert plain(dates.clock_time(datetime(2027, 5, 1, 7, 5, tzinfo=UTC))) == "9 h 05"
