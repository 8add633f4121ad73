"""Which headers guard each page, and do the real settings say what was promised?"""

import json
import os
import re
import subprocess
import sys

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver, reverse

from assises.models import Job, Kind
from assises.people import access_links, audit
from assises.people.permissions import Role
from tests import factories, team
from tests.answers import begin
from tests.factories import WHILE_OPEN
from tests.repository import ROOT
from tests.test_consistency import addresses

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


@pytest.fixture
def rows(edition, while_open):
    """One row of each model that the administration shows; return the key of each."""
    from committee import reference

    reference.load()
    answer = factories.ApplicationFactory(proposed=True, sent=True)
    access_links.issue(answer.email, at=WHILE_OPEN)
    audit.record("corrige", edition, by=audit.SYSTEM, at=WHILE_OPEN)
    factories.MailFactory(reference=answer.key)
    factories.PartnerFactory()
    factories.PageFactory()
    Job.objects.create(kind="a", key="a", due_at=WHILE_OPEN)
    return {
        f"{model._meta.app_label}/{model._meta.model_name}": row.pk
        for model in admin.site._registry
        if (row := model._default_manager.order_by("pk").first())
    }


@pytest.mark.django_db
def test_no_page_of_the_administration_is_kept_by_a_browser(rows):
    organiser = team.signed_in(team.superuser())
    patterns = [
        pattern
        for pattern, _ in addresses(get_resolver().url_patterns)
        if pattern.startswith("admin/") and "?P<" not in pattern
    ]

    kept = []
    for pattern in patterns:
        table = "/".join(pattern.split("/")[1:3])
        path = "/" + re.sub(r"<[^>]+>", str(rows.get(table, 1)), pattern)
        response = organiser.get(path)
        if response.status_code == 405:
            continue
        if "no-store" not in response.get("Cache-Control", ""):
            kept.append(path)

    assert len(patterns) > 80
    assert kept == []


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
