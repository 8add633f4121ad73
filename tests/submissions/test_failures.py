"""A fault of ours shows the text that was typed, and says how to go on."""

import re
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from assises.models import Kind
from submissions.answering import drafts
from tests.answers import ANSWERS, END, begin, fill, fill_all, fingerprint, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def post_title(client, application, seen):
    address = reverse("submissions:step", args=[application.key, "action"])
    typed = {**ANSWERS["action"], "title": "À ne pas <perdre>", "seen": seen, **END}
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


def test_a_page_cut_before_its_last_field_changes_nothing_and_shows_the_text(client):
    application = begin(client, Kind.PROPOSE)
    fill_all(client, application)
    second = {
        "second_first_name": "Inès",
        "second_last_name": "Petit",
        "second_email": "ines@example.org",
    }
    fill(client, application, "contact", {**ANSWERS["contact"], **second})
    send(client, application)
    seen = fingerprint(client, application, "contact")
    address = reverse("submissions:step", args=[application.key, "contact"])

    response = client.post(address, {"seen": seen, "first_name": "À ne pas <perdre>"})

    application.refresh_from_db()
    assert response.status_code == 400
    assert "À ne pas &lt;perdre&gt;" in response.text
    assert application.contact.first_name == "Zoé"
    assert application.second_contact.email == "ines@example.org"
    assert application.snapshots.count() == 1


@pytest.mark.parametrize("page", ["start", "check", "step"])
def test_each_page_ends_by_the_field_that_says_it_is_whole(client, page):
    application = begin(client, Kind.DECLARE)
    addresses = {
        "start": reverse("submissions:start"),
        "check": reverse("submissions:check", args=[application.key]),
        "step": reverse("submissions:step", args=[application.key, "action"]),
    }

    shown = client.get(addresses[page]).text
    response = client.post(addresses[page], {"email": "zoe@example.org"})

    names = re.findall(r'name="(\w+)"', shown.split("<form", 1)[1].split("</form>")[0])
    assert names[-1] == "fin"
    assert response.status_code == 400
    assert "Ce n’est pas enregistré" in response.text
