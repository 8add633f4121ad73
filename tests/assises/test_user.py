"""Is an account found and throttled by one spelling of its address, on every database?"""

import pytest
from django.urls import reverse

from assises.people.permissions import Role
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

LOGIN = reverse("admin:login")


@pytest.mark.parametrize(
    "typed", ["odile\u017f@example.org", "od\u0131les@example.org"]
)
def test_an_address_that_only_looks_like_one_opens_nothing(client, typed):
    team.member(Role.ORGANISERS, email="odiles@example.org")

    page = client.post(LOGIN, {"email": typed, "password": factories.PASSWORD})

    assert page.status_code == 200


def test_every_spelling_of_an_address_is_throttled_as_one(client, while_open):
    team.member(Role.ORGANISERS, email="karim@example.org")
    right = {"email": "karim@example.org", "password": factories.PASSWORD}
    spellings = ["karim@example.org", "KARIM@example.org", "\u212aarim@example.org "]

    for turn in range(10):
        data = {"email": spellings[turn % 3], "password": "faux"}
        assert client.post(LOGIN, data).status_code == 200

    assert [client.post(LOGIN, right).status_code for _ in spellings] == [429] * 3


def test_an_address_is_found_in_any_case(client):
    team.member(Role.ORGANISERS, email="karim@example.org")

    data = {"email": "\u212aARIM@Example.org", "password": factories.PASSWORD}

    assert client.post(LOGIN, data).status_code == 302
