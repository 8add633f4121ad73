"""Does loading bring accounts and a call open today, and leave real data alone?"""

from datetime import UTC, date, datetime

import pytest

from assises.french import dates
from assises.models import User
from assises.people.permissions import Role
from committee.demonstration import accounts, loading
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    ContactFactory,
    EditionFactory,
    StructureFactory,
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "factory", [ApplicationFactory, EditionFactory, StructureFactory, ContactFactory]
)
def test_real_data_is_refused(factory):
    factory()

    with pytest.raises(loading.RealDataError):
        loading.load_demonstration(WHILE_OPEN)

    assert not loading.is_loaded()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_accounts_have_their_roles():
    accounts.create_accounts()

    roles = User.objects.values_list("email", "groups__name")
    assert dict(roles) == {
        address: role.value for address, role in accounts.addresses()
    }
    assert [role for _, role in accounts.addresses()].count(Role.MEMBERS) == 8
    assert set(User.objects.values_list("is_staff", "is_superuser")) == {(True, False)}


@pytest.mark.django_db
def test_same_password_keeps_people_signed_in(client):
    accounts.create_accounts()
    accounts.give_password("secret")
    before = User.objects.get(email="lecture@example.org").password

    accounts.give_password("secret")
    kept = User.objects.get(email="lecture@example.org").password
    accounts.give_password("autre")

    assert kept == before
    assert client.login(username="lecture@example.org", password="autre")


@pytest.mark.parametrize(
    ("today", "closing", "held_on"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), date(2027, 5, 31), date(2027, 10, 21)),
        (datetime(2027, 5, 31, 20, tzinfo=UTC), date(2027, 5, 31), date(2027, 10, 21)),
        (datetime(2027, 5, 31, 23, tzinfo=UTC), date(2028, 5, 31), date(2028, 10, 19)),
    ],
)
def test_call_is_open_whatever_the_day(today, closing, held_on):
    year = loading.year_around(today)

    assert year["opens_at"] < today < year["closes_at"]
    assert dates.last_day_before(year["closes_at"]) == closing
    assert year["held_on"] == held_on
    assert year["held_on"].weekday() == loading.THURSDAY
