"""Is a request that came cut, late or unreadable refused before anybody believes it?"""

import io
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test.client import ClientHandler
from django.urls import reverse

from assises.models import Kind
from assises.people.permissions import Role
from assises.web import whole_requests
from assises.web.middleware import RequestInstantMiddleware, SoundRequestMiddleware
from tests import team
from tests.answers import begin, fingerprint
from tests.factories import MailFactory, PageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=frontiere"
PARTS = (
    b'--frontiere\r\nContent-Disposition: form-data; name="email"\r\n\r\n'
    b"zoe@example.org\r\n--frontiere--\r\n"
)
CUT = "Votre page n’est pas arrivée entière"


class Slow(io.BytesIO):
    """A body that takes ``minutes`` to come."""

    def __init__(self, body, clock, minutes):
        super().__init__(body)
        self.clock, self.minutes = clock, minutes

    def read(self, *args):
        self.clock.shift(60 * self.minutes)
        self.minutes = 0
        return super().read(*args)


def post(client, path, body, *, announced=None, content_type=FORM, **environ):
    """Post ``body``, of which ``announced`` bytes were announced."""
    environ = {
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body) if announced is None else announced),
        "CONTENT_TYPE": content_type,
        **environ,
    }
    return client.generic("POST", path, **environ)


@pytest.mark.parametrize(
    ("content_type", "body"), [(FORM, b"email=zoe%40example.org"), (MULTIPART, PARTS)]
)
def test_a_body_shorter_than_announced_is_refused(client, content_type, body):
    path = reverse("submissions:access")

    whole = post(client, path, body, content_type=content_type)
    cut = post(client, path, body, announced=len(body) + 1, content_type=content_type)

    assert whole.status_code == 200
    assert cut.status_code == 400
    assert CUT in cut.text


def test_a_cut_page_of_the_administration_changes_nothing():
    page = PageFactory(title="Avant")
    organiser = team.signed_in(team.member(Role.ORGANISERS))
    path = reverse("admin:assises_page_change", args=[page.pk])
    body = f"title=Apr%C3%A8s&slug={page.slug}&body=x&order=0".encode()

    refused = post(organiser, path, body, announced=len(body) + 10)
    page.refresh_from_db()
    title = page.title
    post(organiser, path, body)

    page.refresh_from_db()
    assert refused.status_code == 400
    assert (title, page.title) == ("Avant", "Après")


def test_a_cut_page_shows_what_came(client):
    application = begin(client, Kind.DECLARE)
    path = reverse("submissions:step", args=[application.key, "action"])
    ours = {"HTTP_ORIGIN": "http://testserver"}

    response = post(client, path, b"title=%C3%80+ne+pas+%3Cb%3E", announced=999, **ours)
    foreign = post(client, path, b"title=%C3%80+ne+pas+%3Cb%3E", announced=999)

    assert response.status_code == 400
    assert "À ne pas &lt;b&gt;</textarea>" in response.text
    assert "À ne pas" not in foreign.text


@pytest.mark.parametrize(
    "environ",
    [{"HTTP_TRANSFER_ENCODING": "chunked"}, {"CONTENT_LENGTH": "-3"}],
    ids=["chunked", "negative"],
)
def test_a_body_without_a_length_is_refused(client, environ):
    response = post(client, reverse("submissions:access"), b"", **environ)

    assert response.status_code == 400
    assert CUT in response.text


def test_a_connection_that_breaks_is_refused(client):
    class Broken(io.BytesIO):
        def read(self, *args):
            raise ConnectionResetError

    response = post(client, "/acces/", b"", announced=10, **{"wsgi.input": Broken()})

    assert response.status_code == 400
    assert CUT in response.text


