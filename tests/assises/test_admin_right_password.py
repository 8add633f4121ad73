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


def elsewhere(user, password):
    """Return what a browser of another network gets."""
    typed = {"email": user.email, "password": password}
    return Client(REMOTE_ADDR="198.51.100.7").post(LOGIN, typed)


def test_who_tries_from_elsewhere_shuts_nobody_out():
    user = team.member(Role.ORGANISERS)

    tries = [elsewhere(user, "").status_code for _ in range(11)]

    assert tries == [200] * 10 + [429]
    assert sign_in(user) == 302


def test_a_browser_known_before_gets_through_whoever_shares_its_network(client):
    user, other = team.member(Role.ORGANISERS), team.member(Role.ORGANISERS)
    sign_in(user, client=client)
    client.post(reverse("admin:logout"))

    tries = [sign_in(user, "wrong") for _ in range(11)]
    stranger = sign_in(user)
    known = sign_in(user, client=client)
    wrong = [sign_in(user, "wrong", client=client) for _ in range(11)]

    assert (tries[-1], stranger, known) == (429, 429, 302)
    assert wrong == [200] * 10 + [429]  # It has no more tries than others.
    cookie = client.cookies["navigateur"]
    assert (cookie["path"], cookie["httponly"]) == (LOGIN, True)
    for _ in range(11):
        sign_in(other, "wrong")
    assert sign_in(other, client=client) == 429  # Known with one account alone.


def test_too_many_tries_say_to_robots_how_long_to_wait():
    user = team.member(Role.ORGANISERS)

    answers = [elsewhere(user, "wrong") for _ in range(11)]

    waits = [answer.get("Retry-After") for answer in answers]
    assert waits == [None] * 10 + ["900"]
