"""What was sent, word for word, and its digest?"""

import hashlib
import json

from submissions.answering import steps
from submissions.models import Snapshot


def take_snapshot(application, *, at, sending=False):
    """Return the snapshot of a sent answer as it stands, written unless it is the last one.

    The same words saved again are the same version; each ``sending`` is another one.
    """
    content = _content_of(application)
    last = application.snapshots.newest_first().defer("content").first()
    if last and last.sha256 == content_digest(content) and not sending:
        return last
    return Snapshot.objects.create(
        application=application,
        number=last.number + 1 if last else 1,
        at=at,
        content=content,
        sha256=content_digest(content),
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
