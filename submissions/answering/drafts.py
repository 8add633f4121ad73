"""How is a draft begun and kept? It is what was typed, valid or not, and nothing else."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction

from assises.models import Kind, Structure
from assises.packages import packages
from assises.people import audit
from assises.people.access_links import NOBODY
from submissions import mails
from submissions.answering import holding, tables
from submissions.models import Application
from submissions.people import identity, second_contacts
from submissions.questions.index import QUESTIONS
from submissions.questions.question import Owner

# How long a page finds again the answer that it has begun.
SAME_PAGE = timedelta(hours=1)
# What is asked of a person besides, hence the same in each answer of theirs.
OF_WHO_ANSWERS = {"email", "direction_informed"}


class JudgedError(Exception):
    """Others have written about the answer: it is not the applicant's alone to delete."""


def begin_answer(*, email, start_key, at, write_mail=True, **values):
    """Create a draft once per ``start_key``, write the mail that brings its link, and
    return it.

    A double click, a reload or a step back lands on the draft already begun. A page
    left open and used again, by somebody else perhaps, begins another one.
    """
    values |= {"email": email, "at": at}
    try:
        with transaction.atomic():
            application = _create_draft(start_key=start_key, **values)
            if write_mail:
                mails.application_started(application, at=at)
        return application
    except IntegrityError:
        found = Application.objects.filter(start_key=start_key).first()
        if found is None:
            raise  # Another fault than a key that has served.
    if found.email == email and at - found.created_at <= SAME_PAGE:
        return found
    return begin_answer(start_key=uuid.uuid4(), write_mail=write_mail, **values)


def begin_another(application, *, start_key, by, at):
    """Begin another action of the same structure: who answers is already known."""
    return begin_answer(
        email=application.email,
        start_key=start_key,
        by=by,
        at=at,
        write_mail=False,
        edition=application.edition,
        kind=Kind.DECLARE,
        structure=application.structure,
        structure_picked=application.structure is not None,
        typed=_repeated(application),
    )


def _repeated(application):
    """Return what another answer of the same person need not type again."""
    repeated = {"structure": {**application.typed.get("structure", {})}}
    repeated["structure"].pop("structure_correction", None)
    if application.structure_id is not None:
        repeated["structure"]["known"] = [str(application.structure_id)]
    for question in QUESTIONS.values():
        typed = application.typed.get(question.step, {})
        is_theirs = question.owner is Owner.CONTACT or question.name in OF_WHO_ANSWERS
        if is_theirs and question.name in typed:
            texts = repeated.setdefault(question.step, {})
            texts[question.name] = typed[question.name]
    return repeated


def _create_draft(*, email, by=NOBODY, at, typed=None, **values):
    """Insert a draft; its address is the first thing typed.

    Begun by whoever has used a link of this address, it opens by a link alone.
    """
    application = Application(email=email, created_at=at, changed_at=at, **values)
    application.typed = {"contact": {"email": [email]}} | (typed or {})
    identity.take_address(application, "", by=by, at=at)
    application.repeat_typed()
    application.save(force_insert=True)
    return application


@transaction.atomic
def save_step(form, slug, *, by, at):
    """Keep everything typed in one step of a draft; say whether all of it is valid.

    Kept at any time, even after the call has closed: only sending is refused then.
    Raises :class:`~submissions.answering.holding.StaleError` if the draft changed since it was read.
    """
    application, valid = form.application, form.is_valid()
    application.type(slug, form.kept())
    if "known" in form.cleaned_data:
        _pick(application, form.cleaned_data["known"], described=form.fields)
    former = application.second_contact
    if former and form.cleaned_data.get("second_email", former.email) != former.email:
        application.second_contact = None  # They read it no more.
    _keep(application, email=form.cleaned_data.get("email", ""), by=by, at=at)
    if former and application.second_contact is None:
        second_contacts.keep_back(application, former.email)
        identity.forget(former)
    return valid


def autosave_step(form, slug, *, by, at):
    """Keep what is being typed in one step of a draft, by one UPDATE and nothing else.

    No address to write to and no structure is taken from it: the person has not said
    yet that they mean it. One that they leave is left. Raises :class:`~submissions.answering.holding.StaleError`.
    """
    application, kept = form.application, form.kept()
    application.type(slug, kept)
    if kept.get("known") == [""]:
        _pick(application, "", described=form.fields)
    _keep(application, email="", by=by, at=at)


def _pick(application, known, *, described):
    """Bear the structure ``known`` of the list, or none where it is empty.

    Left, it takes along what was said of it, but for what is ``described`` in its place.
    """
    picked = application.picked
    if known and (picked is None or known != str(picked.pk)):
        tables.pick(application, Structure.objects.select_related("seat").get(pk=known))
    elif picked and not known:
        said = tables.typed_texts(Structure(), Owner.STRUCTURE)["structure"]
        left = {name: said[name] for name in said if name not in described}
        left["structure_correction"] = [""]  # It speaks of the one that is left.
        application.structure, application.structure_picked = None, False
        application.type("structure", left)


def _keep(application, *, email, by, at):
    """Write a draft as it is now, if it is still as it was read."""
    identity.take_address(application, email, by=by, at=at)
    holding.hold(application, Application.objects.drafts(), changed_at=at)


@transaction.atomic
def change_draft_kind(application, kind, *, at):
    """Make a draft one of another ``kind``, if it may be sent; nothing is thrown away."""
    if not application.edition.is_open(at, kind):
        return False
    drafts = Application.objects.drafts()
    holding.hold(application, drafts, kind=kind, changed_at=at)
    return True


def is_judged(application):
    """Say whether the committee has read or decided what was sent before."""
    return any(package.has_judged(application) for package in packages())


@transaction.atomic
def discard_draft(application, *, by, at):
    """Delete a draft, with the versions of it that were sent before and what they named.

    Raises :class:`~submissions.answering.holding.StaleError`, and :class:`JudgedError` for what would take along the
    work of others: withdrawing is enough for nobody to read it any more.
    """
    holding.hold(application, Application.objects.drafts())
    if is_judged(application):
        raise JudgedError
    audit.record("brouillon supprimé", application, by=by, at=at)
    rows = application.contact, application.second_contact, application.described
    application.delete()
    for row in filter(None, rows):
        identity.forget(row)
