"""Which headers guard each page, and do the real settings say what was promised?"""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Kind
from assises.people import access_links
from assises.people.permissions import Role
from tests import team
from tests.answers import begin
from tests.factories import WHILE_OPEN
from tests.repository import ROOT

POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none';"
    " form-action 'self'"
)


@pytest.fixture
def visited(db, edition, while_open, client):
    """Return the answer of a page, asked by whom it is for."""
    answer = begin(client, Kind.DECLARE)
    organiser = team.signed_in(team.member(Role.ORGANISERS))
    token = access_links.issue("zoe@example.org", at=WHILE_OPEN)
    pages = {
        "public": (Client(), reverse("submissions:home")),
        "first screen": (Client(), reverse("submissions:start")),
        "door": (Client(), reverse("admin:login")),
        "admin": (organiser, reverse("admin:index")),
        "contacts": (organiser, reverse("admin:assises_contact_changelist")),
        "space": (client, reverse("committee:space")),
        "step": (client, reverse("submissions:step", args=[answer.key, "contact"])),
        "link": (Client(), reverse("submissions:link", args=[token])),
        "not found": (Client(), "/nulle-part/"),
        "refused": (Client(), "/acces/%00/"),
        "other host": (Client(headers={"host": "ailleurs.example"}), "/"),
    }
    return lambda name: pages[name][0].get(pages[name][1])


@pytest.mark.parametrize(
    ("page", "status", "referrer", "kept"),
    [
        ("public", 200, "same-origin", True),
        ("first screen", 200, "same-origin", False),
        ("door", 200, "same-origin", False),
        ("admin", 200, "same-origin", False),
        ("contacts", 200, "same-origin", False),
        ("space", 200, "same-origin", False),
        ("step", 200, "same-origin", False),
        ("link", 200, "strict-origin", False),
        ("not found", 404, "same-origin", False),
        ("refused", 400, "same-origin", False),
        ("other host", 400, "same-origin", False),
    ],
)
def test_each_page_is_guarded(visited, page, status, referrer, kept):
    response = visited(page)

    assert response.status_code == status
    assert response["Content-Security-Policy"] == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == referrer
    assert ("no-store" not in response.get("Cache-Control", "")) is kept


def test_cookies_are_read_by_no_script_and_by_no_other_site(visited, client):
    visited("first screen")

    session, token = client.cookies["sessionid"], client.cookies["csrftoken"]

    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert token["samesite"] == "Lax"


def real_settings(code, **environment):
    """Return what ``code`` prints of the settings of the site, in a process of its own."""
    given = {
        "DJANGO_SETTINGS_MODULE": "assises.settings",
        "DATABASE_URL": "",
        "DEMO": "0",
        "DEBUG": "0",
        "SECRET_KEY": "tests only",
        **environment,
    }
    printed = subprocess.run(
        [sys.executable, "-c", f"import django, json; django.setup(); {code}"],
        cwd=ROOT,
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(printed.stdout)


def test_the_real_database_is_synced_at_each_commit(tmp_path):
    code = (
        "from django.db import connection; cursor = connection.cursor();"
        "ask = lambda name: cursor.execute(f'PRAGMA {name}').fetchone()[0];"
        "print(json.dumps([ask('journal_mode'), ask('synchronous')]))"
    )

    journal, synchronous = real_settings(code, VAR_DIR=str(tmp_path))

    assert (journal, synchronous) == ("wal", 2)  # 2 is FULL.


def test_the_real_site_speaks_https_alone(tmp_path):
    names = [
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SECURE_CONTENT_TYPE_NOSNIFF",
        "REQUIRE_SECOND_FACTOR",
        "DEBUG",
    ]
    code = (
        "from django.conf import settings;"
        f"print(json.dumps([getattr(settings, name) for name in {names}]))"
    )

    values = real_settings(
        code, VAR_DIR=str(tmp_path), SITE_URL="https://assises.example.org"
    )

    assert values == [True, True, True, True, 31536000, True, True, True, False]


def test_no_other_host_plants_a_cookie_of_the_real_site(tmp_path):
    code = (
        "from django.conf import settings;"
        "print(json.dumps([settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]))"
    )
    site = {"VAR_DIR": str(tmp_path), "SITE_URL": "https://assises.example.org"}

    names = real_settings(code, **site)

    assert names == ["__Host-sessionid", "__Host-csrftoken"]
