"""An answer dictated by telephone says who typed it, and is confirmed by its person alone."""

import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assises.models import Event, Kind, Mail
from assises.people.permissions import Role
from submissions.forms.contact import ContactForm
from submissions.models import Application
from tests import factories, team
from tests.answers import enter, fill_all, send
from tests.submissions.desk import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

URL = reverse("admin:submissions_application_dictate")


def dictate(client, kind=Kind.DECLARE, **typed):
    """Begin to type for somebody else, and return the answer and where one lands."""
    start_key = str(uuid.uuid4())
    response = client.post(
        URL,
        {"email": "zoe@example.org", "kind": kind, "start_key": start_key, **typed},
    )
    return Application.objects.order_by("-pk").first(), response


@pytest.mark.usefixtures("while_open")
def test_it_is_typed_by_an_organiser_and_confirmed_in_one_click(organiser, me):
    application, begun = dictate(organiser)
    fill_all(organiser, application)

    receipt = send(organiser, application)
    before = Application.objects.get()
    enter(Client(), "zoe@example.org")
    after = Application.objects.get()

    assert begun.url == reverse("submissions:step", args=[application.key, "structure"])
    assert (before.state, before.typed_by, before.is_confirmed) == ("sent", me, False)
    assert (after.typed_by, after.is_confirmed) == (me, True)
    assert [event.user for event in Event.objects.order_by("pk")[:2]] == [me, me]
    assert page(before) in receipt.text
    mail = Mail.objects.get()
    assert (mail.kind, mail.link_email) == ("application_received", "zoe@example.org")
    assert "Nous avons saisi votre réponse pour vous." in mail.body


@pytest.mark.usefixtures("while_open")
def test_its_dossier_says_who_typed_it(organiser, me):
    application, _ = dictate(organiser)

    facts = organiser.get(page(application)).context["facts"]

    assert ("Saisie par", str(me)) in facts


@pytest.mark.usefixtures("while_open")
def test_two_clicks_begin_one_answer(organiser):
    start_key = str(uuid.uuid4())

    for _ in range(2):
        dictate(organiser, start_key=start_key)

    assert (Application.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.usefixtures("while_open")
def test_an_answer_of_nobody_else_says_that_it_was_noted(organiser):
    application = factories.ApplicationFactory(sent=True)

    facts = dict(organiser.get(page(application)).context["facts"])

    assert "Saisie par" not in facts


def test_what_came_before_the_closing_is_typed_after_it(me):
    with time_machine.travel(factories.ASKED_AT, tick=False):
        organiser = team.signed_in(me)
        shown = organiser.get(URL)
        application, _ = dictate(organiser, Kind.PROPOSE)
        fill_all(organiser, application)
        send(organiser, application)

    application.refresh_from_db()
    assert "L’appel est clos." in shown.text
    assert application.is_sent
    assert str(application.editable_until) == "2027-06-10 22:00:00+00:00"


@pytest.mark.usefixtures("while_open")
def test_nobody_else_types_for_another_person(reader, client):
    for browser in (reader, client):
        dictate(browser)

    assert not Application.objects.exists()


@pytest.mark.usefixtures("while_open")
def test_first_page_speaks_to_who_types_for_somebody_else(organiser):
    shown = organiser.get(URL).text
    refused = organiser.post(URL, {"start_key": str(uuid.uuid4())}).text

    main = shown.partition("<main")[2]
    assert "Pour venir aux Assises, sans décrire d’action." in main
    assert "Sans adresse à elle, celle de sa structure convient." in main
    assert "Vous venez" not in main
    assert "Indiquez l’adresse électronique de la personne." in refused
    assert "Choisissez ce que souhaite cette personne." in refused


@pytest.mark.usefixtures("while_open")
def test_every_step_tells_who_types_for_somebody_else(organiser):
    application, begun = dictate(organiser)
    addresses = [
        begun.url,
        reverse("submissions:step", args=[application.key, "contact"]),
        reverse("submissions:check", args=[application.key]),
    ]

    pages = [organiser.get(address).text for address in addresses]

    for text in pages:
        assert text.count("Vous saisissez pour zoe@example.org.") == 1
        assert f'href="{page(application)}"' in text
        assert "Lien envoyé à" not in text
        assert "Le lien pour revenir est dans la boîte" not in text


@pytest.mark.usefixtures("while_open")
def test_name_and_telephone_of_who_dictates_are_in_sight(organiser):
    application, _ = dictate(organiser)
    own = factories.ApplicationFactory()

    dictated, usual = (
        [
            name
            for name in ContactForm(application=row).layout()
            if isinstance(name, str)
        ]
        for row in (application, own)
    )

    assert dictated == ["first_name", "last_name", "email", "phone"]
    assert usual == ["first_name", "last_name", "email"]


@pytest.mark.usefixtures("while_open")
def test_its_person_is_not_told_to_type_for_herself(organiser):
    application, _ = dictate(organiser)
    fill_all(organiser, application)
    send(organiser, application)
    browser = team.signed_in(team.member(Role.MEMBERS))
    enter(browser, "zoe@example.org")

    shown = browser.get(reverse("submissions:step", args=[application.key, "contact"]))

    assert "Vous saisissez pour" not in shown.text
    assert "Le lien pour revenir est dans la boîte zoe@example.org" in shown.text
