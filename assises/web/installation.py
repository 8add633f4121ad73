"""Is this installation ready for the public? Asked by ``manage.py check --deploy``."""

import os
import re
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

# Names that nobody owns: they come from our own examples.
EXAMPLE = re.compile(r"(^|[.@])(example\.(com|net|org)|example|invalid)$")


def is_example(name):
    """Say whether a host or an address is one of an example."""
    return bool(EXAMPLE.search(name.strip().lower()))


@register(Tags.security, deploy=True)
def refuse_unready(app_configs, **options):
    """Refuse what a public site may not be; warn of what it would miss."""
    examples = {
        "SITE_URL": [urlsplit(settings.SITE_URL).hostname or ""],
        "ALLOWED_HOSTS": settings.ALLOWED_HOSTS,
        "MAIL_FROM": [parseaddr(settings.DEFAULT_FROM_EMAIL)[1]],
    }
    refused = {
        "HTTPS": not settings.HTTPS and "is off: SITE_URL does not begin with https.",
        "DEBUG": settings.DEBUG and "is on: faults would show what they hold.",
        "DEMO": settings.DEMO and "is on: its mails are public, its data invented.",
        "ALLOWED_HOSTS": "*" in settings.ALLOWED_HOSTS and "answers to any name.",
        "REQUIRE_SECOND_FACTOR": not settings.REQUIRE_SECOND_FACTOR
        and "is off: a password alone would open every answer.",
        "CLOCK_SHIFT": settings.CLOCK_SHIFT
        and "is not 0: the call would open and close at other hours.",
        "SITE_URL": _host_is_unknown() and "has a host that ALLOWED_HOSTS refuses.",
    }
    errors = [
        Error(f"{name} {why}", id=f"assises.{name}")
        for name, why in refused.items()
        if why
    ]
    errors += [
        Error(f"{name} still bears an example: {value}.", id=f"assises.{name}_EXAMPLE")
        for name, values in examples.items()
        for value in values
        if is_example(value)
    ]
    return errors + _warnings()


def _host_is_unknown():
    host = urlsplit(settings.SITE_URL).hostname or ""
    return not any(
        allowed in {host, "*"} or (allowed[:1] == "." and f".{host}".endswith(allowed))
        for allowed in settings.ALLOWED_HOSTS
    )


def _backups_go_nowhere():
    folder = settings.BACKUP_DIR
    if folder is None:
        return "is empty: no backup is made."
    return not os.access(folder, os.W_OK) and f"cannot be written: {folder}."


def _warnings():
    missed = {
        "TRUSTED_PROXIES": not settings.TRUSTED_PROXIES
        and "is 0: behind a proxy, all visitors would share one address and its limits,"
        " and pages would redirect for ever.",
        "BACKUP_DIR": _backups_go_nowhere(),
    }
    return [
        Warning(f"{name} {why}", id=f"assises.{name}")
        for name, why in missed.items()
        if why
    ]
