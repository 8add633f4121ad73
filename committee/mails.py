"""Which mails does the committee receive? One function per mail, named after it."""

from django.conf import settings
from django.urls import reverse

from assises.french import dates
from assises.french.numbers import plural
from assises.mail import outbox


def reviews_awaited(member, *, at):
    """Tell a member how many reviews are awaited, until when, and where to write them.

    Placeholders: ``prenom``, ``reste``, ``limite``, ``page``, ``evenement``, ``contact``.
    """
    subject, body = letter_awaiting_reviews(member)
    return outbox.queue_mail(
        "reviews_awaited",
        to=member.user.email,
        subject=subject,
        body=body,
        at=at,
        edition=member.edition,
    )


def letter_awaiting_reviews(member):
    """Return subject and body of :func:`reviews_awaited`."""
    edition, left = member.edition, member.counts.pending
    due = edition.reviews_due_on
    return outbox.compose(
        "committee/mails/reviews_awaited.txt",
        {
            "prenom": member.user.get_short_name(),
            "reste": f"{left}{dates.NBSP}évaluation{plural(left)} à rendre",
            "limite": f"La date prévue est le {dates.day(due)}." if due else "",
            "page": settings.SITE_URL + reverse("screens:reviews"),
            "evenement": edition.title,
            "contact": f"{edition.contact_name}\n{edition.contact_email}",
        },
    )
