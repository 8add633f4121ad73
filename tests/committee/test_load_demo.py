"""Does the command load accounts and a call open today, and leave real data alone?"""

import re
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assises.french import dates
from assises.models import Edition, User
from assises.people.permissions import Role
from committee.demonstration import accounts, edition
from tests.factories import ContactFactory, EditionFactory, StructureFactory


def call():
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "values"),
    [
        (EditionFactory, {}),
        (StructureFactory, {}),
        (ContactFactory, {"email": "une.vraie.personne@example.net"}),
    ],
)
def test_real_data_is_refused_in_a_sentence(factory, values):
    factory(**values)

    with pytest.raises(CommandError, match="vraies données"):
        call()

    assert not Edition.objects.filter(slug="demonstration").exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_command_gives_the_password_that_was_asked_for(client, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "un mot de passe")

    call()

    assert client.login(username="comite8@example.org", password="un mot de passe")


@pytest.mark.django_db
def test_command_makes_and_prints_a_password(client):
    first, second = call(), call()

    password = re.search(r"comptes\W+(\S+)", first)[1]
    assert client.login(username="organisation@example.org", password=password)
    assert second == "Démonstration déjà chargée, rien n’a changé.\n"


@pytest.mark.django_db
def test_accounts_have_their_roles():
    accounts.load_accounts("secret")

    roles = User.objects.values_list("email", "groups__name")
    assert dict(roles) == {
        address: role.value for address, role in accounts.addresses()
    }
    assert [role for _, role in accounts.addresses()].count(Role.MEMBERS) == 8
    assert set(User.objects.values_list("is_staff", "is_superuser")) == {(True, False)}


@pytest.mark.django_db
def test_same_password_keeps_people_signed_in(client):
    accounts.load_accounts("secret")
    before = User.objects.get(email="lecture@example.org").password

    accounts.load_accounts("secret")
    kept = User.objects.get(email="lecture@example.org").password
    accounts.load_accounts("autre")

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
    year = edition.year_around(today)

    assert year["opens_at"] < today < year["closes_at"]
    assert dates.last_day_before(year["closes_at"]) == closing
    assert year["held_on"] == held_on
    assert year["held_on"].weekday() == edition.THURSDAY
