"""How does an answer go from draft to sent to withdrawn, and who may move it when?"""

from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from assises.people import audit
from submissions import mails
from submissions.answering import drafts, snapshots, steps
from submissions.answering.choice_lists import Words
from submissions.models import Application
from submissions.people import identity, second_contacts

State = Application.State


class Move(NamedTuple):
    sources: frozenset
    target: str
    while_open: bool
    verb: str


MOVES = {
    "send": Move(frozenset({State.DRAFT}), State.SENT, True, "réponse envoyée"),
    "withdraw": Move(
        frozenset({State.SENT}), State.WITHDRAWN, False, "réponse retirée"
    ),
    "resume": Move(frozenset({State.WITHDRAWN}), State.DRAFT, True, "réponse reprise"),
}


class MoveRefusedError(Exception):
    """The answer is not in a state, or the call not at a moment, that allows the move."""


class IncompleteError(Exception):
    """Something needed is missing; ``lacks`` lists it."""

    def __init__(self, lacks):
        super().__init__(f"{len(lacks)} missing")
        self.lacks = lacks


class Lack(NamedTuple):
    """One thing that keeps an answer from being sent."""

    step: str
    field: str
    message: str


def missing(application, *, words=None):
    """Return the :class:`Lack` list of an answer, in the order of the form."""
    words = words or Words()
    lacks = []
    for step in steps.path(application.kind):
        form = steps.step_form(application, step.slug, words=words)
        lacks += [
            Lack(step.slug, name, f"{form.fields[name].label} : {' '.join(errors)}")
            for name, errors in form.errors.items()
        ]
        values = form.cleaned_data if form.is_bound else form.initial
        lacks += [
            Lack(step.slug, name, form.fields[name].missing)
            for name in form.absent(values)
            if name not in form.errors
        ]
    return lacks


def move(application, verb, *, by, at):
    """Move ``application`` along ``verb`` and write its history.

    The transaction is the caller's: a second one here would cost sending two queries.

    State, version and calendar are tested and changed by one UPDATE, so that of
    two people who click together, one wins and the other is refused.
    """
    rule = MOVES[verb]
    movable = Application.objects.filter(
        pk=application.pk, version=application.version, state__in=rule.sources
    )
    if rule.while_open:
        movable = movable.open_for_changes(at)
    changes = _changes_for(verb, at)
    if not movable.update(version=F("version") + 1, **changes):
        raise MoveRefusedError(verb)
    application.version += 1
    for name, value in changes.items():
        setattr(application, name, value)
    told = {"state": State(rule.target).label}
    audit.record(rule.verb, application, by=by, at=at, changed=told, values=told)


def _changes_for(verb, at):
    """Return the columns that ``verb`` sets."""
    dates = {
        "send": {"sent_at": at, "withdrawn_at": None, "unfinished": {}},
        "withdraw": {"withdrawn_at": at},
        "resume": {"sent_at": None, "withdrawn_at": None},
    }
    return {"state": MOVES[verb].target, **dates[verb]}


@transaction.atomic
def send(application, *, by=audit.APPLICANT, at, words=None):
    """Send a complete draft: state, snapshot and receipt are written together.

    Raises :class:`IncompleteError` or :class:`MoveRefusedError`; then nothing changed.
    """
    if lacks := missing(application, words=words):
        raise IncompleteError(lacks)
    move(application, "send", by=by, at=at)
    snapshots.take_snapshot(application, at=at, words=words, sending=True)
    mails.application_received(application, at=at)
    second_contacts.tell_second_contact(application, at=at)


@transaction.atomic
def withdraw(application, *, by=audit.APPLICANT, at):
    """Withdraw a sent answer, at any time, and tell everybody named in it."""
    move(application, "withdraw", by=by, at=at)
    mails.application_withdrawn(application, at=at)


@transaction.atomic
def resume(application, *, by=audit.APPLICANT, at):
    """Turn a withdrawn answer into a draft again, while its door is open."""
    move(application, "resume", by=by, at=at)


@transaction.atomic
def amend(form, slug, *, applicant, by=audit.APPLICANT, at):
    """Save one step of a sent answer, which stays complete, and take a snapshot.

    ``form`` is strict and valid. Raises :class:`MoveRefusedError` once closed,
    :class:`IncompleteError` if the whole would not be complete any more, and
    :class:`submissions.answering.drafts.StaleError`.
    """
    application = form.application
    mine = Application.objects.filter(pk=application.pk, state=State.SENT)
    if (
        not mine.open_for_changes(at)
        .filter(version=application.version)
        .update(version=F("version") + 1)
    ):
        if mine.open_for_changes(at).exists():
            raise drafts.StaleError
        raise MoveRefusedError("amend")
    application.version += 1
    second_before = application.second_contact_id
    structure_before = drafts.own_structure(application)
    drafts.store(form, slug, by=applicant, at=at)
    if lacks := missing(application, words=form.words):
        raise IncompleteError(lacks)
    identity.drop_if_unused(structure_before, unless=application.structure)
    snapshots.take_snapshot(application, at=at, words=form.words)
    audit.record(
        "réponse modifiée", application, by=by, at=at, changed=form.changed_data
    )
    if application.second_contact_id != second_before:
        second_contacts.tell_second_contact(application, at=at)


@transaction.atomic
def remove_second_contact(application, *, by=audit.APPLICANT, at):
    """Take the second contact out of an answer, whatever its state: it is their right."""
    second = application.second_contact
    drafts.hold(application, state=application.state)
    application.second_contact = None
    application.search_text = application.searchable()
    application.save(update_fields=["second_contact", "search_text"])
    second_contacts.record_leaving(application, second)
    identity.forget(second)
    if application.is_sent:
        snapshots.take_snapshot(application, at=at)
    audit.record("seconde personne retirée", application, by=by, at=at)
