"""How does a stored mail become a message, with its personal link made at sending?"""

from email.header import Header
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from assises.french import dates, text
from assises.people import access_links


class Message(EmailMessage):
    """A message whose subject is encoded whole, whatever characters it holds.

    Left to ``email``, a typed « =?utf-8?q?=0ABcc: x?= » is decoded and becomes syntax,
    and some long subjects gain a space where they are folded.
    """

    def message(self, **options):
        message = super().message(**options)
        del message["Subject"]
        encoded = Header(self.subject, "utf-8", header_name="Subject").encode()
        message.set_raw("Subject", encoded)
        return message


def as_message(mail, *, at):
    """Return ``mail`` as a message, text only.

    The same ``Message-ID`` at every try lets a mailbox drop a copy delivered twice.
    """
    return Message(
        subject=text.one_line(mail.subject),
        body=_body_with_link(mail, at=at),
        to=[text.one_line(mail.address)],
        reply_to=[text.one_line(mail.reply_to)] if mail.reply_to else [],
        headers={
            "Message-ID": mail.message_id,
            "Date": format_datetime(dates.local(at)),
            "Auto-Submitted": "auto-generated",
        },
    )


def _body_with_link(mail, *, at):
    """Return the text of ``mail`` with its secret in place, made for this try alone."""
    if text.LINK_PLACE not in mail.body:
        return mail.body
    return mail.body.replace(text.LINK_PLACE, _secret(mail, at=at))


def _secret(mail, *, at):
    """Make the one-time code or the personal link of ``mail``: neither is stored."""
    if mail.code_user_id:
        from assises.people import accounts

        return accounts.mail_one_time_code(mail.code_user)
    if mail.link_email:
        token = access_links.issue(mail.link_email, answer_key=mail.reference, at=at)
        return settings.SITE_URL + reverse("submissions:link", args=[token])
    return ""
