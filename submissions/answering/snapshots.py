"""What was sent, word for word, and its digest?"""

import hashlib
import json

from submissions.answering import steps
from submissions.models import Snapshot


def take_snapshot(application, *, at, sending=False):
    """Return the snapshot of a sent answer as it stands, written unless it is the last one.

    The same words saved again are the same version; each ``sending`` is another one.
    """
    last = application.snapshots.newest_first().defer("content").first()
    new = _snapshot(application, last.number + 1 if last else 1, at=at)
    if last and last.sha256 == new.sha256 and not sending:
        return last
    new.save(force_insert=True)
    return new


def take_snapshots(applications, *, at):
    """Write the snapshot of each of ``applications`` as it stands, unless it is its last one."""
    written = Snapshot.objects.filter(application__in=applications).order_by("number")
    found = written.values_list("application", "number", "sha256")
    last = {key: (number, digest) for key, number, digest in found}
    new = []
    for application in applications:
        number, digest = last.get(application.pk, (0, ""))
        snapshot = _snapshot(application, number + 1, at=at)
        if snapshot.sha256 != digest:
            new.append(snapshot)
    Snapshot.objects.bulk_create(new)


def _snapshot(application, number, *, at):
    content = _content_of(application)
    digest = content_digest(content)
    return Snapshot(
        application=application, number=number, at=at, content=content, sha256=digest
    )


def _content_of(application):
    """Return the whole answer as plain JSON: kind, then step → field → texts."""
    return {
        "reference": application.reference,
        "kind": application.kind,
        **{
            step.slug: application.typed.get(step.slug, {})
            for step in steps.path(application.kind)
        },
    }


def content_digest(content):
    """Return the SHA-256 of ``content`` in canonical JSON (sorted keys, UTF-8)."""
    canonical = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
