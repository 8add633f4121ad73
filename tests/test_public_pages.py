"""Is a page that is kept always true, and never somebody's?"""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from assises.models import Commune, Edition, Event, Page, Partner, Term, Territory
from assises.people import audit
from assises.timeline import timeline
from assises.web.public_pages import public_page
from committee import reference
from committee.models import Criterion
from submissions.answering import lifecycle
from submissions.models import Application
from tests import factories
from tests.factories import CLOSES_AT, INVENTORY_CLOSES_AT, OPENS_AT, WHILE_OPEN
from tests.test_every_address import KEPT

GZIP = {"accept-encoding": "gzip"}
ADDRESSES = sorted(pattern.replace("<slug:slug>", "faq") for pattern in KEPT)


@pytest.fixture
def shown(edition, while_open):
    """One row at least of everything that public pages show."""
    reference.load()
    for _ in range(10):
        factories.ApplicationFactory(declared=True, sent=True)
    factories.ApplicationFactory(declared=True)
    factories.PartnerFactory(edition=edition)
    factories.PageFactory(slug="faq")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_is_kept_costs_one_query(client, shown, address):
    first = client.get(f"/{address}")

    with CaptureQueriesContext(connection) as queries:
        again = client.get(f"/{address}")

    assert len(queries) == 1
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "public, no-cache"
    assert "Cookie" in again["Vary"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_reads_no_table_beside_what_it_is_kept_by(client, shown, address):
    """A table that is read and not watched would let a page grow old."""
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/{address}")

    asked = [query["sql"] for query in queries]
    statement = asked[0]  # The same one asks for all of it, before and after.
    others = [sql for sql in asked if sql != statement]
    watched, read = (
        set(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))
        for sql in (statement, " ".join(others))
    )
    # What is told of answers changes with the journal, and with nothing else.
    told = {"submissions_application", "submissions_application_communes"}
    assert read - (told if "assises_event" in watched else set()) <= watched


def rewrite(**values):
    """Change one sent action as every process does: the journal tells it."""
    one = Application.objects.sent().first()
    assert Application.objects.filter(pk=one.pk).rewrite(**values)
    audit.record("réponse modifiée", one, by=audit.APPLICANT, at=WHILE_OPEN)


def move():
    """Let an action take place elsewhere, as amending it does."""
    Application.objects.sent().first().communes.set(["91225"])
    rewrite()


def withdraw():
    lifecycle.withdraw(Application.objects.sent().first(), at=WHILE_OPEN)


CHANGES = {
    "title of the edition": (
        "",
        lambda: Edition.objects.update(title="Autres Assises"),
    ),
    "place": ("appel/", lambda: Edition.objects.update(venue="Ailleurs")),
    "end of the edition": ("", lambda: Edition.objects.update(is_current=False)),
    "results": ("", lambda: Edition.objects.update(results_published_at=WHILE_OPEN)),
    "partner": ("", lambda: factories.PartnerFactory()),
    "role": ("appel/", lambda: Partner.objects.update(role=Partner.Role.HOST)),
    "no partner": ("contact/", lambda: Partner.objects.all().delete()),
    "page of the menu": ("", lambda: Page.objects.update(title="Autre page")),
    "text of a page": ("pages/faq/", lambda: Page.objects.update(body="Autre texte")),
    "commune": ("", lambda: Commune.objects.filter(pk="91225").update(name="Autre")),
    "map": ("", lambda: Territory.objects.update(credit="Autre source")),
    "credit": ("mentions-legales/", lambda: Territory.objects.update(credit="Autre")),
    "axis": ("appel/", lambda: Term.objects.update(label="Autre axe")),
    "axis left": ("appel/", lambda: Term.objects.update(active=False)),
    "criterion": ("appel/", lambda: Criterion.objects.update(question="Autre ?")),
    "no criterion": ("appel/", lambda: Criterion.objects.all().delete()),
    "withdrawn": ("", withdraw),
    "whole": ("", lambda: rewrite(whole_territory=True)),
    "moved": ("", move),
}


