"""Which mails tell what the committee awaits and decides? One function per mail, named
after it."""

from django.conf import settings
from django.urls import reverse

from assises.french import dates, text
from assises.french.numbers import plural
from assises.mail import event_words, outbox, wordings
from assises.models import Mail
from submissions.mails import greeting


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


def results_told(letters, edition, *, at):
    """Tell each applicant of ``edition`` what was decided; held until an organiser has read
    them.

    Placeholders: ``objet``, ``reponses``, ``quand``, ``lieu``, ``agenda``, ``bonjour``,
    ``evenement``, ``contact``, ``lien``.
    """
    _write_results("results_told", letters, edition, at=at, state=Mail.State.HELD)


def results_corrected(letters, edition, *, at):
    """Tell at once who was told something else what stands now.

    Placeholders: ``objet``, ``reponses``, ``quand``, ``lieu``, ``agenda``, ``bonjour``,
    ``evenement``, ``contact``, ``lien``.
    """
    _write_results("results_corrected", letters, edition, at=at)


def _write_results(name, letters, edition, *, at, **columns):
    rows = [
        {
            "to": letter.address,
            "subject": letter.subject,
            "body": letter.body,
            "contact": letter.application.contact,
            "reference": letter.application.key,
            "link_email": letter.address,
            **columns,
        }
        for letter in letters
    ]
    outbox.queue_mails(name, rows, at=at, edition=edition)


def composer(name, edition):
    """Return a function that gives subject and body of the mail of results ``name`` from the
    application of who reads it and pairs of an application and what is told of it; the words
    are read once, for all of them."""
    words = wordings.of(f"committee/{name}", edition)
    known = event_words.event_words(edition) | event_words.day_words(edition)

    def compose(reader, pairs):
        title = reader.title if len(pairs) == 1 else f"vos {len(pairs)} propositions"
        own = {
            "bonjour": greeting(reader.contact, to=reader.email),
            "objet": title if reader.is_confirmed else text.defused(title),
            "reponses": "\n\n".join(_result_of(*pair) for pair in pairs),
        }
        return outbox.compose(words, known | own)

    return compose


def _result_of(application, told):
    """Write what is told of one proposal; what was typed holds no link, until confirmed."""
    title = application.title
    title = title if application.is_confirmed else text.defused(title)
    lines = [
        f"{title} (dossier n°{dates.NBSP}{application.reference})",
        told.heading,
        told.reason,
        told.what_now,
    ]
    return "\n\n".join(filter(None, lines))
