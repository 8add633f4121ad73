"""May the demonstration be loaded here, and is it already?"""

from django.db import transaction

from assises.models import Contact, Edition, Structure
from committee.demonstration import accounts, answers, edition, panel
from committee.demonstration.invented import DOMAIN, SLUG
from submissions.models import Application

INVENTED = f"@{DOMAIN}"


class RealDataError(Exception):
    """This database holds what somebody really typed."""


def is_loaded():
    return Edition.objects.filter(slug=SLUG).exists()


@transaction.atomic
def load_demonstration(at):
    """Load the demonstration once; return whether it was loaded now."""
    _refuse_real_data()
    if is_loaded():
        return False
    loaded = edition.load_edition(at)
    answers.load_answers(loaded, at)
    accounts.create_accounts()
    panel.load_panel(loaded, at)
    return True


def _refuse_real_data():
    """Raise :class:`RealDataError` before anything is mixed with real data."""
    real = [
        Edition.objects.exclude(slug=SLUG),
        Application.objects.exclude(email__endswith=INVENTED),
        Contact.objects.exclude(email__endswith=INVENTED),
        Structure.objects.exclude(contacts__email__endswith=INVENTED),
    ]
    if any(rows.exists() for rows in real):
        raise RealDataError
