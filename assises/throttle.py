"""How often may one try? Counted in the database, so that all processes agree."""

import hashlib
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from assises.models import Throttle


class Limit(NamedTuple):
    """At most ``times`` within ``seconds``."""

    times: int
    seconds: int


# A whole school answers from one address: generous by client, strict by mailbox.
LIMITS = {
    "start-client": Limit(120, 3600),
    "start-address": Limit(6, 3600),
    "link-client": Limit(120, 3600),
    "link-address": Limit(4, 3600),
    "enter-client": Limit(120, 600),
    "login-client": Limit(60, 600),
    "login-account": Limit(10, 900),
    "code-account": Limit(10, 900),
    "code-mail": Limit(5, 900),
}


def client_address(request):
    """Return the address of the client, as the configured proxies tell it.

    ``X-Forwarded-For`` is believed only for the ``TRUSTED_PROXIES`` rightmost
    entries, which our own proxies wrote.
    """
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        chain = [
            part.strip()
            for part in request.headers.get("X-Forwarded-For", "").split(",")
            if part.strip()
        ]
        if len(chain) >= proxies:
            return chain[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def allow(scope, key, *, at):
    """Count one try of ``key`` and say whether it stays within the limit of ``scope``."""
    limit = LIMITS[scope]
    start = int(at.timestamp()) // limit.seconds * limit.seconds
    row = {
        "scope": scope,
        "key": hashlib.sha256(f"{scope}:{key}".encode()).hexdigest(),
        "window": at.fromtimestamp(start, tz=at.tzinfo),
    }
    counter = Throttle.objects.filter(**row)
    if not counter.update(count=F("count") + 1):
        try:
            with transaction.atomic():
                Throttle.objects.create(**row)
        except IntegrityError:
            counter.update(count=F("count") + 1)
    return counter.values_list("count", flat=True).get() <= limit.times
