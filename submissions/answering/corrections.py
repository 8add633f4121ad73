"""How does an organiser correct an answer, in the open?"""

from django.db import transaction
from django.db.models import F

from assises.french import dates
from assises.people import audit
from submissions import mails
from submissions.answering import drafts, questions, snapshots, steps
from submissions.models import Application
from submissions.people import second_contacts


def correctable(application):
    """Return the names of the texts that organisers may correct, in the form's order.

    Identity, consents and state belong to those who answered.
    """
    asked = steps.asked_questions(application)
    return [question.name for question in asked if question.corrected]


def needed(application):
    """Return the names of the fields without which a sent answer is not complete."""
    return set(questions.needed_for(application.kind))


@transaction.atomic
def correct(application, changes, *, by, at):
    """Write the texts ``changes`` of an answer; if it was sent, take a new snapshot.

    Only these columns are written, and only if nobody changed the answer since it
    was read: raises :class:`submissions.answering.drafts.StaleError` otherwise.
    """
    for name, value in changes.items():
        setattr(application, name, value)
    columns = {
        **changes,
        "unfinished": _less_fields(application.unfinished, changes),
        "search_text": application.searchable(),
        "changed_at": at,
    }
    mine = Application.objects.filter(pk=application.pk, version=application.version)
    if not mine.update(version=F("version") + 1, **columns):
        raise drafts.StaleError
    application.version += 1
    application.unfinished = columns["unfinished"]
    if application.is_sent:
        snapshots.take_snapshot(application, at=at)
    audit.record(
        "réponse corrigée", application, by=by, at=at, changed=changes, values=changes
    )


@transaction.atomic
def reopen(application, last_day, *, by, at):
    """Let this one answer be changed until the end of ``last_day``; return that instant.

    Nobody is told, and the version stays: a page open at that moment goes on.
    """
    until = dates.closing_after(last_day)
    Application.objects.filter(pk=application.pk).update(editable_until=until)
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
    its link, which a mail brings; the former one is told. A second contact of an
    answer already sent is told as if named for the first time.
    """
    contact.email_confirmed_at = None
    contact.save()
    for application in Application.objects.filter(contact=contact, email=former):
        application.email, application.email_confirmed_at = contact.email, None
        Application.objects.filter(pk=application.pk).update(
            email=contact.email,
            email_confirmed_at=None,
            contested_at=None,
            version=F("version") + 1,
            changed_at=at,
        )
        audit.record("adresse corrigée", application, by=by, at=at, changed={"email"})
        mails.address_changed(application, at=at)
        mails.address_replaced(application, former=former, at=at)
    for application in Application.objects.sent().filter(second_contact=contact):
        second_contacts.tell_second_contact(application, at=at)
    follow_correction(Application.objects.naming(contact), at=at)


def _less_fields(unfinished, names):
    """Return ``unfinished`` less the fields ``names``, which are settled now."""
    kept = {
        slug: {name: typed for name, typed in fields.items() if name not in names}
        for slug, fields in unfinished.items()
    }
    return {slug: fields for slug, fields in kept.items() if fields}


@transaction.atomic
def follow_correction(applications, *, at):
    """Let ``applications`` be found by the corrected name of their structure or people.

    A sent answer gets a snapshot: what it says has changed.
    """
    for application in applications.select_related(
        "structure", "contact", "second_contact"
    ):
        found_by = application.searchable()
        Application.objects.filter(pk=application.pk).update(search_text=found_by)
        if application.is_sent:
            snapshots.take_snapshot(application, at=at)
