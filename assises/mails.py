"""Which mails does the team receive? One function per mail, named after it."""

from django.conf import settings

from assises.french import dates, text
from assises.mail import outbox, wordings


def staff_code(user, *, at):
    """Bring a one-time code to somebody of the team; the worker makes the code.

    Placeholders: ``prenom``, ``duree``, ``heure``, ``lien`` (the place of the code).
    """
    minutes = settings.OTP_EMAIL_TOKEN_VALIDITY // 60
    subject, body = outbox.compose(
        wordings.ours("assises/staff_code"),
        {
            "prenom": user.get_short_name(),
            "duree": f"{minutes}{dates.NBSP}minutes",
            "heure": dates.clock_time(at),
        },
    )
    return outbox.queue_mail(
        "staff_code", to=user.email, subject=subject, body=body, code_user=user, at=at
    )


def account_address_changed(user, *, former, edition, at):
    """Tell the former address of an account that another one has taken its place.

    Placeholders: ``prenom``, ``adresse``, ``contact``.
    """
    subject, body = outbox.compose(
        wordings.ours("assises/account_address_changed"),
        {
            "prenom": user.get_short_name(),
            "adresse": text.masked(user.email),
            "contact": edition.contact_email if edition else "",
        },
    )
    outbox.queue_mail(
        "account_address_changed",
        to=former,
        subject=subject,
        body=body,
        edition=edition,
        at=at,
    )
