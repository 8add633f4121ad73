"""Where do the mails of the demonstration go, and how are they read there?"""

import email
import re
from datetime import datetime
from email import policy
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from assises.french import dates
from assises.people import access_links


class EmlBackend(BaseEmailBackend):
    """Write one file per mail in ``directory``: whole, or not at all."""

    def __init__(self, directory, **options):
        super().__init__(**options)
        self.directory = Path(directory)

    def send_messages(self, messages):
        self.directory.mkdir(parents=True, exist_ok=True)
        for message in messages:
            written = message.message(policy=policy.SMTP)
            path = self.directory / _file_name(written)
            draft = path.with_suffix(".tmp")
            draft.write_bytes(written.as_bytes())
            draft.rename(path)
        return len(messages)


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
    """Cut the body of ``letter``: pairs of words and, for its personal links, their path.

    Anything else stays words, an address of this site that somebody typed included:
    a reader of the demonstration is led nowhere but where the site leads them.
    """
    link = re.compile(rf"{re.escape(settings.SITE_URL)}(/acces/([\w-]+)/)")
    position = 0
    for match in link.finditer(letter.body):
        if access_links.was_issued(match[2], letter.to):
            yield letter.body[position : match.start()], ""
            yield match[0], match[1]
            position = match.end()
    yield letter.body[position:], ""
