"""People of the team, signed in with both proofs."""

import django_otp
from django.contrib.auth.models import Group
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import factories


def member(role=None, **values):
    """Return somebody of the team in ``role``."""
    user = factories.UserFactory(**values)
    if role:
        user.groups.add(group(role))
    return user


def group(role):
    return Group.objects.get(name=role)


def superuser():
    return factories.UserFactory(is_superuser=True)


def app_of(user):
    """Return the confirmed application of ``user``."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, defaults={"name": "application", "confirmed": True}
    )
    return device


def code_of(device, *, at):
    """Return what the application shows at the instant ``at``."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = at.timestamp()
    return f"{totp.token():06d}"


def signed_in(user):
    """Return a browser in which ``user`` has given password and code."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[django_otp.DEVICE_ID_SESSION_KEY] = app_of(user).persistent_id
    session.save()
    return client
