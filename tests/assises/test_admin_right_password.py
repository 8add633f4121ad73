"""The right password comes in: however often, and however it was pasted."""

import pytest
from django.test import Client
from django.urls import reverse

from assises.people import accounts
from assises.people.permissions import Role
from assises.web import throttle
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

LOGIN, CODE = reverse("admin:login"), reverse("admin:code")


def sign_in(user, password=factories.PASSWORD, client=None):
    typed = {"email": user.email, "password": password}
    return (client or Client()).post(LOGIN, typed).status_code


def test_right_passwords_and_codes_of_a_shared_desk_are_never_too_many():
    user = team.member(Role.ORGANISERS)
    codes = accounts.new_recovery_codes(user)
    team.app_of(user)
    many = throttle.LIMITS["login-client"].times + 1

    for _ in range(throttle.LIMITS["login-account"].times - 1):
        sign_in(user, "wrong")
    answers = {sign_in(user) for _ in range(many)}
    entered = []
    for code in codes:
        client = Client()
        sign_in(user, client=client)
        client.post(CODE, {"code": "000000"})
        entered.append(client.post(CODE, {"code": code}).status_code)

    assert answers == {302}
    assert set(entered) == {302}


@pytest.mark.parametrize(
    "email", ["\u202aodile@\u200bexample.org\u202c", "\ufeffOdile@example.org"]
)
def test_an_address_pasted_with_what_nobody_sees_comes_in(client, email):
    team.member(Role.ORGANISERS, email="odile@example.org")

    response = client.post(LOGIN, {"email": email, "password": factories.PASSWORD})

    assert response.url == reverse("admin:index")
