"""How heavy is the first view of each page, compressed as it travels?"""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from assises.models import Kind
from submissions.answering import steps
from tests.answers import link_of_last_mail
from tests.factories import (
    ApplicationFactory,
    PageFactory,
    PartnerFactory,
    StructureFactory,
)
from tests.team import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

PUBLIC, STOCK_ADMIN = 60_000, 75_000


def weight(client, address):
    """Return the compressed bytes of a page, its styles and its modules."""
    response = client.get(address)
    assert response.status_code == 200
    links = re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', response.text)
    files = {link.removeprefix(f"/{settings.STATIC_URL.strip('/')}/") for link in links}
    assert not [link for link in links if "//" in link]
    if "js/app.js" in files:
        files |= {
            f"js/{path.name}" for path in (settings.BASE_DIR / "static/js").glob("*.js")
        }
    parts = [response.content] + [
        Path(finders.find(file)).read_bytes() for file in files
    ]
    return sum(len(gzip.compress(part)) for part in parts)


def test_public_pages_weigh_little(client):
    ApplicationFactory.create_batch(12, declared=True, sent=True, kind=Kind.DECLARE)
    PartnerFactory.create_batch(4)
    PageFactory(slug="faq")

    heavy = {
        address: bytes_
        for address in (
            "/",
            "/appel/",
            "/contact/",
            "/candidature/",
            "/acces/",
            "/pages/faq/",
            "/confidentialite/",
            "/plan-du-site/",
        )
        if (bytes_ := weight(client, address)) > PUBLIC
    }

    assert heavy == {}


def test_every_step_weighs_little_with_three_hundred_structures(client):
    StructureFactory.create_batch(300, listed=True)
    proposal = ApplicationFactory(
        proposed=True, kind=Kind.PROPOSE, email="zoe@example.org"
    )
    client.post(
        reverse("submissions:enter"),
        {"token": link_of_last_mail("zoe@example.org")},
    )

    heavy = {
        slug: bytes_
        for slug in steps.STEPS
        if (
            bytes_ := weight(
                client, reverse("submissions:step", args=[proposal.key, slug])
            )
        )
        > PUBLIC
    }

    assert heavy == {}
    assert weight(client, reverse("submissions:check", args=[proposal.key])) <= PUBLIC


@pytest.mark.parametrize(
    "name",
    [
        "admin:index",
        "admin:submissions_application_changelist",
        "admin:assises_structure_changelist",
        "admin:assises_mail_changelist",
        "admin:assises_edition_changelist",
    ],
)
def test_stock_admin_pages_weigh_little(name):
    ApplicationFactory.create_batch(100, sent=True)
    client = signed_in(member("Organisation"))

    assert weight(client, reverse(name)) <= STOCK_ADMIN