@pytest.mark.parametrize(("minutes", "status"), [(4, 302), (6, 400)])
def test_a_body_that_lasts_does_not_hold_the_door(client, while_open, minutes, status):
    application = begin(client, Kind.DECLARE)
    path = reverse("submissions:step", args=[application.key, "action"])
    seen = fingerprint(client, application, "action")
    body = urlencode({"seen": seen, "title": "À l’heure"}).encode()
    environ = {
        "wsgi.input": Slow(body, while_open, minutes),
        "HTTP_ORIGIN": "http://testserver",
    }

    response = post(client, path, body, **environ)

    application.refresh_from_db()
    assert response.status_code == status
    assert application.title == ("À l’heure" if status == 302 else "")
    if status == 400:
        assert "À l’heure" in response.text


def test_the_instant_is_that_of_arrival(rf, while_open):
    seen = []

    def view(request):
        seen.append((request.at, request.POST["a"]))
        return HttpResponse()

    arrival = whole_requests.clock.now()
    request = post(rf, "/", b"a=1", **{"wsgi.input": Slow(b"a=1", while_open, 3)})
    RequestInstantMiddleware(SoundRequestMiddleware(view))(request)

    assert seen == [(arrival, "1")]
    assert whole_requests.clock.now() > arrival


@pytest.mark.parametrize(
    "charset", ["utf-7", "unicode_escape", "base64", "latin-1", "x-inconnu", "idna"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_charset_is_refused_by_a_page_in_french(rf, charset, method):
    environ = rf.generic(method, "/acces/?a=%C3%A9+b").environ
    environ["CONTENT_TYPE"] = f"{FORM}; charset={charset}"
    handler = ClientHandler()
    application = whole_requests.utf8_only(lambda environ, start: handler(environ))

    response = application(environ, None)

    assert response.status_code == 400
    assert "Cette demande n’a pas pu être lue" in response.text


@pytest.mark.parametrize("charset", ["utf-8", '"UTF-8"'])
def test_utf8_may_be_named(client, charset):
    content_type = f"{FORM}; charset={charset}"

    response = post(client, "/acces/", b"email=a", content_type=content_type)

    assert response.status_code == 200


def test_a_type_that_is_no_type_is_refused():
    assert whole_requests.is_utf8("") is True
    assert whole_requests.is_utf8("text/plain; charset*=utf-16''utf-16") is False


@pytest.mark.parametrize(
    "query",
    [
        "commune=%00",
        "siege=%00",
        "kind__exact=%00",
        "state__exact=%00",
        "q=%00",
        "adresse=%00&envoi=%00",
        "edition__id__exact=%00",
    ],
)
def test_no_address_asks_for_what_cannot_be_stored(query):
    organiser = team.signed_in(team.member(Role.ORGANISERS))
    path = reverse("admin:submissions_application_changelist")

    response = organiser.get(f"{path}?{query}")

    assert response.status_code == 200
    assert not any("\x00" in value for value in response.wsgi_request.GET.values())


@pytest.mark.parametrize(
    "path",
    ["/acces/%00/", "/candidature/%00/recu/", "/admin/assises/commune/%00/change/"],
)
def test_no_path_asks_for_what_cannot_be_stored(client, path):
    response = client.get(path)

    assert response.status_code == 400
    assert "Cette demande n’a pas pu être lue" in response.text


def test_a_cookie_that_cannot_be_stored_is_as_good_as_absent(client):
    client.cookies["sessionid"] = "\x00" * 32

    assert client.get(reverse("committee:space")).status_code == 302


def test_what_django_refuses_is_said_in_french(client, settings):
    MailFactory()
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    bodies = [b"a=" + b"x" * 2_000, b"&".join(b"a=1" for _ in range(30))]

    pages = [post(client, "/acces/", body) for body in bodies]
    lost = client.get("/acces/", headers={"host": "ailleurs.example"})

    assert [page.status_code for page in [*pages, lost]] == [400, 400, 400]
    assert all("Votre page est trop longue" in page.text for page in pages)
    assert "Cette demande n’a pas pu être lue" in lost.text
    assert "secretariat@example.org" in lost.text
