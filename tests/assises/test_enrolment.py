"""Who sees the secret of an application that is being set up?"""

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from assises.people import accounts
from assises.people.permissions import Role
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]

ENROL = reverse("admin:enrol")


def test_secret_is_shown_to_the_session_that_began_alone(client):
    user = team.member(Role.ORGANISERS, password_is_temporary=True)
    other = Client()
    for browser in (client, other):
        browser.force_login(user)

    client.post(reverse("admin:begin_enrolment"))
    device = accounts.pending_app(user)
    code = team.code_of(device, at=factories.WHILE_OPEN)
    refused = other.post(ENROL, {"code": code})

    secret = accounts.spelled_secret(device)
    assert secret in client.get(ENROL).text
    assert secret not in other.get(ENROL).text
    assert "codes" not in refused.context
    assert accounts.app_of(user) is None


def test_too_many_first_codes_are_refused_even_the_right_one(client):
    user = team.member(Role.ORGANISERS, password_is_temporary=True)
    client.force_login(user)
    client.post(reverse("admin:begin_enrolment"))
    code = team.code_of(accounts.pending_app(user), at=factories.WHILE_OPEN)
    tries = [client.post(ENROL, {"code": "000000"}).status_code for _ in range(10)]

    response = client.post(ENROL, {"code": code})

    assert (tries, response.status_code) == ([200] * 10, 429)
    assert accounts.app_of(user) is None
    assert client.post(ENROL).status_code == 200  # There is nothing to say it of.


@pytest.mark.parametrize("role", [None, Role.ORGANISERS])
def test_a_password_that_nobody_has_just_given_sets_up_no_application(
    client, edition, role
):
    client.force_login(team.member(role))

    shown = client.get(reverse("admin:index"), follow=True)
    client.post(reverse("admin:begin_enrolment"))

    assert "mot de passe provisoire" in shown.text
    assert edition.contact_email in shown.text
    assert reverse("admin:begin_enrolment") not in shown.text
    assert not TOTPDevice.objects.exists()


def test_the_first_account_of_all_sets_up_its_application(client):
    client.force_login(team.superuser())

    client.post(reverse("admin:begin_enrolment"))

    assert TOTPDevice.objects.exists()
