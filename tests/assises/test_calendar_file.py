"""The day of the Assises in a calendar: what RFC 5545 asks, and nobody named."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from assises.models import Edition
from assises.web import calendar_file
from tests.factories import WHILE_OPEN, EditionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]

HOURS = {"opening_time": time(9), "closing_time": time(17, 30)}


def written(edition):
    return calendar_file.day_of_assises(
        edition, url="https://site.example", host="site.example", at=WHILE_OPEN
    )


def unfolded(octets):
    """Read a calendar as its readers do."""
    assert octets.endswith(b"\r\n")
    lines = octets.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
    assert not any("\n" in line or "\r" in line for line in lines)
    return lines


def test_the_day_is_written_with_its_hours_in_utc():
    edition = EditionFactory(address="Boulevard Mitterrand, Évry", **HOURS)

    assert unfolded(written(edition)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Assises de la culture scientifique et technique//FR",
        "BEGIN:VEVENT",
        "UID:assises-2027@site.example",
        "DTSTAMP:20270512T123200Z",
        "SEQUENCE:30168752",
        "STATUS:CONFIRMED",
        "DTSTART:20271021T070000Z",
        "DTEND:20271021T153000Z",
        "SUMMARY:Assises de la culture scientifique et technique 2027",
        "LOCATION:Université d’Évry Paris-Saclay\\, Boulevard Mitterrand\\, Évry",
        "URL:https://site.example",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2027, 3, 27), "20270327T080000Z"),
        (date(2027, 3, 28), "20270328T070000Z"),
        (date(2027, 10, 30), "20271030T070000Z"),
        (date(2027, 10, 31), "20271031T080000Z"),
    ],
)
def test_nine_o_clock_is_nine_o_clock_in_paris_around_the_changes_of_hour(day, begins):
    edition = EditionFactory(held_on=day, **HOURS)

    assert f"DTSTART:{begins}" in unfolded(written(edition))


def test_a_cancelled_day_takes_the_place_of_the_same_one_taken_before(edition):
    later = WHILE_OPEN + timedelta(minutes=1)
    kept = unfolded(written(edition))
    cancelled = unfolded(
        calendar_file.day_of_assises(
            edition, url="x", host="site.example", at=later, cancelled=True
        )
    )

    assert "STATUS:CANCELLED" in cancelled
    assert [line for line in cancelled if line in kept and "UID" in line]
    sequence = [
        int(line.removeprefix("SEQUENCE:"))
        for line in (*kept, *cancelled)
        if line.startswith("SEQUENCE:")
    ]
    assert sequence[0] < sequence[1]


def test_the_whole_day_is_kept_while_no_hour_is_known(edition):
    lines = unfolded(written(edition))

    assert "DTSTART;VALUE=DATE:20271021" in lines
    assert "DTEND;VALUE=DATE:20271022" in lines


def test_long_lines_fold_within_75_octets_and_inside_no_character():
    title = "é" * 60 + "a" * 80 + " ; a, b\\c\nd"
    edition = EditionFactory(title=title)

    octets = written(edition)

    assert max(map(len, octets.split(b"\r\n"))) == 75
    assert [line.decode() for line in octets.split(b"\r\n")]
    summary = next(line for line in unfolded(octets) if line.startswith("SUMMARY"))
    assert summary == f"SUMMARY:{'é' * 60}{'a' * 80} \\; a\\, b\\\\c\\nd"


def test_anybody_may_take_the_calendar(client, edition):
    page = client.get(reverse("assises:agenda", args=[edition.slug]))

    assert page["Content-Type"] == "text/calendar; charset=utf-8"
    assert page["Content-Disposition"] == 'attachment; filename="assises-2027.ics"'
    assert b"UID:assises-2027@" in page.content
    assert edition.contact_email.encode() not in page.content


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (HOURS, "de\u00a09\u00a0h à 17\u00a0h\u00a030"),
        ({"opening_time": time(9)}, "à partir de 9\u00a0h"),
        ({}, ""),
    ],
)
def test_hours_are_said_where_they_are_known(client, hours, said):
    edition = EditionFactory(**hours)

    home = client.get("/").text

    assert edition.hours == said
    assert f"<dd>jeudi 21\u00a0octobre 2027{', ' if said else ''}{said}</dd>" in home


@pytest.mark.parametrize(
    "hours",
    [{"closing_time": time(17)}, {"opening_time": time(17), "closing_time": time(9)}],
)
def test_a_day_does_not_end_before_it_begins(edition, hours):
    with pytest.raises(IntegrityError, match="ends_after_it_begins"):
        Edition.objects.filter(pk=edition.pk).update(**hours)
