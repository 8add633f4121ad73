"""Which mails call for an answer, then tell invited people what happens? One function per
mail, named after it."""

from assises.french import dates, text
from assises.french.numbers import plural
from assises.mail import event_words, outbox, wordings
from assises.models import Mail


def letter_of(words, invitation, **placeholders):
    """Return subject and body of a mail that says ``words`` about ``invitation``."""
    edition, person = invitation.edition, invitation.contact
    seats = invitation.seats
    known = person and person.email_confirmed_at
    typed = {
        "bonjour": f"Bonjour {person}," if known else "Bonjour,",
        "structure": str(invitation),
        **placeholders,
    }
    return outbox.compose(
        words,
        {
            **event_words.event_words(edition),
            **event_words.day_words(edition),
            "places": f"{seats}{dates.NBSP}place{plural(seats)}",
            "limite": dates.deadline(edition.invitations_close_at()),
            **{key: text.defused(words) for key, words in typed.items()},
        },
    )


def shown(invitations, edition):
    """Return triples of an invitation of ``edition``, the subject and the body that its
    person would read, less the link, which is made at sending."""
    words = wordings.of("assises/invited", edition)
    return [(one, *_shown(words, one)) for one in invitations]


def _shown(words, invitation):
    subject, body = letter_of(words, invitation)
    return subject, body.replace(text.LINK_PLACE, "[lien personnel]")


def _letter(words, invitation, **placeholders):
    """Return the columns of a mail that says ``words`` to the person of ``invitation``."""
    subject, body = letter_of(words, invitation, **placeholders)
    return {
        "to": invitation.contact.email,
        "subject": subject,
        "body": body,
        "contact": invitation.contact,
        "reference": invitation.key,
        "link_email": invitation.contact.email,
    }


def _write(name, invitations, *, at, **placeholders):
    """Queue the mail ``name`` for each of ``invitations`` of one edition, in one statement."""
    edition = invitations[0].edition
    words = wordings.of(f"assises/{name}", edition)
    letters = [_letter(words, one, **placeholders) for one in invitations]
    outbox.queue_mails(name, letters, at=at, edition=edition)


def day_kept(invitations, *, at):
    """Ask people to keep the day free, before their invitation; bring the calendar file.

    Placeholders: ``structure``, ``places``, ``limite``, ``quand``, ``lieu``, ``agenda``,
    ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    _write("day_kept", invitations, at=at)


def invited(invitations, *, at):
    """Invite, and bring the link that answers.

    Placeholders: ``structure``, ``places``, ``limite``, ``quand``, ``lieu``, ``agenda``,
    ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    _write("invited", invitations, at=at)


def reminded(invitations, *, at):
    """Remind those who have not answered.

    Placeholders: ``structure``, ``places``, ``limite``, ``quand``, ``lieu``, ``agenda``,
    ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    _write("reminded", invitations, at=at)


def answered(invitation, *, at):
    """Acknowledge an answer: who comes, when, or that nobody does.

    Placeholders: ``structure``, ``places``, ``limite``, ``quand``, ``lieu``, ``agenda``,
    ``bonjour``, ``evenement``, ``contact``, ``lien``, ``reponse``.
    """
    _outdate("answered", invitation.key)
    _write("answered", [invitation], at=at, reponse=_answer_of(invitation))


def _outdate(name, reference):
    """Keep the mail ``name`` from leaving: what it said is not true any more."""
    outbox.cancel_mails(Mail.objects.filter(kind=name, reference=reference))


def _answer_of(invitation):
    state = invitation.State
    if invitation.state == state.DECLINED:
        return "Vous ne viendrez pas. Nous espérons vous voir une autre fois."
    names = "\n".join(
        f"– {guest}{_how_many(guest)}" for guest in invitation.guests.in_order()
    )
    if invitation.state == state.WAITING:
        return (
            "Il ne reste pas assez de places. Vous êtes sur la liste d’attente, et nous vous écrivons"
            f" dès que des places se libèrent pour\u00a0:\n\n{names}"
        )
    return f"Nous attendons\u00a0:\n\n{names}"


def _how_many(guest):
    return f" ({guest.headcount} personnes)" if guest.is_group else ""


def seats_given(invitation, *, at):
    """Tell that an invitation has more seats than it had.

    Placeholders: ``structure``, ``places``, ``limite``, ``quand``, ``lieu``, ``agenda``,
    ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    _write("seats_given", [invitation], at=at)


