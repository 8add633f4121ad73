"""How does an answer go from draft to sent to withdrawn, and who may move it when?"""

from typing import NamedTuple

from django.db import transaction

from assises.models import Contact, Invitation
from assises.packages import packages
from assises.people import audit
from assises.people.access_links import NOBODY
from assises.web.turns import turn
from submissions import mails
from submissions.answering import holding, propagation, snapshots, steps, tables
from submissions.answering.choice_lists import ChoiceLists
from submissions.models import Application
from submissions.people import identity, second_contacts
from submissions.questions.question import Owner

State = Application.State


class Move(NamedTuple):
    source: str
    target: str
    while_open: bool
    label: str


MOVES = {
    "send": Move(State.DRAFT, State.SENT, True, "réponse envoyée"),
    "withdraw": Move(State.SENT, State.WITHDRAWN, False, "réponse retirée"),
    "resume": Move(State.WITHDRAWN, State.DRAFT, True, "réponse reprise"),
}


class MoveRefusedError(Exception):
    """The answer is not in a state, or the call not at a moment, that allows the move."""


class IncompleteError(Exception):
    """Something needed is missing; ``lacks`` lists it."""

    def __init__(self, lacks):
        super().__init__(f"{len(lacks)} missing")
        self.lacks = lacks


class Lack(NamedTuple):
    """One thing that keeps an answer from being sent: missing, or ``wrong`` as typed."""

    step: str
    field: str
    message: str
    wrong: bool


def missing(application, *, lists=None):
    """Return the :class:`Lack` list of an answer, in the order of the form."""
    return lacks_of(whole_form(application, lists=lists))


def whole_form(application, *, lists=None):
    """Return all the forms of ``application``, step → form, asked everything at once."""
    options = {
        "lists": lists or ChoiceLists(),
        "locked": identity.is_locked(application),
        "strict": True,
    }
    return {
        step.slug: steps.typed_form(application, step, **options)
        for step in steps.path(application.kind)
    }


def lacks_of(forms):
    """Return the :class:`Lack` list of ``forms``, step → strict form."""
    return [
        Lack(slug, name, _told(form, name, error), error.code != "required")
        for slug, form in forms.items()
        for name in form.fields
        for error in form.errors.as_data().get(name, [])
    ]


def _told(form, name, error):
    """Say what is missing as it is; name the question of what is wrong."""
    told = " ".join(error.messages)
    return told if error.code == "required" else f"{form.fields[name].label} : {told}"


def _movable(verb, at):
    """Return the answers that ``verb`` may move at ``at``."""
    rule = MOVES[verb]
    answers = Application.objects.filter(state=rule.source)
    return answers.open_for_changes(at) if rule.while_open else answers


def move(application, verb, *, by, at, among=None, **columns):
    """Move ``application`` along ``verb``, write ``columns`` with it, and its history.

    The transaction is the caller's: a second one here would cost sending two queries.

    State, version and calendar are tested and changed by one UPDATE, so that of
    two people who click together, one wins and the other is refused.
    """
    rule, among = MOVES[verb], _movable(verb, at) if among is None else among
    try:
        holding.hold(application, among, state=rule.target, **columns)
    except holding.StaleError:
        raise MoveRefusedError(verb) from None
    told = {"state": State(rule.target).label}
    audit.record(rule.label, application, by=by, at=at, changed=told, values=told)


def send(application, *, applicant=NOBODY, by=None, at, lists=None):
    """Send a complete draft: tables, state, snapshot and receipt are written together.

    Raises :class:`IncompleteError` or :class:`MoveRefusedError`; then nothing changed.
    """
    # All that may come first does: while the transaction lasts, nobody else writes to SQLite.
    forms = whole_form(application, lists=lists)
    if lacks := lacks_of(forms):
        raise IncompleteError(lacks)
    by = by or _author(application, applicant)
    among = _movable("send", at)
    with turn():
        _write_sent(application, forms, applicant=applicant, by=by, at=at, among=among)


@transaction.atomic
def _write_sent(application, forms, *, applicant, by, at, among):
    structure = application.described
    columns, corrected = tables.write(application, forms, by=applicant, at=at)
    columns |= {"sent_at": at, "withdrawn_at": None}
    move(application, "send", by=by, at=at, among=among, **columns)
    _follow(application, structure, corrected, at=at, sending=True)
    mails.application_received(application, at=at)
    second_contacts.tell_second_contact(application, at=at)


