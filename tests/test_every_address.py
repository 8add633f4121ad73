"""Every address × everybody × reading and writing, against a literal table.

``tests/every_address.txt`` holds what each person gets by GET, then by an empty POST.
A new address is a new line there: who may open it is decided, not found out.
"""

import copy
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from assises.models import Job, Suggestion
from assises.people import access_links, audit
from assises.people.permissions import Role
from assises.work import jobs
from committee.models import Member, Review
from tests import factories, team
from tests.committee.factories import DecisionFactory, MemberFactory, criteria, proposal
from tests.factories import WHILE_OPEN
from tests.test_consistency import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]

TABLE = Path(__file__).with_name("every_address.txt")
PEOPLE = (
    "nobody",
    Role.ORGANISERS,
    Role.CHAIR,
    Role.MEMBERS,
    Role.READERS,
    Role.DESK,
)
METHODS = ("get", "post")
MODEL = re.compile(r"admin/(\w+)/(\w+)/<path:object_id>/")


@pytest.fixture
def things(edition):
    """One row of everything that an address names; none is the person's own."""
    criteria(edition)
    application = proposal(email="porteuse@example.org")
    declared = factories.ApplicationFactory(declared=True, sent=True)
    stranger = MemberFactory(edition=edition)
    review = Review.objects.create(application=application, member=stranger)
    DecisionFactory(application=application)
    factories.MailFactory(reference=application.key)
    factories.PartnerFactory()
    page = factories.PageFactory()
    guest = factories.GuestFactory()
    Suggestion.objects.create(name="Comète", commune_id="91228", at=WHILE_OPEN)
    kept, merged = factories.StructureFactory.create_batch(2)
    audit.record("corrige", edition, by=audit.SYSTEM, at=WHILE_OPEN)
    Job.objects.create(kind="a", key="a", due_at=WHILE_OPEN)
    jobs.beat(WHILE_OPEN)
    token = access_links.issue(application.email, at=WHILE_OPEN)
    kind = ContentType.objects.get_for_model(type(application)).pk
    return {
        "acces/liens/<int:pk>": 1,
        "comite/evaluations/<int:pk>": review.pk,
        "comite/avancement/<int:pk>": stranger.pk,
        "comite/deliberation/<int:pk>": application.pk,
        "deport/<int:review>": review.pk,
        "comite/proposer/<int:pk>": declared.pk,
        "application/<int:pk>": application.pk,
        "invitation/<str:key>": f"invitation/{guest.invitation.key}",
        "place/<str:key>": f"place/{guest.key}",
        "<str:seat>": guest.key,
        "structure/<int:pk>": kept.pk,
        "fusionner/<int:merged>": merged.pk,
        "<str:package>": "assises",
        "<str:name>": "invited",
        "<str:key>": application.key,
        "<slug:step>": "action",
        "<str:token>": token,
        "agenda/<slug:slug>.ics": f"agenda/{edition.slug}.ics",
        "<slug:slug>": page.slug,
        "<path:content_type_id>/<path:object_id>": f"{kind}/{application.pk}",
        "^(?P<app_label>assises|submissions|committee)/$": "assises/",
        "<slug:name>.<slug:extension>": "projets-retenus.csv",
        "^acces/(?P<token>[\\w-]{43})/?\\W+$": f"acces/{token}/)",
        "(?P<url>.*)$": "ailleurs/",
    }


def concrete(pattern, things):
    """Return the address that ``pattern`` writes for the things of the test."""
    if found := MODEL.match(pattern):
        row = apps.get_model(*found.groups())._default_manager.order_by("pk").first()
        return "/" + pattern.replace("<path:object_id>", str(row.pk))
    for name, value in things.items():
        part = name.rpartition("/")[2] if "<int:" in name else name
        if name in pattern:
            pattern = pattern.replace(part, str(value))
    assert not set("<^(") & set(pattern), pattern
    return f"/{pattern}"


def client_of(person, edition):
    if person == "nobody":
        return Client()
    user = team.member(person)
    if person in {Role.CHAIR, Role.MEMBERS}:
        role = Member.Role.CHAIR if person == Role.CHAIR else Member.Role.MEMBER
        MemberFactory(user=user, edition=edition, role=role)
    return team.signed_in(user)


def patterns():
    return sorted({pattern for pattern, _ in addresses(get_resolver().url_patterns)})


def answer_of(client, method, address):
    """Return the answer; nothing that it wrote stays, not even a way out."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(address)
        if hasattr(answer, "render"):
            answer.render()
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def expected():
    """Return pattern → method → status of each person, as the table tells."""
    lines = [
        line for line in TABLE.read_text().splitlines() if not line.startswith("#")
    ]
    found = {}
    for line in lines:
        pattern, *columns = line.split(" | ")
        found[pattern.strip()] = {
            method: dict(zip(PEOPLE, map(int, column.split()), strict=True))
            for method, column in zip(METHODS, columns, strict=True)
        }
    return found


def test_the_table_holds_every_address():
    assert patterns() == sorted(expected())


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_what_the_table_says(edition, things, person, method):
    client = client_of(person, edition)
    table = expected()

    found = {
        pattern: answer_of(client, method, concrete(pattern, things)).status_code
        for pattern in table
    }

    assert found == {pattern: row[method][person] for pattern, row in table.items()}


# The pages that are the same for everybody. A new line here is a decision.
KEPT = {
    "",
    "accessibilite/",
    "appel/",
    "confidentialite/",
    "contact/",
    "mentions-legales/",
    "pages/<slug:slug>/",
    "plan-du-site/",
}


@pytest.mark.parametrize(
    ("person", "method", "kept"),
    [
        ("nobody", "get", KEPT),
        ("nobody", "post", set()),
        (Role.ORGANISERS, "get", set()),
        (Role.ORGANISERS, "post", set()),
    ],
)
def test_a_page_is_private_unless_its_view_says_otherwise(
    edition, things, person, method, kept
):
    client = client_of(person, edition)

    found = {
        pattern
        for pattern in expected()
        if "no-store, must-revalidate, private"
        not in answer_of(client, method, concrete(pattern, things))["Cache-Control"]
    }

    assert found == kept


def test_unknown_and_forbidden_answers_are_the_same_to_strangers(edition, things):
    """Neither status nor page tells whether an answer of that name exists."""
    client = Client()
    there = concrete("candidature/<str:key>/recu/", things)

    unknown, foreign = client.get("/candidature/ZZZZZZZZ/recu/"), client.get(there)

    assert unknown.status_code == foreign.status_code == 404
    assert unknown.content == foreign.content
