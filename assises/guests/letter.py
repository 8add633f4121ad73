"""What does the letter say that an employer, or a head of school, asks of who comes?"""

from django.conf import settings

from assises.french import dates, phones
from assises.mail import event_words
from assises.models import Guest, Invitation


def gather(key):
    """Return what the letter of the seat ``key`` tells, if its invitation is accepted."""
    rows = Guest.objects.select_related(
        "invitation__structure", "invitation__edition__territory"
    )
    guest = rows.coming().filter(key=key).first()
    return guest and _told(guest, guest.invitation)


def _told(guest, invitation):
    edition = invitation.edition
    answered = invitation.category == Invitation.Category.ANSWERED
    return {
        "title": "Lettre d’invitation",
        "event": edition.title,
        "demonstration": settings.DEMO,
        "territory": {
            "name": edition.territory.name,
            "view_box": edition.territory.view_box,
            "outline": edition.territory.outline,
        },
        "person": guest.name,
        "headcount": guest.headcount,
        "function": guest.function,
        "structure": str(invitation.structure or ""),
        "answered": answered,
        "when": event_words.when(edition),
        "where": edition.place,
        "moments": guest.moments,
        "written": dates.day(dates.local_day(invitation.answered_at)),
        "signed": {
            "name": edition.contact_name,
            "email": edition.contact_email,
            "phone": phones.spoken(edition.contact_phone),
            "publisher": edition.publisher_name,
        },
    }
