"""Which mails tell applicants what happened? One function per mail, named after it."""

from assises import dates, outbox, throttle
from assises.mails import compose
from assises.models import Kind


def application_started(application, *, at):
    """Bring the link to come back to a draft just begun.

    Placeholders: ``dossier``, ``porte``, ``cloture``, ``evenement``, ``contact``, ``lien``.
    """
    write("application_started", application, at=at, **calendar(application))


def application_received(application, *, at):
    """Acknowledge an answer: reference, what happens next, until when it may change.

    Placeholders: ``dossier``, ``titre``, ``structure``, ``envoyee``, ``porte``, ``cloture``,
    ``suite``, ``evenement``, ``contact``, ``lien``.
    """
    write(
        "application_received",
        application,
        at=at,
        **calendar(application),
        titre=application.title or application.get_kind_display(),
        structure=str(application.structure),
        envoyee=dates.moment(application.sent_at),
        suite=what_next(application),
    )


def address_changed(application, *, at):
    """Bring the link to the new address of an answer, the only one that opens it now.

    Placeholders: ``dossier``, ``porte``, ``cloture``, ``evenement``, ``contact``, ``lien``.
    """
    write("address_changed", application, at=at, **calendar(application))


def address_replaced(application, *, former, at):
    """Tell the former address of an answer that another one has taken its place.

    Placeholders: ``dossier``, ``evenement``, ``contact``.
    """
    write("address_replaced", application, to=former, link=False, at=at)


def application_withdrawn(application, *, at):
    """Tell everybody named in an answer that it was withdrawn, and how to take it up again.

    Placeholders: ``dossier``, ``titre``, ``structure``, ``retiree``, ``cloture``, ``porte``,
    ``evenement``, ``contact``, ``lien``.
    """
    for person in filter(None, [application.contact, application.second_contact]):
        write(
            "application_withdrawn",
            application,
            to=person.email,
            person=person,
            at=at,
            **calendar(application),
            titre=application.title or application.get_kind_display(),
            structure=str(application.structure),
            retiree=dates.moment(application.withdrawn_at),
        )


def second_contact_named(application, *, at):
    """Tell a second contact who gave their address, why, and how to be removed.

    Placeholders: ``prenom``, ``nom``, ``par``, ``structure``, ``titre``, ``dossier``,
    ``evenement``, ``contact``, ``lien``.
    """
    second = application.second_contact
    if not throttle.allow("second-answer", application.key, at=at):
        return
    write(
        "second_contact_named",
        application,
        to=second.email,
        person=second,
        at=at,
        prenom=second.first_name,
        nom=second.last_name,
        par=str(application.contact),
        structure=str(application.structure),
        titre=application.title or application.get_kind_display(),
    )


def link_requested(email, *, known, edition, at):
    """Answer somebody who asked for a link, whether the address is known or not.

    Placeholders: ``adresse``, ``evenement``, ``contact``, ``lien``.
    """
    template = "link_requested" if known else "link_requested_unknown"
    subject, body = compose(
        f"submissions/mails/{template}.txt", {"adresse": email, **about(edition)}
    )
    outbox.queue(
        template,
        to=email,
        subject=subject,
        body=body,
        at=at,
        edition=edition,
        link_email=email if known else "",
    )


def write(name, application, *, at, to=None, person=None, link=True, **placeholders):
    """Queue the mail ``name`` about ``application`` with the link of its addressee.

    Nobody's box is filled by somebody who typed their address: past the limit of the
    day, the page alone tells.
    """
    to = to or application.email
    if not throttle.allow("mail-address", to, at=at):
        return
    subject, body = compose(
        f"submissions/mails/{name}.txt",
        {
            "dossier": application.reference,
            **about(application.edition),
            **placeholders,
        },
    )
    outbox.queue(
        name,
        to=to,
        subject=subject,
        body=body,
        at=at,
        edition=application.edition,
        contact=person or application.contact,
        reference=application.key,
        link_email=to if link else "",
    )


def about(edition):
    """Return the placeholders that every mail has: the event and its human contact."""
    if edition is None:
        return {
            "evenement": "Assises de la culture scientifique et technique",
            "contact": "",
        }
    lines = [
        edition.contact_name,
        edition.contact_email,
        " ".join(filter(None, [edition.contact_phone, edition.contact_hours])),
    ]
    return {
        "evenement": edition.title,
        "contact": "\n".join(line for line in lines if line),
    }


def calendar(application):
    return {
        "porte": application.get_kind_display(),
        "cloture": dates.deadline(application.closes_at()),
    }


def what_next(application):
    """Say what happens to an answer after it was sent, with the edition's own dates."""
    edition = application.edition
    day = f"Votre structure est invitée aux Assises, le {dates.day(edition.held_on)}."
    if application.kind != Kind.PROPOSE:
        return day
    answer = (
        f" La réponse est annoncée pour le {dates.day(edition.results_on)}."
        if edition.results_on
        else " Chaque structure reçoit une réponse."
    )
    return (
        "Le comité de pilotage lit toutes les propositions et choisit celles qui sont"
        f" présentées le matin.{answer} Retenue ou non, {day[0].lower()}{day[1:]}"
    )
