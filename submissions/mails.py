"""Which mails tell applicants what happened? One function per mail, named after it."""

from django.db.models import Max

from assises.french import dates, text
from assises.mail import event_words, outbox, wordings
from assises.models import Mail
from assises.web import throttle
from submissions import outlook

CONFIRM = (
    "Confirmez que cette adresse est la vôtre : ouvrez ce lien, puis choisissez"
    " « Continuer »."
)
RECEIVED = "Votre réponse est bien reçue, merci. "
NOTED = "Nous avons saisi votre réponse pour vous. "


def application_started(application, *, at):
    """Bring the link to come back to a draft just begun, unless the day has brought many.

    Placeholders: ``dossier``, ``facon``, ``cloture``, ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    if not throttle.allow("mail-address", application.email, at=at):
        return  # Each of those that came leads to this one too.
    _write_to_applicant(
        "application_started",
        application,
        at=at,
        due_at=at,
        facon=application.get_kind_display(),
        cloture=dates.deadline(application.closes_at()),
    )


def application_received(application, *, at):
    """Ask to confirm the address; acknowledge an answer: reference, what happens next,
    when and where, until when it may change.

    Placeholders: ``demande``, ``dossier``, ``objet``, ``structure``, ``envoyee``,
    ``facon``, ``modification``, ``suite``, ``quand``, ``lieu``, ``agenda``,
    ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    number = f"dossier n°{dates.NBSP}{application.reference}"
    waits = f"adresse à confirmer, {number}"
    _write_to_applicant(
        "application_received",
        application,
        at=at,
        demande=_demand(application),
        facon=_way(application),
        modification=outlook.may_be_changed(application, at),
        objet=_titled(application) if application.is_confirmed else waits,
        structure=str(application.structure),
        envoyee=dates.moment(application.sent_at),
        suite=outlook.what_next(application, at=at),
    )


def _demand(application):
    """Ask to confirm the address, until it is; say who typed what was dictated."""
    received = NOTED if application.typed_by_id else RECEIVED
    if application.is_confirmed:
        return f"{RECEIVED}Pour la relire ou la modifier{dates.NBSP}:"
    return f"{received}{CONFIRM}"


def _way(application):
    """Say in which way one has answered, and what."""
    way, title = application.get_kind_display(), application.title
    return f"{way}\nTitre{dates.NBSP}: {title}" if title else way


def asked_to_present(application, *, at):
    """Ask the bearer of a declared action to present it in the morning; bring the link.

    Placeholders: ``dossier``, ``titre``, ``structure``, ``jour``, ``limite``,
    ``ensuite``, ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    until = application.offer_ends_at()
    # Asked by an organiser, one answer at a time: no limit of the mailbox holds it back.
    _write_to_applicant(
        "asked_to_present",
        application,
        at=at,
        due_at=at,
        **_asking(application, until=until, at=at),
    )


def letter_asking_to_present(application, *, until, at):
    """Return subject and body of :func:`asked_to_present`, for an answer until ``until``."""
    told = _asking(application, until=until, at=at)
    return _composed(
        "asked_to_present",
        application,
        to=application.email,
        person=application.contact,
        **told,
    )


def _asking(application, *, until, at):
    return {
        "titre": application.title,
        "structure": str(application.structure),
        "jour": dates.day(application.edition.held_on),
        "limite": dates.deadline(until),
        "ensuite": outlook.after_yes(application, at=at),
    }


def proposal_received(application, *, at):
    """Acknowledge a declared action that is now proposed: what happens next, until when
    it may change.

    Placeholders: ``dossier``, ``titre``, ``structure``, ``cloture``, ``facon``, ``suite``,
    ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    _write_to_applicant(
        "proposal_received",
        application,
        at=at,
        facon=application.get_kind_display(),
        cloture=dates.deadline(application.closes_at()),
        titre=application.title,
        structure=str(application.structure),
        suite=outlook.what_next(application, at=at),
    )


def link_sent(application, *, at):
    """Bring a link again to somebody who calls: an organiser asks, no limit holds it back.

    Placeholders: ``dossier``, ``facon``, ``modification``, ``bonjour``, ``evenement``,
    ``contact``, ``lien``.
    """
    _write_to_applicant(
        "link_sent",
        application,
        at=at,
        due_at=at,
        facon=application.get_kind_display(),
        modification=outlook.may_be_changed(application, at),
    )


def address_changed(application, *, at):
    """Bring the link to the new address of an answer, the only one that opens it now.

    Placeholders: ``dossier``, ``facon``, ``modification``, ``bonjour``, ``evenement``, ``contact``,
    ``lien``.
    """
    _write_to_applicant(
        "address_changed",
        application,
        at=at,
        facon=application.get_kind_display(),
        modification=outlook.may_be_changed(application, at),
    )


def address_replaced(application, *, former, urgent=False, at):
    """Tell the former address of an answer that another one has taken its place.

    ``urgent``: it was confirmed, so its owner is told at once, however full the box.
    Placeholders: ``dossier``, ``suite``, ``bonjour``, ``evenement``, ``contact``.
    """
    suite = "Les anciens liens envoyés ici ne fonctionnent plus pour ce dossier."
    if application.former_email == former:
        suite = (
            "Les anciens liens envoyés ici fonctionnent encore, jusqu’à l’ouverture de"
            " celui envoyé à la nouvelle adresse."
        )
    _write_to_applicant(
        "address_replaced",
        application,
        to=former,
        link=False,
        due_at=at if urgent else None,
        at=at,
        suite=suite,
    )


