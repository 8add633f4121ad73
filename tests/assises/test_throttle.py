"""Is a client stopped when it tries too often, and nobody else with it?"""

from datetime import timedelta

import pytest

from assises.models import Throttle
from assises.web import throttle
from assises.work import housekeeping
from tests.factories import WHILE_OPEN

LIMIT = throttle.LIMITS["link-address"]


def try_often(count, key="chloe@example.org", at=WHILE_OPEN):
    return [throttle.allow("link-address", key, at=at) for _ in range(count)]


@pytest.mark.django_db
def test_tries_are_allowed_up_to_the_limit():
    answers = try_often(LIMIT.times + 2)

    assert answers == [True] * LIMIT.times + [False, False]


@pytest.mark.django_db
def test_another_key_or_scope_is_not_touched():
    try_often(LIMIT.times + 1)

    assert try_often(1, key="ines@example.org") == [True]
    assert throttle.allow("start-address", "chloe@example.org", at=WHILE_OPEN)


@pytest.mark.django_db
def test_next_period_starts_from_nothing():
    try_often(LIMIT.times + 1)

    later = WHILE_OPEN + timedelta(seconds=LIMIT.seconds)

    assert try_often(1, at=later) == [True]


@pytest.mark.django_db
def test_the_right_try_is_taken_back_or_ends_the_count():
    try_often(LIMIT.times)
    throttle.take_back("link-address", "chloe@example.org", at=WHILE_OPEN)
    taken_back = try_often(2)
    throttle.clear("link-address", "chloe@example.org", at=WHILE_OPEN)

    assert taken_back == [True, False]
    assert try_often(LIMIT.times + 1) == [True] * LIMIT.times + [False]


@pytest.mark.django_db
def test_counter_keeps_no_address():
    try_often(1)

    counter = Throttle.objects.get()
    assert len(counter.key) == 64
    assert "chloe" not in counter.key


@pytest.mark.django_db
def test_counters_are_thrown_away_after_two_days():
    try_often(1)

    housekeeping.run(WHILE_OPEN + timedelta(days=1))
    kept = Throttle.objects.count()
    housekeeping.run(WHILE_OPEN + timedelta(days=3))

    assert (kept, Throttle.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "198.51.100.7", "192.0.2.1"),  # nobody vouches for this header
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the first one is made up
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "198.51.100.7", "192.0.2.1"),  # shorter than our own chain of proxies
        (1, " , ", "192.0.2.1"),
    ],
)
def test_client_is_the_one_that_our_proxies_saw(
    rf, settings, proxies, forwarded, address
):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    request = rf.get("/", headers=headers, REMOTE_ADDR="192.0.2.1")

    assert throttle.client_address(request) == address


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("proxies", [0, 1])
def test_a_home_is_one_client_whatever_address_it_takes(
    rf, settings, proxies, address, client
):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": address} if proxies else {}

    request = rf.get("/", headers=headers, REMOTE_ADDR="" if proxies else address)

    assert throttle.client_address(request) == client
