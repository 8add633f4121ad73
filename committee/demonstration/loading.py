"""May the demonstration be loaded here, is it already, and what is its edition?"""

from datetime import date, timedelta

from django.db import transaction

from assises.french import dates
from assises.models import Contact, Edition, Page, Partner, Structure, Territory
from committee import reference
from committee.demonstration import accounts, answers, called, invited, panel
from committee.demonstration.invented import DATA, SLUG, read_data
from submissions.models import Application

OPEN_FOR = timedelta(weeks=6)
THURSDAY = 3


class RealDataError(Exception):
    """This database holds what somebody typed."""


def is_loaded():
    return Edition.objects.filter(slug=SLUG).exists()


@transaction.atomic
def load_demonstration(at, stage="open"):
    """Load the demonstration as it stands at ``stage``, into an empty database alone."""
    tables = (Edition, Application, Contact, Structure)
    if any(table.objects.exists() for table in tables):
        raise RealDataError
    loaded = _load_edition(at)
    answers.load_answers(loaded, at)
    accounts.create_accounts()
    panel.load_panel(loaded, at)
    called.load_outreach(loaded, at)
    if stage == "open":
        called.hold_the_day(loaded, at)
    if stage == "invited":
        invited.load_invitations(loaded, invited.moment_of(loaded))


def _load_edition(at):
    """Create the edition with its criteria, partners and pages."""
    data, days = read_data("edition"), year_around(at)
    edition = Edition(
        title=f"Assises de la culture scientifique et technique {days['held_on'].year}",
        slug=SLUG,
        territory=Territory.objects.get(),
        is_current=True,
        **days,
        **data["edition"],
    )
    edition.full_clean()
    edition.save()
    reference.copy_criteria(edition)
    Partner.objects.bulk_create(
        Partner(edition=edition, order=order, **partner)
        for order, partner in enumerate(data["partner"])
    )
    _load_pages(data["page"])
    return edition


def year_around(at):
    """Return the dates of a call opened six weeks before ``at``, closing on the next 31 May
    included; the day is the third Thursday of October."""
    today = dates.local_day(at)
    year = today.year if today <= date(today.year, 5, 31) else today.year + 1
    middle = date(year, 10, 15)
    return {
        "opens_at": dates.start_of(today - OPEN_FOR),
        "closes_at": dates.closing_after(date(year, 5, 31)),
        "inventory_closes_at": dates.closing_after(date(year, 9, 30)),
        "reviews_due_on": date(year, 6, 25),
        "results_on": date(year, 7, 5),
        "held_on": middle + timedelta(days=(THURSDAY - middle.weekday()) % 7),
    }


def _load_pages(pages):
    """Write the missing pages."""
    for order, page in enumerate(pages):
        body = (DATA / "pages" / f"{page['slug']}.md").read_text(encoding="utf-8")
        defaults = {"title": page["title"], "order": order, "body": body}
        Page.objects.get_or_create(slug=page["slug"], defaults=defaults)
