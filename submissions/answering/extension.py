"""What changes when the call is extended, and how is it extended everywhere at once?"""

import re
from typing import NamedTuple

from django.db import transaction

from assises.french import dates
from assises.models import Edition, Kind, Mail, Page
from assises.people import audit
from submissions.models import Application

# How much is shown of the line of a page that quotes a date.
MOST_SHOWN = 300
WAITING = [Mail.State.HELD, Mail.State.QUEUED, Mail.State.FAILED]


class Quote(NamedTuple):
    """A page that says the former last day in letters, and what it would say instead."""

    page: Page
    after: str


class Effects(NamedTuple):
    """What an extension changes: pages and mails that say the former day, drafts kept open."""

    quotes: list
    mails: list
    drafts: int
    moves_inventory: bool


class ExtendedMeanwhileError(Exception):
    """Somebody else has just changed the last day."""


def effects_of(edition, last_day):
    """Return the :class:`Effects` of extending the call of ``edition`` to ``last_day``."""
    former = dates.last_day_before(edition.closes_at)
    quoted, closing = _quoting(former), dates.closing_after(last_day)
    moves_inventory = edition.inventory_closes_at < closing
    kinds = list(Kind) if moves_inventory else [Kind.PROPOSE]
    drafts = Application.objects.of(edition).drafts().filter(kind__in=kinds)
    mails = Mail.objects.filter(edition=edition, state__in=WAITING)
    return Effects(
        quotes=[
            _quote(page, found, former, last_day)
            for page in Page.objects.all()
            if (found := quoted.search(page.body))
        ],
        mails=[mail for mail in mails.order_by("pk") if quoted.search(mail.body)],
        drafts=drafts.count(),
        moves_inventory=moves_inventory,
    )


@transaction.atomic
def extend(edition, last_day, *, pages, by, at):
    """Close the call after ``last_day``; let the waiting mails, and those pages whose keys
    are among ``pages``, say so; return the other pages that quote the former one. Raises
    :class:`ExtendedMeanwhileError`."""
    effects = effects_of(edition, last_day)
    former = dates.last_day_before(edition.closes_at)
    unchanged = Edition.objects.filter(pk=edition.pk, closes_at=edition.closes_at)
    edition.closes_at = dates.closing_after(last_day)
    edition.inventory_closes_at = max(edition.inventory_closes_at, edition.closes_at)
    edition.set_grace()
    columns = ("closes_at", "inventory_closes_at", "grace_until")
    if not unchanged.update(**{name: getattr(edition, name) for name in columns}):
        raise ExtendedMeanwhileError
    for mail in effects.mails:
        body = restated(mail.body, former, last_day)
        Mail.objects.filter(pk=mail.pk, state__in=WAITING).update(body=body)
    for quote in effects.quotes:
        if quote.page.pk in pages:
            quote.page.body = restated(quote.page.body, former, last_day)
            quote.page.save(update_fields=["body"])
            audit.record("corrige", quote.page, by=by, at=at, changed=["body"])
    told = {"closes_at": dates.deadline(edition.closes_at)}
    audit.record("appel prolongé", edition, by=by, at=at, changed=told, values=told)
    return [quote.page for quote in effects.quotes if quote.page.pk not in pages]


def restated(said, former, new):
    """Return ``said`` with the day ``new`` where it says ``former``: with its weekday and
    its year where it says those."""
    weekday, number, month, year = _words(new)

    def in_letters(found):
        words = [number, month]
        if found["weekday"]:
            words.insert(0, weekday)
        if found["year"]:
            words.append(year)
        return dates.NBSP.join(words)

    return _quoting(former).sub(in_letters, said)


def _words(day):
    """Return weekday, number, month and year of ``day``, as they are written."""
    return dates.day(day).replace(dates.NBSP, " ").split(" ")


def _quoting(day):
    """Return the pattern of ``day`` in letters; another year is another day."""
    weekday, number, month, year = _words(day)
    return re.compile(
        rf"(?<!\w)(?P<weekday>{weekday}\s+)?{number}\s+{month}"
        rf"(?!\w)(?P<year>\s+{year}(?!\d))?(?!\s+\d{{4}})",
        re.IGNORECASE,
    )


def _quote(page, found, former, new):
    line = page.body[page.body.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
    return Quote(page, restated(line[:MOST_SHOWN], former, new))
