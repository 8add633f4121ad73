"""How did the invented structures answer? By the same steps as anybody."""

import uuid
from datetime import timedelta

from assises.people.access_links import Applicant
from committee.demonstration import calendar, typed_answers
from submissions.answering import drafts, lifecycle, recognition, steps, tables
from submissions.answering.choice_lists import Words
from submissions.questions.question import Owner

NAMESPACE = uuid.UUID("2f1d8a52-6c1e-4a54-9a0b-7f6d5a1c9e30")
PER_STEP = timedelta(minutes=4)


def load_answers(edition, at):
    """Type, and mostly send, every answer at some instant between the opening and ``at``."""
    words, structures = Words(), {}
    for answer in typed_answers.typed_answers():
        begun = calendar.paris_instant(edition.opens_at, at, answer["moment"])
        known = structures.get(answer["structure"])
        application = _begin_draft(answer, edition, known, begun)
        ended = _fill(application, answer, words, known, begun)
        _end(application, answer, words, ended)
        if application.structure is not None:
            structures.setdefault(answer["structure"], application.structure)


def _begin_draft(answer, edition, known, at):
    """Begin a draft; a structure that has answered before is picked in the list."""
    first_name, last_name, *_ = answer["of"]["person"]
    return drafts.begin_answer(
        edition=edition,
        kind=answer["kind"],
        email=typed_answers.typed_address(first_name, last_name),
        start_key=uuid.uuid5(NAMESPACE, f"{answer['structure']} {answer['moment']}"),
        at=at,
        write_mail="draft" in answer,
        structure=known,
        structure_picked=known is not None,
        typed=tables.typed_texts(known, Owner.STRUCTURE) if known else None,
    )


def _fill(application, answer, words, known, at):
    """Save the steps that were reached, as they were typed; return when that ended."""
    reached = steps.path(application.kind)[: answer.get("steps")]
    by = Applicant(None, None, frozenset({application.key}))
    data = typed_answers.typed_fields(answer, words=words, known=known)
    for step in reached:
        at += PER_STEP
        form = steps.step_form(
            application, step.slug, data, words=words, locked=known is not None
        )
        drafts.save_step(form, step.slug, by=by, at=at)
    return at


def _end(application, answer, words, at):
    """Send the answer unless it stayed a draft; then whatever happened to it."""
    if "draft" in answer:
        return
    lifecycle.send(application, at=at, words=words)
    if answer.get("confirmed"):
        recognition.recognise(application, hers=True, at=at)
        application.refresh_from_db()
    if "withdrawn" in answer:
        lifecycle.withdraw(application, at=at + timedelta(days=1))