def _follow(application, structure, corrected, *, at, sending=False):
    """Do what follows a write: forget the ``structure`` that is left, keep a version, write
    the ``corrected`` rows in the other answers that bear them."""
    identity.forget_left(structure, application)
    snapshots.take_snapshot(application, at=at, sending=sending)
    for row, names in corrected:
        propagation.propagate(row, names, but=application, at=at)


def _author(application, applicant):
    """Say whose hand writes: the organiser who notes the answer in this browser, or the person."""
    noted = application.typed_by_id and application.key in applicant.started
    return application.typed_by if noted else audit.APPLICANT


@transaction.atomic
def withdraw(application, *, by=audit.APPLICANT, at):
    """Withdraw a sent answer, at any time, and tell everybody named in it."""
    move(application, "withdraw", by=by, at=at, withdrawn_at=at)
    _ask_about_invitation(application)
    for package in packages():
        package.answer_withdrawn(application, at=at)
    mails.application_withdrawn(application, at=at)


def _ask_about_invitation(application):
    """Keep the invitation of a structure whose last answer was withdrawn, and ask organisers."""
    invitations = Invitation.objects.of(application.edition).standing()
    others = Application.objects.of(application.edition).sent()
    answering = others.values("structure")
    own = invitations.filter(structure=application.structure)
    own.exclude(structure__in=answering).update(to_decide=True)


@transaction.atomic
def resume(application, *, by=audit.APPLICANT, at):
    """Turn a withdrawn answer into a draft again, while its kind may be sent."""
    move(application, "resume", by=by, at=at, sent_at=None, withdrawn_at=None)


@transaction.atomic
def amend(form, slug, *, applicant, by=None, at):
    """Save one step of a sent answer, which stays complete, and take a snapshot.

    ``form`` is strict and valid. Raises what :func:`rewrite` raises.
    """
    rewrite(
        form.application,
        {slug: form},
        applicant=applicant,
        among=Application.objects.sent().open_for_changes(at),
        verb="réponse modifiée",
        by=by or _author(form.application, applicant),
        at=at,
    )


def rewrite(application, forms, *, applicant, among, verb, by, at, **columns):
    """Write ``forms``, step → valid form, and ``columns`` of a sent answer, if it is still
    ``among`` those that may be changed; take a snapshot and write ``verb`` in its history.

    Raises :class:`IncompleteError` if the whole would not be complete any more,
    :class:`submissions.answering.holding.StaleError` if it was changed meanwhile, and
    :class:`MoveRefusedError` if it is not among them.
    """
    before, second = application.typed, application.second_contact
    structure = application.described
    for slug, form in forms.items():
        application.type(slug, form.cleaned_texts())
    lists = next(iter(forms.values())).lists
    if lacks := missing(application, lists=lists):
        application.typed = before
        raise IncompleteError(lacks)
    own, corrected = tables.write(application, forms, by=applicant, at=at)
    try:
        holding.hold(application, among, changed_at=at, **own, **columns)
    except holding.StaleError:
        if among.filter(pk=application.pk).exists():
            raise
        raise MoveRefusedError(verb) from None
    _follow(application, structure, corrected, at=at)
    changed = [*columns, *_changed(before, application.typed)]
    audit.record(verb, application, by=by, at=at, changed=changed)
    if application.second_contact != second:
        second_contacts.tell_second_contact(application, at=at)
        if second is not None:
            identity.forget(second)


def _changed(before, after):
    """Return the names of the questions whose texts differ; a blank is no text."""
    return [
        name
        for slug, answers in after.items()
        for name, texts in answers.items()
        if any(texts) or any(before.get(slug, {}).get(name, []))
        if texts != before.get(slug, {}).get(name)
    ]


@transaction.atomic
def remove_second_contact(application, *, by=audit.APPLICANT, at):
    """Take the second contact out of an answer, whatever its state: it is their right."""
    second = application.second_contact
    if application.said("contact", "second_email").lower() == second.email:
        nobody = tables.typed_texts(Contact(), Owner.SECOND)
        application.type("contact", nobody["contact"])
    application.second_contact = None
    holding.hold(application)
    second_contacts.record_leaving(application, second)
    identity.forget(second)
    if application.is_sent:
        snapshots.take_snapshot(application, at=at)
    audit.record("seconde personne retirée", application, by=by, at=at)
