"""May the demonstration be loaded here, and is it already?"""

from django.db import transaction

from assises.models import Contact, Edition, Structure
from committee.demonstration import accounts, answers, edition, panel
from committee.demonstration.invented import SLUG
from submissions.models import Application


class RealDataError(Exception):
    """This database holds what somebody typed."""


def is_loaded():
    return Edition.objects.filter(slug=SLUG).exists()


@transaction.atomic
def load_demonstration(at):
    """Load the demonstration, into an empty database alone."""
    tables = (Edition, Application, Contact, Structure)
    if any(table.objects.exists() for table in tables):
        raise RealDataError
    loaded = edition.load_edition(at)
    answers.load_answers(loaded, at)
    accounts.create_accounts()
    panel.load_panel(loaded, at)
