"""How often may one try? Counted in the database, so that all processes agree."""

import hashlib
import ipaddress
import re
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import F

from assises.models import Throttle


class Limit(NamedTuple):
    """At most ``times`` within ``seconds``."""

    times: int
    seconds: int

    @property
    def pace(self):
        """The time between two of them, when they are spread evenly."""
        return timedelta(seconds=self.seconds / self.times)


# A whole school answers from one address: generous by client, strict by mailbox.
LIMITS = {
    "start-client": Limit(120, 3600),
    "start-address": Limit(6, 3600),
    "mail-address": Limit(20, 86400),
    "second-answer": Limit(4, 86400),
    "second-unconfirmed": Limit(30, 3600),
    "link-client": Limit(120, 3600),
    "link-address": Limit(4, 3600),
    "hand-over": Limit(12, 86400),
    "suggest-client": Limit(20, 3600),
    "login-client": Limit(60, 600),
    "login-account": Limit(10, 900),
    "code-account": Limit(10, 900),
    "code-mail": Limit(5, 900),
}


# In seconds: what a robot is told to wait, as people are told « quelques minutes ».
RETRY_AFTER = 900


def client_address(request):
    """Return the address of the client, as the configured proxies tell it.

    ``X-Forwarded-For`` is believed only for the ``TRUSTED_PROXIES`` rightmost
    entries, which our own proxies wrote.
    """
    proxies = settings.TRUSTED_PROXIES
    chain = re.findall(r"[^,\s]+", request.headers.get("X-Forwarded-For", ""))
    if 0 < proxies <= len(chain):
        return _network_of(chain[-proxies])
    return _network_of(request.META.get("REMOTE_ADDR", ""))


def _network_of(address):
    """Return an IPv6 address as its /64, which one home has whole; others as they are."""
    try:
        found = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((found.packed, 64), strict=False))


def allow(scope, key, *, at):
    """Count one try of ``key`` and say whether it stays within the limit of ``scope``."""
    return _count(scope, *_counter(scope, key, at)) <= LIMITS[scope].times


def take_back(scope, key, *, at):
    """Count one try of ``key`` less: it was the right one."""
    _counted(scope, key, at).update(count=F("count") - 1)


def clear(scope, key, *, at):
    """Forget the tries of ``key``: the last one was the right one."""
    _counted(scope, key, at).delete()


def _counter(scope, key, at):
    """Return what stands for ``key`` at ``at``: its digest, and when its period began."""
    seconds = LIMITS[scope].seconds
    start = int(at.timestamp()) // seconds * seconds
    digest = hashlib.sha256(f"{scope}:{key}".encode()).hexdigest()
    return digest, at.fromtimestamp(start, tz=at.tzinfo)


def _counted(scope, key, at):
    digest, window = _counter(scope, key, at)
    return Throttle.objects.filter(scope=scope, key=digest, window=window)


def _count(scope, digest, window):
    """Add one to a counter and return it, in one statement that no race can split."""
    table, quoted = Throttle._meta.db_table, connection.ops.quote_name
    names = [quoted(name) for name in ("scope", "key", "window", "count")]
    sql = (
        f"INSERT INTO {quoted(table)} ({', '.join(names)}) VALUES (%s, %s, %s, 1)"  # noqa: S608
        f" ON CONFLICT ({', '.join(names[:3])})"
        f" DO UPDATE SET {names[3]} = {quoted(table)}.{names[3]} + 1"
        f" RETURNING {names[3]}"
    )
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(window)
        cursor.execute(sql, [scope, digest, moment])
        return cursor.fetchone()[0]
