"""Where do the mails of the demonstration go, and how are they read there?"""

import email
import os
import re
from datetime import datetime
from email import policy
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import Resolver404, resolve

from assises.french import dates
from assises.people import access_links

URL = re.compile(r"https?://[^\s<>\"]+")


class EmlBackend(BaseEmailBackend):
    """Write one file per mail in ``directory``: whole and synced, or not at all."""

    def __init__(self, directory, **options):
        super().__init__(**options)
        self.directory = Path(directory)

    def open(self):
        self.directory.mkdir(parents=True, exist_ok=True)

    def send_messages(self, messages):
        self.open()
        for message in messages:
            self.write(message.message(policy=policy.SMTP))
        return len(messages)

    def write(self, message):
        path = self.directory / _file_name(message)
        draft = path.with_suffix(".tmp")
        with draft.open("wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)


def _file_name(message):
    """Return a name that sorts by date: the instant of the mail, then its Message-ID."""
    sent = email.utils.parsedate_to_datetime(message["Date"])
    identity = re.sub(r"[^\w-]", "-", message["Message-ID"].strip("<>"))
    return f"{sent.astimezone(dates.PARIS):%Y%m%dT%H%M%S}-{identity[:80]}.eml"


class Letter(NamedTuple):
    """A mail of the mailbox; ``name`` is that of its file."""

    name: str
    sent_at: datetime
    to: str
    subject: str
    body: str


class Part(NamedTuple):
    """A piece of a body; ``path`` is set where it is one of our own links."""

    words: str
    path: str = ""


def letter_names():
    """Return the names of all mails, newest first."""
    return sorted((path.name for path in settings.MAIL_DIR.glob("*.eml")), reverse=True)


def read_letter(name):
    """Return the :class:`Letter` in the file ``name``, one of :func:`letter_names`."""
    content = (settings.MAIL_DIR / name).read_bytes()
    message = email.message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain",))
    return Letter(
        name=name,
        sent_at=message["Date"].datetime,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        body=body.get_content().replace("\r\n", "\n") if body else "",
    )


def found_letters(address):
    """Return the letters to an address that holds ``address``, newest first."""
    wanted = address.strip().lower()
    letters = (read_letter(name) for name in letter_names())
    return [letter for letter in letters if wanted in letter.to.lower()]


def parts(letter):
    """Cut the body of ``letter`` into words and its personal links, as paths of this site.

    Anything else stays words, an address of this site that somebody typed included:
    a reader of the demonstration is led nowhere but where the site leads them.
    """
    body, position = letter.body, 0
    for match in URL.finditer(body):
        url = match[0].rstrip(".,;:!?)")
        path = url.removeprefix(settings.SITE_URL)
        if path == url or not _is_personal(path, letter.to):
            continue
        yield Part(body[position : match.start()])
        yield Part(url, path=path)
        position = match.start() + len(url)
    yield Part(body[position:])


def _is_personal(path, address):
    """Say whether ``path`` is that of a personal link made for ``address``."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.view_name != "submissions:link":
        return False
    return access_links.was_issued(match.kwargs["token"], address)