@pytest.mark.parametrize(("address", "change"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_on_the_very_next_page(client, shown, address, change):
    before = [client.get(f"/{address}").content for _ in range(2)]

    change()
    after = client.get(f"/{address}")

    assert before[0] == before[1] != after.content
    cache.clear()
    assert client.get(f"/{address}").content == after.content


def test_what_a_transaction_that_ends_late_has_written_is_seen(client, shown):
    """Its line of the journal has an older number than one that was already read."""
    at, verb = WHILE_OPEN, "réponse modifiée"
    Event.objects.create(pk=100, verb=verb, at=at)
    before = client.get("/").content
    Application.objects.sent().first().communes.set(["91225"])

    Event.objects.create(pk=99, verb=verb, at=at)

    assert client.get("/").content != before


@pytest.mark.parametrize(
    "instant",
    [
        OPENS_AT,
        CLOSES_AT,
        INVENTORY_CLOSES_AT,
        datetime(2027, 6, 30, 22, tzinfo=UTC),
        datetime(2027, 10, 20, 22, tzinfo=UTC),
    ],
)
def test_the_calendar_turns_the_page_by_itself(client, shown, instant):
    with time_machine.travel(instant - timedelta(microseconds=1), tick=False):
        before = client.get("/").content
    with time_machine.travel(instant, tick=False):
        after = client.get("/").content
        cache.clear()
        fresh = client.get("/").content

    assert before != after == fresh


@pytest.mark.parametrize("headers", [{}, GZIP])
def test_a_browser_that_holds_the_page_receives_it_no_more(client, shown, headers):
    tag = client.get("/", headers=headers)["ETag"]
    cache.clear()  # Each process has its own memory: they agree on the tag.

    same = client.get("/", headers={**headers, "if-none-match": tag})
    Edition.objects.update(title="Autres Assises")
    changed = client.get("/", headers={**headers, "if-none-match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert same["ETag"] == tag
    assert changed.status_code == 200


def test_a_page_is_kept_compressed_and_not(client, shown):
    plain, compressed = client.get("/"), client.get("/", headers=GZIP)

    again = [client.get("/"), client.get("/", headers=GZIP)]

    assert [each.content for each in again] == [plain.content, compressed.content]
    assert [each.get("Content-Encoding") for each in again] == [None, "gzip"]


def is_private(response):
    return "no-store" in response["Cache-Control"] and not response.has_header("ETag")


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_who_has_a_session_or_a_notice_has_a_page_of_their_own(shown, cookie):
    kept, visitor = Client().get("/"), Client()
    visitor.cookies[cookie] = "quelque chose"

    response = visitor.get("/", headers={"if-none-match": kept["ETag"]})

    assert response.status_code == 200
    assert is_private(response)


def test_a_notice_is_shown_to_one_person_alone(shown, organiser):
    Client().get("/contact/")
    organiser.post("/admin/logout/")

    notice = organiser.get("/contact/")

    assert "Déconnexion faite." in notice.text
    assert is_private(notice)
    assert "Déconnexion faite." not in Client().get("/contact/").text


def with_form(request):
    return HttpResponse(get_token(request))


def with_session(request):
    return HttpResponse(f"{request.user} {uuid.uuid4()}")


def with_cookie(request):
    response = HttpResponse(uuid.uuid4())
    response.set_cookie("choix", "1")
    return response


def refused(request):
    return HttpResponse(uuid.uuid4(), status=403)


VIEWS = [with_form, with_session, with_cookie, refused]
urlpatterns = [
    path("", include("assises.urls")),
    *(path(f"{view.__name__}/", public_page()(view)) for view in VIEWS),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_of_one_person_is_not_kept_whatever_its_view_says(shown, view):
    answers = [Client().get(f"/{view.__name__}/") for _ in range(2)]

    assert [is_private(answer) for answer in answers] == [True, True]
    assert answers[0].content != answers[1].content


def test_a_page_written_to_while_it_is_rendered_is_not_kept(client, shown, monkeypatch):
    """It shows a part of what was, and a part of what is."""

    def writing(edition, at):
        Page.objects.update(title="Autre page")
        return timeline(edition, at)

    Page.objects.update(title="Page")
    with monkeypatch.context() as patched:
        patched.setattr("submissions.views.home.timeline", writing)
        client.head("/")  # No test writes by a GET.
    Page.objects.update(title="Page")

    assert "Autre page" not in client.get("/").text
