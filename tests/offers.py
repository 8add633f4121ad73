"""What a bearer types when the committee asks, and how the page sends it."""

import time_machine
from django.urls import reverse

from assises.models import Kind
from assises.people import access_links
from submissions.answering import steps
from submissions.models import Application
from submissions.offers import asking
from submissions.offers.offer_form import MorningOfferForm
from tests.answers import ANSWERS
from tests.factories import ASKED_AT, ASKED_UNTIL

NOBODY = access_links.Applicant(None, frozenset())
MISSING = {
    **ANSWERS["matinee"],
    "description": "Un club « du mercredi ».",
    "phone": "01 99 00 12 34",
}


def too_late():
    """Stop the clock when the last day to answer has just ended."""
    return time_machine.travel(ASKED_UNTIL, tick=False)


def stored(application):
    return Application.objects.get(pk=application.pk)


def untouched(application):
    """Say whether nothing of ``application`` was written since it was read."""
    now = stored(application)
    expected = (Kind.DECLARE, "", "", application.version)
    return (now.kind, now.takeaway, now.contact.phone, now.version) == expected


def bound(application, typed=MISSING, **options):
    """Return the form of the page as a browser sends it back, all of it valid."""
    data = steps.query({name: [value] for name, value in typed.items()})
    form = MorningOfferForm(application, data, **options)
    assert form.is_valid(), form.errors
    return form


def accept(application, *, applicant=NOBODY, at=ASKED_AT):
    asking.accept(bound(application), applicant=applicant, at=at)


def address(application):
    return reverse("submissions:step", args=[application.key, "matinee"])


def say_yes(client, application, typed=MISSING, *, seen=None, follow=False):
    """Send the page with the fingerprint that it carries."""
    if seen is None:
        seen = client.get(address(application)).context["seen"]
    typed = {**typed, "reponse": "oui", "seen": seen}
    return client.post(address(application), typed, follow=follow)


def say_no(client, application):
    return client.post(address(application), {"reponse": "non"}, follow=True)


def change_mind(client, application):
    """Take back a « no » by the button of the receipt."""
    return client.post(address(application), {"reponse": "revoir"})
