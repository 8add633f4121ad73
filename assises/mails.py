"""Which mails does this package write, and how does a template become one?"""

from django.conf import settings
from django.template.loader import get_template

from assises import dates, outbox, text


def staff_code(user, *, at):
    """Bring a one-time code to somebody of the team; the worker makes the code.

    Placeholders: ``prenom``, ``duree``, ``heure``, ``lien`` (the place of the code).
    """
    minutes = settings.OTP_EMAIL_TOKEN_VALIDITY // 60
    subject, body = compose(
        "assises/mails/staff_code.txt",
        {
            "prenom": user.get_short_name(),
            "duree": f"{minutes}{dates.NBSP}minutes",
            "heure": dates.clock_time(at),
        },
    )
    return outbox.queue(
        "staff_code", to=user.email, subject=subject, body=body, code_user=user, at=at
    )


def compose(template, placeholders):
    """Return the subject and the body of ``template`` (``assises/mails/….txt``).

    ``placeholders`` is a flat dict of strings with French names, the only ones
    that organisers will be able to use; ``lien`` marks the place of the link.
    """
    context = {**placeholders, "lien": text.LINK_PLACE}
    subject, body = (
        get_template(f"{template}#{part}").render(context).strip()
        for part in ("subject", "body")
    )
    return text.one_line(subject), f"{body}\n"
