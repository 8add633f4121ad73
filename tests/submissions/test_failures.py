"""A fault of ours shows the text that was typed, and says how to go on."""

from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.urls import reverse

from assises.models import Kind
from submissions.answering import drafts, holding
from tests.answers import ANSWERS, begin, fingerprint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def post_title(client, application, seen):
    address = reverse("submissions:step", args=[application.key, "action"])
    typed = {**ANSWERS["action"], "title": "À ne pas <perdre>", "seen": seen}
    return client.post(address, typed)


def test_a_database_that_refuses_a_write_shows_the_text(client, monkeypatch):
    application = begin(client, Kind.DECLARE)
    seen = fingerprint(client, application, "action")

    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(drafts, "save_step", locked)
    response = post_title(client, application, seen)

    assert response.status_code == 503
    assert "À ne pas &lt;perdre&gt;" in response.text
    assert "Ce n’est pas enregistré" in response.text


@pytest.mark.parametrize("fault", [OperationalError, IntegrityError])
def test_a_database_that_refuses_a_first_screen_shows_the_address(
    client, monkeypatch, fault
):
    def refused(**values):
        raise fault("not this row")

    monkeypatch.setattr(drafts, "_create_draft", refused)
    typed = {"email": "tape@example.org", "kind": "declare", "start_key": ""}
    response = client.post(reverse("submissions:start"), typed)

    assert response.status_code == 503
    assert "tape@example.org" in response.text


def test_an_answer_that_never_stays_as_it_was_read_shows_the_text(client, monkeypatch):
    application = begin(client, Kind.DECLARE)
    seen = fingerprint(client, application, "action")
    tries = []

    def stale(*args, **kwargs):
        tries.append(args)
        raise holding.StaleError

    monkeypatch.setattr(drafts, "save_step", stale)
    response = post_title(client, application, seen)

    assert (response.status_code, len(tries)) == (409, 3)
    assert "À ne pas &lt;perdre&gt;" in response.text


def test_a_database_that_is_gone_shows_the_text(client):
    application = begin(client, Kind.DECLARE)
    seen = fingerprint(client, application, "action")

    def gone(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(gone):
        response = post_title(client, application, seen)

    assert response.status_code == 503
    assert "À ne pas &lt;perdre&gt;" in response.text
    assert "secretariat@example.org" in response.text


def test_a_session_that_ended_shows_the_text(client):
    application = begin(client, Kind.DECLARE)
    seen = fingerprint(client, application, "action")
    client.cookies.clear()

    response = post_title(client, application, seen)

    assert response.status_code == 404
    assert "À ne pas &lt;perdre&gt;" in response.text
    assert reverse("submissions:access") in response.text


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        ("structure", {"name"}),
        ("contact", {"first_name", "last_name", "email", "phone"}),
        ("action", {"title", "pitch", "description"}),
        ("territoire", set()),
        ("matinee", {"takeaway", "transferable", "presenters"}),
        ("public", {"difficulty"}),
    ],
)
def test_an_expired_token_shows_the_typed_texts_of_a_step_and_nothing_else(
    client, step, shown
):
    application = begin(client, Kind.PROPOSE)
    seen = fingerprint(client, application, step)
    client.handler.enforce_csrf_checks = True
    address = reverse("submissions:step", args=[application.key, step])
    typed = {**ANSWERS[step], "seen": seen, "csrfmiddlewaretoken": "old"}

    response = client.post(
        address,
        urlencode(typed, doseq=True),
        content_type="application/x-www-form-urlencoded",
        headers={"origin": "http://testserver"},
    )

    texts = dict(response.context["typed"])
    assert sorted(texts.values()) == sorted(ANSWERS[step][name] for name in shown)
    assert ("<h2>Ce que vous avez tapé</h2>" in response.text) is bool(shown)
    assert f'name="seen" value="{seen}"' in response.text


def test_an_expired_token_shows_the_text_ready_to_leave(client):
    application = begin(client, Kind.DECLARE)
    client.handler.enforce_csrf_checks = True
    address = reverse("submissions:step", args=[application.key, "action"])

    response = client.post(
        address,
        "title=%C3%80+ne+pas+perdre&seen=x&csrfmiddlewaretoken=old",
        content_type="application/x-www-form-urlencoded",
        headers={"origin": "http://testserver"},
    )

    assert response.status_code == 403
    assert 'name="title"' in response.text
    assert "À ne pas perdre" in response.text
    application.refresh_from_db()
    assert application.title == ""
