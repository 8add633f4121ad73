"""Who types another address keeps the answer until that address has been used."""

import pytest
from django.urls import reverse

from assises.models import Kind, Mail
from assises.people import audit
from submissions.answering import corrections
from submissions.models import Application
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]
HERS, NEW = "zoe@example.org", "nouvelle@example.org"


@pytest.fixture
def elsewhere(client):
    """A browser that came by the link of a sent answer, begun in another one."""
    answer = begin(client, Kind.PROPOSE)
    fill_all(client, answer)
    send(client, answer)
    enter(client, HERS)
    browser = type(client)()
    enter(browser, HERS)
    return browser


def correct(browser, email):
    answer = Application.objects.get()
    contact = {**ANSWERS["contact"], "email": email}
    return fill(browser, answer, "contact", contact)


def opens(browser):
    page = reverse("submissions:receipt", args=[Application.objects.get().key])
    return browser.get(page).status_code == 200


def test_who_came_by_a_link_keeps_the_answer_until_the_new_address_is_used(elsewhere):
    again, new = type(elsewhere)(), type(elsewhere)()

    page = correct(elsewhere, NEW)
    kept = opens(elsewhere)
    enter(again, HERS)
    found_again = opens(again)
    enter(new, NEW)

    assert f"Un nouveau lien part à {NEW}" in page.text
    assert f"{HERS} ouvre toujours ce dossier" in page.text
    told = Mail.objects.get(kind="address_replaced", address=HERS)
    assert "fonctionnent encore" in told.body
    assert (kept, found_again) == (True, True)
    assert [opens(browser) for browser in (new, elsewhere, again)] == [
        True,
        False,
        False,
    ]


def test_a_second_slip_of_the_pen_still_leaves_it_to_the_address_in_use(elsewhere):
    correct(elsewhere, "fausse@example.org")
    correct(elsewhere, NEW)

    assert opens(elsewhere)
    assert Application.objects.get().former_email == HERS


def test_who_takes_the_former_address_back_has_it_confirmed(elsewhere):
    correct(elsewhere, NEW)
    correct(elsewhere, HERS)

    answer = Application.objects.get()
    assert (answer.email, answer.former_email) == (HERS, "")
    assert answer.is_confirmed


def test_an_address_that_was_never_used_keeps_nothing(client):
    begin(client, Kind.PROPOSE)

    correct(client, NEW)

    assert Application.objects.get().former_email == ""
    told = Mail.objects.get(kind="address_replaced", address=HERS)
    assert "ne fonctionnent plus" in told.body


def test_an_organiser_who_corrects_the_address_says_whose_it_is(elsewhere):
    correct(elsewhere, NEW)

    corrections.correct(
        Application.objects.get(),
        {"email": "juste@example.org"},
        by=audit.SYSTEM,
        at=WHILE_OPEN,
    )

    assert Application.objects.get().former_email == ""
    assert not opens(elsewhere)


def test_a_slip_corrected_in_a_draft_sends_a_new_link_that_says_it_is_not_sent(client):
    begin(client, Kind.DECLARE, email="fausse@example.org")

    page = correct(client, NEW)
    again = correct(client, NEW)

    told = Mail.objects.get(kind="address_changed", address=NEW).body
    assert f"Un nouveau lien part à {NEW}." in page.text
    assert "nouveau lien" not in again.text
    assert "Votre réponse n’est pas encore envoyée. Vous pouvez l’envoyer" in told
    assert "modifier votre réponse" not in told
