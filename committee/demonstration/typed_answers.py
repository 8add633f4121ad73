"""What did each invented person type in each field of the form?"""

import tomllib
from pathlib import Path

from django.utils.text import slugify

from assises.forms.fields import ChoiceField, TextField, TickField
from assises.models import Kind
from committee.demonstration.edition import DOMAIN
from submissions.answering import steps
from submissions.answering.choice_lists import ELSEWHERE
from submissions.questions import QUESTIONS
from submissions.questions.question import Owner

DATA = Path(__file__).parent / "data"
# An answer that does not name its door came by the one of its file.
FILES = {"propose": Kind.PROPOSE, "declare": Kind.DECLARE, "other": Kind.DECLARE}


def read_data(name):
    """Return the content of one file of ``data/``."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def typed_answers():
    """Return every answer of the files, in order of time, with its structure in ``of``."""
    structures = read_data("structures")
    for rank, structure in enumerate(structures.values()):
        structure["phone"] = f"01 99 00 {rank + 20:02} 10"
    return sorted(
        (
            {"kind": kind, **answer, "of": structures[answer["structure"]]}
            for name, kind in FILES.items()
            for answer in read_data(name)["answer"]
        ),
        key=lambda answer: answer["moment"],
    )


def typed_address(first_name, last_name):
    """Return the invented address of a person: « ines.caradec@example.org »."""
    return f"{slugify(first_name)}.{slugify(last_name)}@{DOMAIN}"


def typed_fields(answer, *, words, known=None):
    """Return all that was typed, as a browser sends it; ``known`` is the picked structure."""
    structure = answer["of"]
    texts = {
        name: (structure if q.owner is Owner.STRUCTURE else answer)
        .get(name, "")
        .strip()
        for name, q in QUESTIONS.items()
        if q.step != "contact" and isinstance(q.field, TextField | ChoiceField)
    }
    texts["seat"] = structure.get("seat", ELSEWHERE)
    texts["known"] = str(known.pk) if known else ""
    texts |= _typed_people(answer)
    typed = {name: [value] for name, value in texts.items()}
    typed |= {name: ["on"] for name in _ticks(answer)}
    typed |= _ticked_choices(answer, words)
    return steps.query(typed)


def _typed_people(answer):
    """Return what was typed of the contact, and of the second one where there is one."""
    structure = answer["of"]
    first_name, last_name, function, status = structure["person"]
    texts = {
        "first_name": first_name,
        "last_name": last_name,
        "function": function,
        "status": status,
        "email": typed_address(first_name, last_name),
        "phone": answer.get("phone", structure["phone"]),
    }
    if "second" in structure:
        first_name, last_name, function = structure["second"]
        texts |= {
            "second_first_name": first_name,
            "second_last_name": last_name,
            "second_function": function,
            "second_email": typed_address(first_name, last_name),
        }
    return texts


def _ticks(answer):
    """Return the names of the boxes that were ticked."""
    names = [
        name
        for name, q in QUESTIONS.items()
        if isinstance(q.field, TickField) and answer.get(name)
    ]
    names += ["direction_informed", "on_shared_list"]
    return [*names, "listed", "keep_informed"] if answer["of"].get("listed") else names


def _ticked_choices(answer, words):
    """Return the communes and the terms that were ticked, by field."""
    codes = answer.get("terms", [])
    chosen = {
        name: [
            term.code
            for term in words.terms
            if term.vocabulary == q.vocabulary and term.code in codes
        ]
        for name, q in QUESTIONS.items()
        if q.vocabulary
    }
    return {"communes": answer.get("communes", []), **chosen}
