"""Which mails does the committee receive? One function per mail, named after it."""

from django.conf import settings
from django.urls import reverse

from assises.french import dates
from assises.french.numbers import plural
from assises.mail import outbox, wordings


def reviews_awaited(members, edition, *, at):
    """Tell members of ``edition`` how many reviews are awaited, until when, and where to
    write them.

    Placeholders: ``prenom``, ``reste``, ``limite``, ``page``, ``evenement``, ``contact``.
    """
    letters = [
        {"to": member.user.email, "subject": subject, "body": body}
        for member, subject, body in letters_awaiting_reviews(members, edition)
    ]
    outbox.queue_mails("reviews_awaited", letters, at=at, edition=edition)


def letters_awaiting_reviews(members, edition):
    """Return triples of a member, the subject and the body of :func:`reviews_awaited`."""
    words = wordings.of("committee/reviews_awaited", edition)
    return [
        (member, *outbox.compose(words, _awaited(member, edition)))
        for member in members
    ]


def _awaited(member, edition):
    left, due = member.counts.pending, edition.reviews_due_on
    return {
        "prenom": member.user.get_short_name(),
        "reste": f"{left}{dates.NBSP}évaluation{plural(left)} à rendre",
        "limite": f"La date prévue est le {dates.day(due)}." if due else "",
        "page": settings.SITE_URL + reverse("screens:reviews"),
        "evenement": edition.title,
        "contact": f"{edition.contact_name}\n{edition.contact_email}",
    }