def application_withdrawn(application, *, at):
    """Tell everybody named in an answer that it was withdrawn, and if it may be resumed.

    Placeholders: ``dossier``, ``titre``, ``structure``, ``retiree``, ``arret``,
    ``reprise``, ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    for person in filter(None, [application.contact, application.second_contact]):
        _write_to_applicant(
            "application_withdrawn",
            application,
            to=person.email,
            person=person,
            at=at,
            titre="" if person == application.second_contact else _titled(application),
            structure=str(application.structure),
            arret=outlook.what_stops(application),
            reprise=outlook.may_be_resumed(application, at, by=person),
            retiree=dates.moment(application.withdrawn_at),
        )


def second_contact_named(application, *, at):
    """Tell a second contact who gave their address, why, and how to be removed.

    Placeholders: ``par``, ``structure``, ``dossier``, ``bonjour``, ``evenement``, ``contact``,
    ``lien``.
    """
    second = application.second_contact
    due_at = _due("second_contact_named", second.email, application.key, at=at)
    if not throttle.allow("second-answer", application.key, at=at):
        due_at = max(due_at, at + throttle.LIMITS["second-answer"].pace)
    if not application.is_confirmed:
        due_at = max(due_at, _turn_among_strangers(at))
    _write_to_applicant(
        "second_contact_named",
        application,
        to=second.email,
        person=second,
        due_at=due_at,
        at=at,
        par=str(application.contact),
        structure=str(application.structure),
    )


def _turn_among_strangers(at):
    """Return when one more second contact may be told by somebody who has not confirmed
    their own address: all of them share one limit, whoever writes from wherever."""
    if throttle.allow("second-unconfirmed", "", at=at):
        return at
    waiting = Mail.objects.filter(kind="second_contact_named", state=Mail.State.QUEUED)
    last = waiting.filter(due_at__gt=at).aggregate(last=Max("due_at"))["last"]
    return (last or at) + throttle.LIMITS["second-unconfirmed"].pace


def link_requested(email, *, edition, at):
    """Bring a link to somebody who asked for one, at an address that is known.

    Placeholders: ``adresse``, ``bonjour``, ``evenement``, ``contact``, ``lien``.
    """
    _answer_request("link_requested", email, edition=edition, at=at, link_email=email)


def link_requested_unknown(email, *, edition, at):
    """Tell somebody who asked for a link that no answer has this address.

    Placeholders: ``adresse``, ``bonjour``, ``evenement``, ``contact``.
    """
    _answer_request("link_requested_unknown", email, edition=edition, at=at)


def _answer_request(name, email, *, edition, at, link_email=""):
    """Queue the mail ``name`` to somebody who asked for a link."""
    subject, body = outbox.compose(
        wordings.of(f"submissions/{name}", edition),
        {"adresse": email, **event_words.event_words(edition)},
    )
    outbox.queue_mail(
        name,
        to=email,
        subject=subject,
        body=body,
        at=at,
        due_at=_due(name, email, at=at),
        edition=edition,
        link_email=link_email,
    )


def _due(name, to, reference="", *, at):
    """Return when the mail ``name`` may leave: at once, or later if the day brought many.

    Nobody's box is filled by somebody who typed their address, and nothing is lost.
    """
    if throttle.allow("mail-address", to, at=at):
        return at
    pace = throttle.LIMITS["mail-address"].pace
    return outbox.turn(name, to=to, reference=reference, at=at, pace=pace)


def _write_to_applicant(
    name, application, *, at, to=None, person=None, link=True, due_at=None, **words
):
    """Queue the mail ``name`` about ``application`` with the link of its addressee.

    Nobody is written to about an answer that they have said is not theirs.
    """
    to = to or application.email
    person = person or application.contact
    if application.contested_at and to == application.email:
        return
    subject, body = _composed(name, application, to=to, person=person, **words)
    outbox.queue_mail(
        name,
        to=to,
        subject=subject,
        body=body,
        at=at,
        due_at=due_at or _due(name, to, application.key, at=at),
        edition=application.edition,
        contact=person,
        reference=application.key,
        link_email=to if link else "",
    )


def _composed(name, application, *, to, person, **placeholders):
    """Return subject and body of the mail ``name`` about ``application``.

    What was typed holds no link to click, but for the person who answered, once their
    address is confirmed.
    """
    placeholders["bonjour"] = greeting(person, to=to)
    if not (application.is_confirmed and to == application.email):
        placeholders = {key: text.defused(typed) for key, typed in placeholders.items()}
    return outbox.compose(
        wordings.of(f"submissions/{name}", application.edition),
        {
            "dossier": application.reference,
            **event_words.event_words(application.edition),
            **event_words.day_words(application.edition),
            **placeholders,
        },
    )


def greeting(person, *, to):
    """Greet by name who has opened a link: another name may be a stranger's words."""
    known = person and person.email == to and person.email_confirmed_at
    return f"Bonjour {person}," if known else "Bonjour,"


def _titled(application):
    return application.title or application.get_kind_display()
