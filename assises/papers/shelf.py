"""Which papers are asked for, made by the worker, and kept while what they tell stays?"""

import hashlib
import json
from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Q

from assises.models import Job, Paper
from assises.packages import packages
from assises.papers import typesetting


class Kind(NamedTuple):
    """What a package declares in ``papers``: a template, and what gathers its data.

    ``gather`` takes the subject (a text: which seat, which edition) and returns what JSON
    holds; ``None`` if there is nothing to tell (any more).
    """

    template: str
    gather: Callable


class Standing(NamedTuple):
    """How far a paper is: ready, waited for, failed, or (none of them) to be asked for."""

    is_ready: bool
    is_waited_for: bool
    has_failed: bool


def declared():
    """Return ``{name: kind}`` of all packages, « assises.letter »."""
    return {
        f"{config.label}.{name}": kind
        for config in packages()
        for name, kind in config.papers.items()
    }


def standing(name, subject):
    """Return the :class:`Standing` of a paper, ``None`` if there is nothing to tell."""
    data = declared()[name].gather(subject)
    if data is None:
        return None
    ready = _made(name, subject, data).exists()
    job = Job.objects.filter(key=_key(name, subject)).first()
    return Standing(
        is_ready=ready,
        is_waited_for=not ready and job is not None and not job.is_over,
        has_failed=not ready and job is not None and job.state == Job.State.FAILED,
    )


def ask(name, subject, *, at):
    """Have the worker make a paper, unless it is being made."""
    key = _key(name, subject)
    job, created = Job.objects.get_or_create(
        key=key, defaults={"kind": name, "due_at": at}
    )
    if not created:
        over = Q(state__in=[Job.State.DONE, Job.State.FAILED])
        put_off = Q(state=Job.State.QUEUED, due_at__gt=at)
        mine = Job.objects.filter(over | put_off, pk=job.pk)
        mine.update(state=Job.State.QUEUED, due_at=at, tries=0)


def content(name, subject):
    """Return the bytes of a paper that still tells the truth, else ``None``."""
    data = declared()[name].gather(subject)
    if data is None:
        return None
    made = _made(name, subject, data).values_list("content", flat=True).first()
    return made and bytes(made)


def make(job, at):
    """Make what ``job`` asks for; return a sentence for the journal of jobs."""
    kind = declared()[job.kind]
    data = kind.gather(job.key.removeprefix(f"{job.kind} "))
    if data is None:
        return "Plus rien à imprimer"
    pdf = typesetting.compile_pdf(kind.template, data, at=at)
    made = {"fingerprint": _fingerprint(data), "content": pdf}
    Paper.objects.update_or_create(job=job, defaults=made)
    return f"{len(pdf) // 1000}\u00a0ko"


def _key(name, subject):
    return f"{name} {subject}"


def _made(name, subject, data):
    return Paper.objects.filter(
        job__key=_key(name, subject), fingerprint=_fingerprint(data)
    )


def _fingerprint(data):
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
