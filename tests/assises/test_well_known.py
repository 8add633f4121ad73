"""What robots and browsers ask of any site, without anybody having given the address."""

from datetime import datetime

import pytest

from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]


@pytest.mark.parametrize(
    ("demo", "hidden"),
    [(False, ["/acces/", "/admin/", "/mon-dossier/"]), (True, ["/"])],
)
def test_robots_stay_out_of_what_is_somebodys(client, settings, demo, hidden):
    settings.DEMO = demo

    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = [f"Disallow: {path}" for path in hidden]
    assert response.text.splitlines() == ["User-agent: *", *lines]


def test_a_flaw_is_reported_to_somebody(client, settings):
    told = client.get("/.well-known/security.txt").text.splitlines()

    told = dict(line.split(": ", 1) for line in told)
    assert told["Contact"] == f"{settings.SITE_URL}/contact/"
    assert 0 < (datetime.fromisoformat(told["Expires"]) - WHILE_OPEN).days < 365


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/favicon.ico", "/static/favicon.svg"),
        ("/.well-known/change-password", "/admin/password_change/"),
    ],
)
def test_what_browsers_look_for_is_where_they_look(client, address, leads_to):
    assert client.get(address).url == leads_to
