"""How is a draft begun and kept? Whatever was typed stays, valid or not."""

import uuid
from datetime import timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F

from assises.forms import posted_texts
from assises.models import Kind
from assises.packages import packages
from assises.people import audit
from submissions import mails
from submissions.answering import steps
from submissions.models import Application, new_key
from submissions.people import identity

# How long a page finds again the answer that it has begun.
SAME_PAGE = timedelta(hours=1)


class StaleError(Exception):
    """The answer was changed meanwhile, from another page or by another person."""


class KeptError(Exception):
    """Others have written about the answer: it is not the applicant's alone to delete."""


class Begun(NamedTuple):
    """``created`` is false when the same page had already begun this answer."""

    application: Application
    created: bool


def begin_answer(*, edition, kind, email, start_key, at, write_mail=True, **values):
    """Create a draft once per ``start_key``, and write the mail that brings its link.

    A double click, a reload or a step back lands on the draft already begun. A page
    left open and used again, by somebody else perhaps, begins another one.
    """
    try:
        with transaction.atomic():
            application = _create_draft(
                edition=edition,
                kind=kind,
                email=email,
                start_key=start_key,
                at=at,
                **values,
            )
            if write_mail:
                mails.application_started(application, at=at)
        return Begun(application, created=True)
    except IntegrityError:
        application = Application.objects.filter(start_key=start_key).first()
        if application is None:
            raise
    if application.email == email and at - application.created_at <= SAME_PAGE:
        return Begun(application, created=False)
    return begin_answer(
        edition=edition,
        kind=kind,
        email=email,
        start_key=uuid.uuid4(),
        at=at,
        write_mail=write_mail,
        **values,
    )


def begin_another(application, *, start_key, by, at):
    """Begin another action of the same structure: who answers is already known.

    A page left open, whose ``start_key`` began an action elsewhere, begins a new one.
    """
    values = {
        "edition": application.edition,
        "kind": Kind.DECLARE,
        "email": application.email,
        "at": at,
        "write_mail": False,
        "structure": application.structure,
        "structure_picked": application.structure is not None,
        "unit": application.unit,
        "contact": application.contact,
        "direction_informed": application.direction_informed,
        "email_confirmed_at": at if by.email == application.email else None,
    }
    begun = begin_answer(start_key=start_key, **values)
    if begun.application.structure_id != application.structure_id:
        begun = begin_answer(start_key=uuid.uuid4(), **values)
    return begun.application


def _create_draft(*, at, **values):
    """Insert a draft with a free reference."""
    key = new_key()
    while Application.objects.filter(key=key).exists():
        key = new_key()
    application = Application(key=key, created_at=at, changed_at=at, **values)
    application.search_text = application.searchable()
    application.save(force_insert=True)
    return application


@transaction.atomic
def save_step(form, slug, *, by, at):
    """Keep everything typed in one step of a draft; say whether all of it is valid.

    Kept at any time, even after the call has closed: only sending is refused then.
    Raises :class:`StaleError` if the draft changed since it was read.
    """
    application = form.application
    hold(application, state=Application.State.DRAFT)
    valid = form.is_valid()
    before = own_structure(application)
    store(form, slug, by=by, at=at)
    _replay_others(application, slug, by=by, at=at, words=form.words)
    identity.drop_if_unused(before, unless=application.structure)
    return valid


def own_structure(application):
    """Return the structure that this answer has described itself, if any."""
    return None if application.structure_picked else application.structure


def hold(application, *, state):
    """Take the answer for this transaction, if it is still as it was read."""
    mine = Application.objects.filter(
        pk=application.pk, version=application.version, state=state
    )
    if not mine.update(version=F("version") + 1):
        raise StaleError
    application.version += 1


def store(form, slug, *, by, at):
    """Write the valid fields of ``form``; keep the others as they were typed."""
    application = form.application
    address, confirmed = application.email, application.is_confirmed
    if identity.OF_A_PERSON & set(form.changed_data):
        identity.separate(application, email=form.cleaned_data.get("email"), by=by)
    unplaced = form.write()
    if application.email != address:
        mails.address_changed(application, at=at)
        mails.address_replaced(application, former=address, urgent=confirmed, at=at)
    identity.settle_contacts(application, by=by, at=at)
    kept = [name for name in form.fields if name in form.errors or name in unplaced]
    application.unfinished.pop(slug, None)
    if texts := posted_texts.kept_texts(form, kept):
        application.unfinished[slug] = texts
    if slug not in application.saved_steps:
        application.saved_steps.append(slug)
    application.changed_at = at
    application.search_text = application.searchable()
    application.save(
        update_fields=[
            *form.columns(),
            "contact",
            "email_confirmed_at",
            "unfinished",
            "saved_steps",
            "changed_at",
            "search_text",
        ]
    )


def _replay_others(application, slug, *, by, at, words):
    """Place what other steps could not place before: a consent given before the name."""
    for other in [name for name in application.unfinished if name != slug]:
        if other not in steps.PATHS[application.kind]:
            continue
        form = steps.step_form(application, other, words=words)
        if form.is_valid():
            store(form, other, by=by, at=at)


@transaction.atomic
def change_draft_kind(application, kind, *, at):
    """Take a draft through another door, if that door is open; nothing is thrown away."""
    if not application.edition.is_open(at, kind):
        return False
    hold(application, state=Application.State.DRAFT)
    application.kind = kind
    application.changed_at = at
    application.save(update_fields=["kind", "changed_at"])
    return True


def is_kept(application):
    """Say whether the committee has read or decided what was sent before."""
    return any(package.keeps(application) for package in packages())


@transaction.atomic
def discard_draft(application, *, by, at):
    """Delete a draft, and the versions of it that were sent before.

    Raises :class:`StaleError`, and :class:`KeptError` for what would take along the
    work of others: withdrawing is enough for nobody to read it any more.
    """
    hold(application, state=Application.State.DRAFT)
    if is_kept(application):
        raise KeptError
    audit.record("brouillon supprimé", application, by=by, at=at)
    structure, contacts = (
        own_structure(application),
        [
            application.contact,
            application.second_contact,
        ],
    )
    application.delete()
    for contact in contacts:
        identity.drop_contact_if_unused(contact)
    identity.drop_if_unused(structure)
