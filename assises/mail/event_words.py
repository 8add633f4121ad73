"""What does every mail say of the event: who greets, whom to call, when and where?"""

from django.conf import settings
from django.urls import reverse

from assises.french import dates, phones

UNNAMED = "Assises de la culture scientifique et technique"


def when(edition):
    """Say the day of the Assises, with its hours if they are known."""
    return ", ".join(filter(None, (dates.day(edition.held_on), edition.hours)))


def event_words(edition):
    """Return what every mail has: greeting, event and its human contact."""
    if edition is None:
        return {"evenement": UNNAMED, "contact": "", "bonjour": "Bonjour,"}
    lines = [
        edition.contact_name,
        edition.contact_email,
        ", ".join(
            filter(None, [phones.spoken(edition.contact_phone), edition.contact_hours])
        ),
    ]
    return {
        "bonjour": "Bonjour,",
        "evenement": edition.title,
        "contact": "\n".join(line for line in lines if line),
    }


def day_words(edition):
    """Return the placeholders that say when and where one is expected."""
    return {
        "quand": when(edition),
        "lieu": edition.place,
        "agenda": settings.SITE_URL + reverse("assises:agenda", args=[edition.slug]),
    }