def seat_lost(guest, *, at):
    """Tell somebody that the seat that they were given does not stand any more.

    Placeholders: ``structure``, ``quand``, ``lieu``, ``bonjour``, ``evenement``, ``contact``.
    """
    _outdate("seat_confirmed", guest.key)
    _write_to_guest("seat_lost", guest, at=at)


def seat_returned(guest, *, at):
    """Tell who gave a seat that its person does not come.

    Placeholders: ``nom``, ``structure``, ``places``, ``limite``, ``quand``, ``lieu``,
    ``agenda``, ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    _outdate("seat_confirmed", guest.key)
    _write("seat_returned", [guest.invitation], at=at, nom=str(guest))


def seats_kept(invitation, *, at):
    """Tell who waited that seats have freed, and until when they are kept.

    Placeholders: ``structure``, ``places``, ``limite``, ``quand``, ``lieu``, ``agenda``,
    ``bonjour``, ``evenement``, ``contact``, ``lien``, ``jusque``.
    """
    until = dates.deadline(invitation.promised_until)
    _write("seats_kept", [invitation], at=at, jusque=until)


def cancelled(invitation, *, at):
    """Tell that an invitation does not stand any more.

    Placeholders: ``structure``, ``places``, ``limite``, ``quand``, ``lieu``, ``agenda``,
    ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    _write("cancelled", [invitation], at=at)


def seat_handed(guest, *, by, at):
    """Bring to somebody the link of the seat that they were given, and nothing else.

    Placeholders: ``par``, ``structure``, ``quand``, ``lieu``, ``agenda``, ``bonjour``,
    ``evenement``, ``contact``, ``lien``.
    """
    _write_to_guest("seat_handed", guest, at=at, link_email=guest.email, par=by)


def seat_confirmed(guest, *, at):
    """Acknowledge that the person of a seat that was handed over comes, and when.

    Placeholders: ``nom``, ``moments``, ``structure``, ``limite``, ``quand``, ``lieu``,
    ``agenda``, ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    _outdate("seat_confirmed", guest.key)
    told = {"nom": str(guest), "moments": guest.moments}
    _write_to_guest("seat_confirmed", guest, at=at, link_email=guest.email, **told)


def _write_to_guest(name, guest, *, at, link_email="", **placeholders):
    """Queue the mail ``name`` to the person of a seat."""
    told = {"bonjour": "Bonjour,", **placeholders}
    words = wordings.of(f"assises/{name}", guest.invitation.edition)
    subject, body = letter_of(words, guest.invitation, **told)
    outbox.queue_mail(
        name,
        to=guest.email,
        subject=subject,
        body=body,
        at=at,
        edition=guest.invitation.edition,
        reference=guest.key,
        link_email=link_email,
    )


def call_for_answer(calls, *, edition, by, at):
    """Ask structures that have not answered to do so: ``calls`` are contacts, their structure
    and its link. Held until an organiser sends them.

    Placeholders: ``structure``, ``par``, ``cloture``, ``repondre``, ``quand``, ``lieu``,
    ``agenda``, ``bonjour``, ``evenement``, ``contact``.
    """
    known = event_words.event_words(edition) | event_words.day_words(edition)
    known |= {
        "par": by.get_short_name(),
        "cloture": dates.deadline(edition.closes_at),
    }
    letters, words = [], wordings.of("assises/call_for_answer", edition)
    for contact, structure, link in calls:
        own = {"structure": text.defused(str(structure)), "repondre": link}
        subject, body = outbox.compose(words, known | own)
        letters.append(
            {
                "to": contact.email,
                "subject": subject,
                "body": body,
                "contact": contact,
                "state": Mail.State.HELD,
            }
        )
    outbox.queue_mails("call_for_answer", letters, at=at, edition=edition)
