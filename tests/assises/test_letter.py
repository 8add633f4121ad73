"""The letter for the employer: asked for on a page, made by the worker, given to its people."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Guest, Job, Paper
from assises.papers import shelf, typesetting
from assises.work import housekeeping, jobs
from tests.assises.test_invitation_page import answer, entered, page_of, row
from tests.assises.test_typesetting import text_of
from tests.factories import WHILE_OPEN, ContactFactory, InvitationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


@pytest.fixture
def invitation():
    contact = ContactFactory(email_confirmed_at=WHILE_OPEN)
    return InvitationFactory(
        sent=True, seats=3, structure=contact.structure, contact=contact
    )


@pytest.fixture
def client(invitation):
    return entered(invitation.contact.email, invitation.key)


@pytest.fixture
def guest(client, invitation):
    answer(client, invitation, row(0, "Claire Dupont", function="professeure"))
    return Guest.objects.get()


@pytest.fixture
def address(invitation, guest):
    return reverse("assises:letter", args=[invitation.key, guest.key])


def test_a_letter_is_asked_for_made_by_the_worker_and_given(
    client, invitation, address, guest
):
    assert address in client.get(page_of(invitation)).text
    assert "Préparer le document" in client.get(address).text

    waiting = client.post(address, follow=True)
    assert "se prépare" in waiting.text
    assert waiting["Refresh"] == "2"

    jobs.run_next(WHILE_OPEN)
    ready = client.get(address)
    assert "est prêt" in ready.text
    assert "Refresh" not in ready
    given = client.get(address, {"fichier": 1})
    assert given["Content-Type"] == "application/pdf"
    assert "no-store" in given["Cache-Control"]
    told = text_of(given.content)
    assert "Claire Dupont, professeure, pour" in told
    assert str(invitation.structure) in told
    assert "jeudi 21 octobre 2027" in told
    assert "Présence prévue : le matin, au déjeuner" in told


def test_a_letter_is_kept_until_what_it_tells_changes(client, address, guest):
    client.post(address)
    jobs.run_next(WHILE_OPEN)
    client.post(address)
    assert Job.objects.filter(state=Job.State.QUEUED).count() == 1

    jobs.run_next(WHILE_OPEN)
    Guest.objects.update(name="Claire Martin")

    assert "Préparer le document" in client.get(address).text
    assert client.get(address, {"fichier": 1}).url == address


def test_a_letter_asked_for_twice_is_made_once(client, address):
    client.post(address)
    client.post(address)

    assert jobs.run_next(WHILE_OPEN)
    assert not jobs.run_next(WHILE_OPEN)


def test_nobody_else_has_the_letter(client, invitation, address, guest):
    client.post(address)
    jobs.run_next(WHILE_OPEN)
    stranger = entered("autre@example.org")

    for asked in ({}, {"fichier": 1}):
        assert stranger.get(address, asked).status_code == 404
        assert Client().get(address, asked).status_code == 302
    assert stranger.post(address).status_code == 404
    guessed = reverse("assises:seat-letter", args=[guest.key])
    assert stranger.get(guessed).status_code == 404
    assert client.get(guessed).status_code == 404


def test_who_was_given_a_seat_has_their_letter_alone(
    client, invitation, address, guest
):
    Guest.objects.update(handed_at=WHILE_OPEN, email="a@example.org")
    colleague = entered("a@example.org", guest.key)
    own = reverse("assises:seat-letter", args=[guest.key])

    assert own in colleague.get(colleague.landed).text
    assert "Préparer le document" in colleague.get(own).text
    assert colleague.get(address).status_code == 404
    assert client.get(address).status_code == 404


def test_who_comes_no_more_has_no_letter(client, invitation, address):
    client.post(address)
    answer(client, invitation, coming="non")

    assert jobs.run_next(WHILE_OPEN)
    assert not Paper.objects.exists()
    assert client.get(address).status_code == 404


def test_a_letter_that_cannot_be_made_says_so_and_may_be_asked_for_again(
    client, address, monkeypatch
):
    client.post(address)
    with monkeypatch.context() as broken:
        broken.setattr(typesetting, "LONGEST", 0.001)
        later = WHILE_OPEN
        for _ in range(jobs.MAX_TRIES):
            jobs.run_next(later)
            later += timedelta(days=1)
    assert "n’a pas pu être fait" in client.get(address).text

    client.post(address)
    jobs.run_next(WHILE_OPEN)
    assert "est prêt" in client.get(address).text


def test_a_letter_is_thrown_away_after_a_week(client, address):
    client.post(address)
    jobs.run_next(WHILE_OPEN)

    housekeeping.run(WHILE_OPEN + timedelta(days=6))
    assert Paper.objects.exists()
    housekeeping.run(WHILE_OPEN + timedelta(days=8))
    assert not Paper.objects.exists()
    assert "Préparer le document" in client.get(address).text


@pytest.mark.parametrize("more", [0, 2])
def test_queries_of_the_page_of_a_letter(
    client, invitation, address, more, django_assert_num_queries
):
    for name in ("Un", "Deux")[:more]:
        Guest.objects.create(invitation=invitation, name=name)
    client.post(address)
    jobs.run_next(WHILE_OPEN)
    client.get(address)

    with django_assert_num_queries(7):
        client.get(address)


def test_every_paper_declared_has_its_template():
    kinds = shelf.declared()

    assert "assises.letter" in kinds
    root = typesetting.settings.BASE_DIR / "templates/papers"
    assert all((root / f"{kind.template}.typ").exists() for kind in kinds.values())
