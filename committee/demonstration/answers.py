"""How did the invented structures answer? By the same steps as anybody."""

import uuid
from datetime import datetime, time, timedelta

from assises.french import dates
from assises.models import Kind
from assises.people.access_links import Applicant
from committee.demonstration.invented import read_data
from submissions.answering import claiming, drafts, lifecycle, steps, tables
from submissions.answering.choice_lists import ChoiceLists
from submissions.questions.index import QUESTIONS
from submissions.questions.question import Owner

# An answer that does not name its way to answer has that of its file.
FILES = {"propose": Kind.PROPOSE, "declare": Kind.DECLARE, "other": Kind.DECLARE}
PER_STEP = timedelta(minutes=4)


def load_answers(edition, at):
    """Type, and mostly send, every answer at some instant between the opening and ``at``."""
    lists, structures = ChoiceLists(), {}
    for answer in invented_answers():
        begun = _instant_at(answer["moment"], edition.opens_at, at)
        known = structures.get(answer["structure"])
        application = _begin_draft(answer, edition, known, begun)
        ended = _fill(application, answer, lists, known, begun)
        _end(application, answer, lists, ended)
        if application.structure is not None:
            structures.setdefault(answer["structure"], application.structure)


def invented_answers():
    """Return every answer of the files, in order of time: what its structure types, then
    what it types itself."""
    structures = read_data("structures")
    answers = [
        {"way": way, **structures[answer["structure"]], **answer}
        for name, way in FILES.items()
        for answer in read_data(name)["answer"]
    ]
    return sorted(answers, key=lambda answer: answer["moment"])


def _instant_at(share, opens_at, at):
    """Return an instant of the day at ``share`` of the time from ``opens_at`` to ``at``.

    Nobody answers at four in the morning: it falls between 8 h and 20 h.
    """
    day = dates.local_day(opens_at + share * (at - opens_at))
    hour, minute = divmod(8 * 60 + int(share * 7919) % (12 * 60), 60)
    return datetime.combine(day, time(hour, minute), tzinfo=dates.PARIS)


def _begin_draft(answer, edition, known, at):
    """Begin a draft; a structure that has answered before is picked in the list."""
    return drafts.begin_answer(
        edition=edition,
        kind=answer["way"],
        email=answer["email"],
        start_key=uuid.uuid4(),
        at=at,
        write_mail="draft" in answer,
        structure=known,
        structure_picked=known is not None,
        typed=tables.typed_texts(known, Owner.STRUCTURE) if known else None,
    )


def _fill(application, answer, lists, known, at):
    """Save the steps that were reached, as they were typed; return when that ended."""
    reached = steps.path(application.kind)[: answer.get("steps")]
    by = Applicant(None, frozenset({application.key}))
    data = _typed_fields(answer, known)
    for step in reached:
        at += PER_STEP
        form = steps.step_form(
            application, step.slug, data, lists=lists, locked=known is not None
        )
        drafts.save_step(form, step.slug, by=by, at=at)
    return at


def _typed_fields(answer, known):
    """Return all that was typed, as a browser sends it; ``known`` is the picked structure."""
    ticked = {"direction_informed": True, "on_shared_list": True}
    picked = {"known": str(known.pk)} if known else {}
    fields = {**ticked, **answer, **picked}
    return steps.query(
        {name: _sent(value) for name, value in fields.items() if name in QUESTIONS}
    )


def _sent(value):
    """Return what a browser sends for the text, the choices or the box ``value``."""
    if isinstance(value, bool):
        return ["on"] if value else []
    return value if isinstance(value, list) else [value]


def _end(application, answer, lists, at):
    """Send the answer unless it stayed a draft; then whatever happened to it."""
    if "draft" in answer:
        return
    lifecycle.send(application, at=at, lists=lists)
    if answer.get("confirmed"):
        claiming.recognise(application, hers=True, at=at)
        application.refresh_from_db()
    if "withdrawn" in answer:
        lifecycle.withdraw(application, at=at + timedelta(days=1))
