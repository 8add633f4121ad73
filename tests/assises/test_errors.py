"""Is what was typed shown again, and never to the profit of another site?"""

import re
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from assises.views import errors
from assises.web.site_context import Site
from tests import team
from tests.factories import EditionFactory

STEP = "/candidature/K7QF2M9X/action/"
OURS = {"origin": "http://testserver"}


@pytest.fixture
def strict():
    """A browser whose forms are checked, with no token yet."""
    return Client(enforce_csrf_checks=True)


def resent(response):
    """Return the hidden fields of the page, without their token."""
    pairs = re.findall(
        r'<input type="hidden" name="([^"]*)" value="([^"]*)">',
        response.content.decode(),
    )
    return [pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [OURS, {"referer": f"http://testserver{STEP}"}],
    ids=["origin", "referer"],
)
def test_expired_form_is_offered_again_with_all_that_was_typed(strict, headers):
    response = strict.post(
        STEP,
        "title=L%E2%80%99%C3%A9t%C3%A9+%3Cb%3E&axes=a&axes=b&version=3&csrfmiddlewaretoken=x",
        content_type=errors.FORM,
        headers=headers,
    )

    assert response.status_code == 403
    assert resent(response) == [
        ("title", "L’été &lt;b&gt;"),
        ("axes", "a"),
        ("axes", "b"),
        ("version", "3"),
    ]
    assert f'action="{STEP}"' in response.content.decode()
    assert response.context["typed"] == [("Titre", "L’été <b>")]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/signaler/", "/invitation/K/", "/place/K/"])
def test_what_was_typed_is_ready_to_leave_on_each_page_of_texts(strict, address):
    response = strict.post(
        address, "name=Com%C3%A8te", headers=OURS, content_type=errors.FORM
    )

    assert response.status_code == 403
    assert resent(response) == [("name", "Comète")]


@pytest.mark.django_db
def test_form_sent_again_carries_a_token_that_is_accepted(strict):
    refused = strict.post(STEP, "title=x", headers=OURS, content_type=errors.FORM)
    field = r'name="csrfmiddlewaretoken" value="([^"]*)"'
    token = re.search(field, refused.content.decode())

    response = strict.post(
        STEP,
        f"title=x&csrfmiddlewaretoken={token[1]}",
        headers=OURS,
        content_type=errors.FORM,
    )

    assert response.status_code != 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "content_type", "headers"),
    [
        (STEP, errors.FORM, {"origin": "https://ailleurs.example"}),
        (STEP, errors.FORM, {"origin": "null", "referer": f"http://testserver{STEP}"}),
        (STEP, errors.FORM, {"referer": "http://testserver.ailleurs.example/"}),
        (STEP, errors.FORM, {}),
        (STEP, "multipart/form-data; boundary=x", OURS),
        (STEP, "text/plain", OURS),
        ("/acces/", errors.FORM, OURS),
        ("/admin/login/", errors.FORM, OURS),
    ],
)
def test_foreign_or_unexpected_post_is_never_offered_again(
    strict, path, content_type, headers
):
    response = strict.post(path, "title=x", content_type=content_type, headers=headers)

    assert response.status_code == 403
    assert resent(response) == []
    assert "<form" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status"), [(errors.forbidden, 403), (errors.not_found, 404)]
)
def test_error_page_gives_the_human_contact(rf, view, status):
    edition = EditionFactory()
    request = rf.get("/")
    request.site, request._messages = Site(), []

    response = view(request)

    assert response.status_code == status
    assert response.content.decode().count(edition.contact_email) == 4


@pytest.mark.django_db
def test_not_found_answers_where_nothing_is(client):
    response = client.get("/nulle-part/")

    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.content.decode()


def test_failure_page_reads_no_database():
    response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Une panne de notre côté" in response.content.decode()


@pytest.mark.django_db
def test_failure_page_gives_the_contact_last_seen(client, django_assert_num_queries):
    edition = EditionFactory()
    client.get(reverse("assises:contact"))

    with django_assert_num_queries(0):
        response = errors.server_error(RequestFactory().get("/"))

    assert edition.contact_email in response.content.decode()


