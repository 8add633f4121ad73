"""How does an organiser correct an answer, in the open?"""

from django.db import transaction
from django.db.models import Q

from assises.french import dates
from assises.mail import outbox
from assises.models import Mail
from assises.people import audit
from assises.people.access_links import NOBODY
from submissions.answering import (
    calling,
    holding,
    propagation,
    snapshots,
    steps,
    tables,
)
from submissions.models import Application
from submissions.people import identity, second_contacts
from submissions.questions.index import QUESTIONS
from submissions.questions.question import Owner


def correctable(application):
    """Return the names of the texts that organisers may correct, in the form's order.

    Identity, consents and state belong to those who answered. The address of a draft
    that was never sent is nowhere else: its link may have gone astray.
    """
    asked = steps.asked_questions(application)
    address = [] if application.contact_id else ["email"]
    return address + [question.name for question in asked if question.corrected]


def show_typed(application):
    """Set on a draft the texts that organisers may correct: its columns hold none yet."""
    for name in correctable(application):
        typed = application.typed.get(QUESTIONS[name].step, {})
        setattr(application, name, typed.get(name, [""])[0])


@transaction.atomic
def correct(application, changes, *, by, at):
    """Write the texts ``changes`` of an answer; if it was sent, take a new snapshot.

    Only if nobody changed the answer since it was read: raises
    :class:`submissions.answering.holding.StaleError` otherwise.
    """
    for name, value in changes.items():
        question = QUESTIONS[name]
        application.type(question.step, {name: question.texts_of(value)})
    if email := changes.get("email"):
        # The page has set the new one already: the former is told, so it is read again.
        application.refresh_from_db(fields=["email"])
        identity.take_address(application, email, by=NOBODY, at=at)
    columns = changes if application.is_sent else {}
    holding.hold(application, changed_at=at, **columns)
    if application.is_sent:
        snapshots.take_snapshot(application, at=at)
    audit.record(
        "réponse corrigée", application, by=by, at=at, changed=changes, values=changes
    )


@transaction.atomic
def reopen(application, last_day, *, by, at):
    """Let this one answer be changed until the end of ``last_day`` at least; return the
    instant until which it can be: a day that was promised is never taken back.

    Nobody is told, and the version stays: a page open at that moment goes on.
    """
    until = dates.closing_after(last_day)
    own = Application.objects.filter(pk=application.pk)
    shorter = Q(editable_until=None) | Q(editable_until__lt=until)
    if not own.filter(shorter).update(editable_until=until):
        return own.values_list("editable_until", flat=True).get()
    told = {"editable_until": dates.deadline(until)}
    audit.record(
        "réponse rouverte", application, by=by, at=at, changed=told, values=told
    )
    return until


@transaction.atomic
def change_address(contact, *, former, by, at):
    """Write the corrected row of ``contact``, whose address was ``former`` until now.

    The answers that this person gave with the former address follow it, for a link
    sent to their own address alone opens them. The new one is confirmed again by
    its link, which a mail brings; the former one is told. A second contact is told as if
    named for the first time. What is held waits for the new one, and so do calls.
    """
    given = propagation.given_by(contact, email=former)
    contact.email_confirmed_at = None
    contact.save()
    held = Mail.objects.filter(contact=contact, state=Mail.State.HELD)
    outbox.readdress(held, former, contact.email, at=at)
    calling.follow_contact(contact, former, at=at)
    answers = list(Application.objects.filter(given))
    for application in answers:
        identity.take_address(application, contact.email, by=NOBODY, at=at)
        columns = {name: getattr(application, name) for name in identity.COLUMNS}
        Application.objects.filter(pk=application.pk).rewrite(changed_at=at, **columns)
        audit.record("adresse corrigée", application, by=by, at=at, changed={"email"})
    moved = Application.objects.filter(pk__in=[answer.pk for answer in answers])
    texts = tables.typed_texts(contact, Owner.CONTACT)
    propagation.type_into(moved, texts, at=at)
    propagation.propagate_second(contact, at=at)
    for application in Application.objects.sent().filter(second_contact=contact):
        second_contacts.keep_back(application, former)
        second_contacts.tell_second_contact(application, at=at)


def propagate_person(contact, names=None, *, at):
    """Let the answers that name ``contact`` say who they are, as an organiser corrects it."""
    propagation.propagate(contact, names, at=at)
    propagation.propagate_second(contact, at=at)
