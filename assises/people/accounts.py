"""How does somebody of the team prove who they are, beyond a password?"""

import secrets
from base64 import b32encode
from enum import Enum

import django_otp
import segno
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from assises.people import audit
from assises.people.permissions import Role, roles_of

RECOVERY_CODES = 10
CODE_LENGTH = 6
# Read aloud and copied by hand: no 0 o, no 1 i l.
SPOKEN_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"

# In seconds: a session in use is written so often, and no more.
SEEN_EVERY = 300
_SINCE, _SEEN = "signed_in_since", "last_seen"

WRONG = (
    "Ce code n’est pas le bon, ou il a déjà servi. Demandez-en ou lisez-en un nouveau."
)
# After a wrong code, the next one is not even read for some seconds.
TOO_SOON = "Patientez quelques secondes avant un nouvel essai."


class Method(Enum):
    """Where the code comes from; the value stands in addresses."""

    APP = "application"
    MAIL = "courriel"


def needs_app(user):
    """Say whether only an application is enough for ``user``.

    Who may change everything does not rest on one mailbox.
    """
    roles = roles_of(user)
    return user.is_superuser or not roles or Role.ORGANISERS in roles


def is_let_in(user):
    """Say whether ``user`` has proved enough for this session."""
    if not settings.REQUIRE_SECOND_FACTOR:
        return True
    device = getattr(user, "otp_device", None)
    if device is None:
        return False
    return not isinstance(device, EmailDevice) or not needs_app(user)


def app_of(user):
    """Return the confirmed application of ``user``, or ``None``."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def methods(user):
    """Return the ways in which ``user`` may prove who they are, preferred first."""
    found = [Method.APP] if app_of(user) else []
    if not needs_app(user):
        found.append(Method.MAIL)
    return found


def may_enrol(user):
    """Say whether ``user`` may set up an application now.

    A password alone never replaces an application that exists; it sets up the first one
    if an organiser has just given it, or if nobody else could (``manage.py createsuperuser``).
    """
    given = user.password_is_temporary or user.is_superuser
    return is_verified(user) or (given and needs_app(user) and app_of(user) is None)


def is_verified(user):
    return getattr(user, "otp_device", None) is not None


def plain_code(code):
    """Return ``code`` as it is compared: « ABCD-efgh » becomes ``abcdefgh``."""
    return "".join(filter(str.isalnum, code.lower()))


def check_code(user, code, method):
    """Return the device that accepts ``code``; raise ``ValidationError`` if none does."""
    code = plain_code(code)
    if len(code) == CODE_LENGTH and code.isdecimal():
        model = TOTPDevice if method is Method.APP else EmailDevice
    else:
        model = StaticDevice
    device = model.objects.filter(user=user, confirmed=True).first()
    if device and not device.verify_is_allowed()[0]:
        raise ValidationError(TOO_SOON, code="too_soon")
    accepted = device and django_otp.verify_token(user, device.persistent_id, code)
    if not accepted:
        raise ValidationError(WRONG, code="wrong")
    return accepted


def begin_working_day(request):
    """Let the session of who has just signed in end with the day, or once left alone."""
    request.session[_SINCE] = int(request.at.timestamp())
    _put_off_end(request)


def stay_signed_in(request):
    """Put off the end of a session that is in use."""
    seen = request.session.get(_SEEN)
    if seen and request.at.timestamp() - seen >= SEEN_EVERY:
        _put_off_end(request)


def _put_off_end(request):
    at, session = int(request.at.timestamp()), request.session
    left = session[_SINCE] + settings.WORKING_DAY - at
    session[_SEEN] = at
    session.set_expiry(max(1, min(left, settings.LEFT_ALONE)))


def mark_verified(request, device):
    """Mark the session of ``request`` as verified by ``device``, under a new key."""
    request.session.cycle_key()
    django_otp.login(request, device)


def mail_one_time_code(user):
    """Make a fresh code for ``user`` and return it, as its mail leaves."""
    device, _ = EmailDevice.objects.get_or_create(
        user=user, defaults={"name": "courriel", "confirmed": True}
    )
    device.generate_token(
        length=CODE_LENGTH, valid_secs=settings.OTP_EMAIL_TOKEN_VALIDITY
    )
    return device.token


def pending_app(user):
    """Return the application that ``user`` is setting up, or ``None``."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


@transaction.atomic
def begin_app(user):
    """Start setting up an application, with a fresh secret."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="application", confirmed=False)


@transaction.atomic
def confirm_app(user, device, *, at):
    """Keep ``device`` as the only application of ``user``; return new recovery codes."""
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    device.confirmed = True
    audit.record("active le second facteur", user, by=user, at=at)
    return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user):
    """Replace the recovery codes of ``user``; each one serves once."""
    device, _ = StaticDevice.objects.get_or_create(
        user=user, defaults={"name": "secours", "confirmed": True}
    )
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    device.token_set.bulk_create(
        StaticToken(device=device, token=code) for code in codes
    )
    return [f"{code[:4]}-{code[4:]}" for code in codes]


@transaction.atomic
def renew_recovery_codes(user, *, at):
    """Replace the recovery codes of ``user``, who asked for it."""
    audit.record("refait ses codes de secours", user, by=user, at=at)
    return new_recovery_codes(user)


@transaction.atomic
def set_password(form, *, at):
    """Save the password that somebody chose for their own account."""
    form.user.password_is_temporary = False
    user = form.save()
    audit.record("change son mot de passe", user, by=user, at=at)


@transaction.atomic
def give_password(user, *, by, at):
    """Give ``user`` a password to replace at the next visit, and return it."""
    password = "-".join(
        "".join(secrets.choice(SPOKEN_CHARACTERS) for _ in range(4)) for _ in range(4)
    )
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    audit.record("reçoit un mot de passe provisoire", user, by=by, at=at)
    return password


@transaction.atomic
def forget_devices(user, *, by, at):
    """Take away every second factor of ``user``, who lost the telephone and the codes."""
    for model in (TOTPDevice, StaticDevice, EmailDevice):
        model.objects.filter(user=user).delete()
    audit.record("efface le second facteur", user, by=by, at=at)


def spelled_secret(device):
    """Return the secret of ``device`` in groups that can be typed."""
    letters = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def qr_path(content):
    """Return the side, in modules, and the SVG path of the QR code of ``content``.

    Each dark module is one square; the quiet zone is included.
    """
    rows = list(segno.make(content, error="m").matrix_iter(border=4))
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return len(rows), path
