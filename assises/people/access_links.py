"""Who comes back, without an account? Links, confirmed addresses, answers begun here."""

import hashlib
import secrets
from datetime import timedelta
from typing import NamedTuple

from django.contrib.sessions.models import Session
from django.db import transaction

from assises.models import AccessLink
from assises.people import audit

LINK_LIFE = timedelta(days=400)
TOKEN_BYTES = 32  # 256 bits

_LINK = "applicant_link"
_STARTED = "started"


class Applicant(NamedTuple):
    """Who is behind a request.

    ``email`` is confirmed by the link they came by, or ``None``; ``started`` holds
    the keys of the answers begun in this browser.
    """

    email: str | None
    started: frozenset

    @property
    def is_known(self):
        return bool(self.email or self.started)


# Who types without any link nor anything begun.
NOBODY = Applicant(None, frozenset())


def token_digest(token):
    """Return what is stored of ``token``."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue(email, *, at, answer_key=""):
    """Create a link for ``email`` and return its token, which is stored nowhere.

    ``answer_key`` is that of the answer that its mail is about, if it is about one.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    AccessLink.objects.create(
        digest=token_digest(token),
        email=email,
        answer_key=answer_key,
        created_at=at,
        expires_at=at + LINK_LIFE,
    )
    return token


def was_issued(token, email):
    """Say whether ``token`` was made for ``email``."""
    return AccessLink.objects.filter(digest=token_digest(token), email=email).exists()


def applicant(request):
    """Return the :class:`Applicant` of this browser.

    The link is read again at each request: revoking it ends the sessions it opened.
    """
    started = frozenset(request.session.get(_STARTED, []))
    pk = request.session.get(_LINK)
    link = AccessLink.objects.usable(request.at).filter(pk=pk).first() if pk else None
    return Applicant(link.email if link else None, started)


def own_links(request):
    """Return the links that still open what this person answered, the newest first."""
    links = AccessLink.objects.usable(request.at).filter(email=request.applicant.email)
    return links.order_by("-created_at", "-pk")


def came_by(request):
    """Return the key of the link that opened this session, or ``None``."""
    return request.session.get(_LINK)


def open_session(request, token):
    """Open a session by ``token``; return its link, or ``None`` if it is not usable."""
    links = AccessLink.objects.usable(request.at)
    link = links.filter(digest=token_digest(token)).first()
    if link is None:
        return None
    AccessLink.objects.filter(pk=link.pk).update(used_at=request.at)
    request.session.cycle_key()
    request.session[_LINK] = link.pk
    return link


@transaction.atomic
def remember_started(request, key):
    """Let this browser edit the answer ``key``, begun here.

    Its session is read again and written under a lock: another page of the same browser
    may be beginning an answer.
    """
    session = request.session
    rows = Session.objects.select_for_update()
    stored = rows.filter(session_key=session.session_key).first()
    started = stored.get_decoded().get(_STARTED, []) if stored else []
    session[_STARTED] = started if key in started else [*started, key]
    if not started:
        session.cycle_key()  # Whoever gave this browser its session knows the former one.
    elif stored:
        session.save()
        # Written again after the lock, it would undo the other.
        session.modified = False


def keep_started(request, keys):
    """Forget the answers begun in this browser but not among ``keys``: somebody else's."""
    if started := request.session.get(_STARTED):
        request.session[_STARTED] = [key for key in keys if key in started]


def forget_applicant(request):
    """Forget the applicant of this browser."""
    request.session.pop(_LINK, None)
    request.session.pop(_STARTED, None)


def revoke(links, *, at):
    """Revoke ``links``; the sessions that they opened end at their next request."""
    return links.filter(revoked_at=None).update(revoked_at=at)


@transaction.atomic
def revoke_own(link, *, at):
    """Revoke a link at the wish of its owner, and write it in the journal."""
    if revoke(AccessLink.objects.filter(pk=link.pk), at=at):
        audit.record("lien révoqué", link, by=audit.APPLICANT, at=at)
