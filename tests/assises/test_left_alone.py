"""Until when does somebody of the team stay signed in?"""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from assises.people.permissions import Role
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def comes_in(client, settings, while_open):
    """Return whether who has signed in now still comes in."""
    settings.REQUIRE_SECOND_FACTOR = False
    user = team.member(Role.ORGANISERS)
    typed = {"email": user.email, "password": factories.PASSWORD}
    client.post(reverse("admin:login"), typed)
    return lambda: client.get(reverse("admin:index")).status_code == 200


def test_a_session_left_alone_ends(comes_in, while_open):
    while_open.shift(timedelta(minutes=119))
    before = comes_in()
    while_open.shift(timedelta(minutes=121))

    assert (before, comes_in()) == (True, False)


def test_a_session_in_use_ends_with_the_working_day(comes_in, while_open):
    found = []
    for _ in range(13):
        found.append(comes_in())
        while_open.shift(timedelta(hours=1))

    assert found == [True] * 12 + [False]


def test_what_was_typed_before_the_end_is_given_back(client, comes_in, while_open):
    page = factories.PageFactory()
    address = reverse("admin:assises_page_change", args=[page.pk])
    while_open.shift(timedelta(hours=3))

    response = client.post(address, {"title": "Venir", "body": "Le train <de 9 h>."})
    empty = client.post(address)

    assert response.status_code == 403
    assert ">Le train &lt;de 9 h&gt;.</textarea>" in response.text
    assert "Votre session a pris fin" in response.text
    assert empty.url == f"{reverse('admin:login')}?next={address}"


@pytest.mark.parametrize(("minutes", "written"), [(4, False), (5, True)])
def test_a_session_in_use_is_written_now_and_then(
    comes_in, while_open, minutes, written
):
    before = Session.objects.get().expire_date

    while_open.shift(timedelta(minutes=minutes))
    comes_in()

    assert (Session.objects.get().expire_date != before) is written