def gone(execute, sql, params, many, context):
    raise OperationalError("server closed the connection unexpectedly")


@pytest.fixture
def away():
    """A database that no longer answers."""
    with connection.execute_wrapper(gone):
        yield


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/acces/", "/mon-dossier/", "/admin/", "/admin/comite/evaluations/"]
)
def test_a_page_without_its_database_gives_the_contact(visitor, organiser, path, away):
    Site.last_edition = EditionFactory.build(territory=None)
    for browser in (visitor, organiser):
        browser.raise_request_exception = False

        response = browser.get(path)

        if (
            response.status_code != 302
        ):  # To sign in, which asks nothing of the database.
            assert response.status_code == 503
            assert "secretariat@example.org" in response.text
            assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_an_address_typed_while_the_database_is_away_is_shown(visitor, away):
    response = visitor.post(
        "/acces/", "email=tape%40example.org", content_type=errors.FORM, headers=OURS
    )

    assert response.status_code == 503
    assert "tape@example.org" in response.text


@pytest.mark.django_db
def test_a_page_of_the_administration_keeps_its_texts_without_its_database(organiser):
    edition = EditionFactory()
    organiser.raise_request_exception = False
    typed = {"venue": "Salle <des fêtes>", "first_day": "12/05/2027", "territory": "77"}

    with connection.execute_wrapper(gone):
        response = organiser.post(
            reverse("admin:assises_edition_change", args=[edition.pk]),
            urlencode({**typed, "csrfmiddlewaretoken": "secret"}),
            content_type=errors.FORM,
            headers=OURS,
        )

    assert response.status_code == 503
    shown = response.content.decode()
    assert "Salle &lt;des fêtes&gt;" in shown
    assert "Premier jour de l’appel" in shown
    assert "12/05/2027" in shown
    assert "77" not in response.text
    assert "secret" not in response.text.replace("secretariat", "")


@pytest.mark.django_db
def test_a_password_is_never_shown_again(visitor, away):
    response = visitor.post(
        reverse("admin:login"),
        "username=a%40example.org&password=only-for-the-test",
        content_type=errors.FORM,
        headers=OURS,
    )

    assert response.status_code == 503
    assert "only-for-the-test" not in response.text


@pytest.mark.django_db
def test_a_post_of_another_site_is_not_shown_by_a_failure(visitor, away):
    response = visitor.post(
        "/acces/",
        "email=tape%40example.org",
        content_type=errors.FORM,
        headers={"origin": "https://ailleurs.example"},
    )

    assert response.status_code in {403, 503}
    assert "tape@example.org" not in response.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [("/admin/ailleurs/", 404), ("/admin/assises/mail/", 403)],
)
def test_the_team_is_refused_in_its_own_frame_and_shown_the_way_on(address, status):
    EditionFactory()
    refused = team.signed_in(team.member("Comité")).get(address)
    stranger = Client().get("/ailleurs/")

    assert refused.status_code == status
    assert "errors/team.html" in [template.name for template in refused.templates]
    assert reverse("screens:reviews") in refused.text
    assert "errors/team.html" not in [template.name for template in stranger.templates]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "address", "told"),
    [
        ("Comité", "/admin/comite/evaluations/999/", True),
        ("Comité", "/admin/comite/deliberation/999/", True),
        ("Comité", "/admin/assises/mail/", False),
        ("Comité", "/admin/ailleurs/", False),
        ("Organisation", "/admin/comite/deliberation/999/", False),
    ],
)
def test_a_conflict_of_interest_is_named_only_where_it_may_be_the_reason(
    role, address, told
):
    EditionFactory()

    refused = team.signed_in(team.member(role)).get(address)

    assert refused.status_code in {403, 404}
    assert ("conflit d’intérêts" in refused.text) == told
    assert "votre rôle" in refused.text.lower()
