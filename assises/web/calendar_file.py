"""How is the day of the Assises written for the calendar of a telephone (RFC 5545)?"""

import re
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

LONGEST_LINE = 75  # octets, less the end of the line
_SPECIAL = re.compile(r"[\\;,]")


def as_download(edition, *, at, cancelled=False):
    """Return the response that gives :func:`day_of_assises` to a browser."""
    url = settings.SITE_URL
    host = urlsplit(url).hostname
    body = day_of_assises(edition, url=url, host=host, at=at, cancelled=cancelled)
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="assises-{edition.slug}.ics"'
        },
    )


def day_of_assises(edition, *, url, host, at, cancelled=False):
    """Return the calendar that holds the day of ``edition``, as bytes; ``cancelled``, it
    takes the day out of the calendar that has it (``STATUS`` of RFC 5545).

    Nobody is named in it: anybody may read it. Its ``UID`` stays the same, so that taken
    again once the hours or the place are known, it takes the place of the former one.
    """
    properties = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Assises de la culture scientifique et technique//FR"),
        ("BEGIN", "VEVENT"),
        ("UID", _escaped(f"assises-{edition.slug}@{host}")),
        ("DTSTAMP", _in_utc(at)),
        # Whatever is taken later says more: it takes the place of the former one.
        ("SEQUENCE", int(at.timestamp()) // 60),
        ("STATUS", "CANCELLED" if cancelled else "CONFIRMED"),
        *_period(edition),
        ("SUMMARY", _escaped(edition.title)),
        ("LOCATION", _escaped(edition.place)),
        ("URL", url),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ]
    return b"".join(_folded(f"{name}:{value}") for name, value in properties)


def _period(edition):
    """Yield when the day begins and ends: the whole day as long as no hour is known."""
    if not edition.opening_time:
        yield "DTSTART;VALUE=DATE", f"{edition.held_on:%Y%m%d}"
        yield "DTEND;VALUE=DATE", f"{edition.held_on + timedelta(days=1):%Y%m%d}"
        return
    yield "DTSTART", _in_utc(edition.instant_of(edition.opening_time))
    if edition.closing_time:
        yield "DTEND", _in_utc(edition.instant_of(edition.closing_time))


def _in_utc(instant):
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text):
    """Return ``text`` as a value, its lines kept."""
    lines = _SPECIAL.sub(r"\\\g<0>", text).splitlines()
    return "\\n".join(lines)


def _folded(line):
    """Return ``line`` as octets, folded where it is too long, never inside a character."""
    folded, room = b"", LONGEST_LINE
    for character in line:
        octets = character.encode()
        if len(octets) > room:
            folded += b"\r\n "
            room = LONGEST_LINE - 1
        folded += octets
        room -= len(octets)
    return folded + b"\r\n"
