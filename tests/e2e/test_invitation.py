"""From « structures qui ont répondu » to who comes, in real browsers."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.urls import reverse

from assises.guests import invitations
from assises.mail import delivery
from assises.models import Guest, Invitation
from assises.people.permissions import Role
from submissions.reading import respondents
from tests import team
from tests.e2e.gestures import follow
from tests.e2e.test_offer import enter
from tests.factories import WHILE_OPEN, ApplicationFactory, EditionFactory

State = Invitation.State


@pytest.fixture(autouse=True)
def call(settings, live_server):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    settings.SITE_URL = live_server.url
    return EditionFactory(capacity=100)


def open_mailed_link(page):
    """Deliver what waits, and use the link of the last mail as a person does."""
    delivery.deliver_due()
    page.goto(re.search(r"http\S+/acces/\S+", mail.outbox[-1].body)[0])
    follow(page.get_by_role("button", name="Continuer"))


def test_from_the_answers_to_invitations_that_left_in_few_clicks(page, axe):
    ApplicationFactory.create_batch(2, sent=True)
    enter(page, team.member(Role.ORGANISERS))
    page.goto(reverse("admin:index"))

    clicks = 0
    for name in (
        "Inviter les structures qui ont répondu",
        "Préparer les invitations",
        "Envoyer les invitations cochées",
    ):
        role = "link" if clicks == 0 else "button"
        follow(page.get_by_role(role, name=name))
        clicks += 1
        assert axe(page) == []

    assert clicks == 3
    assert Invitation.objects.filter(state=State.SENT).count() == 2
    assert "2 invitations en route" in page.inner_text("main")


@pytest.mark.parametrize("scripts", [True, False])
def test_who_is_invited_answers_on_a_small_phone(open_page, axe, scripts):
    application = ApplicationFactory(sent=True)
    invite(application)
    phone = open_page("small", dark=True, scripts=scripts)

    open_mailed_link(phone)
    phone.get_by_label("Oui, nous venons").check()
    row = phone.get_by_role("group", name="Personne 1")
    row.get_by_label("Nom, ou groupe").fill("élèves de 4e")
    row.get_by_label("Nombre de personnes").fill("2")
    if scripts:
        assert axe(phone) == []
        assert phone.evaluate("document.documentElement.scrollWidth") == 360
    follow(phone.get_by_role("button", name="Enregistrer la réponse"))

    assert "Vous venez." in phone.inner_text("main")
    assert Guest.objects.get().headcount == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_who_has_said_no_comes_after_all(open_page, axe, scripts):
    invite(ApplicationFactory(sent=True))
    phone = open_page("small", scripts=scripts)
    open_mailed_link(phone)
    phone.get_by_label("Non, personne ne vient").check()
    phone.get_by_label("Un mot à l’organisation").fill("Pas cette fois")
    follow(phone.get_by_role("button", name="Enregistrer la réponse"))
    assert "Pas cette fois" in phone.inner_text("main")
    if scripts:
        assert axe(phone) == []

    follow(phone.get_by_role("link", name="Finalement, nous venons"))
    phone.get_by_label("Nom, ou groupe").first.fill("Zoé")
    follow(phone.get_by_role("button", name="Enregistrer la réponse"))

    assert "Vous venez." in phone.inner_text("main")


def test_a_seat_is_handed_over_by_keyboard(page, open_page, axe):
    application = ApplicationFactory(sent=True)
    invite(application)
    open_mailed_link(page)
    page.get_by_label("Oui, nous venons").check()
    page.get_by_role("group", name="Personne 1").get_by_label("Nom, ou groupe").fill(
        "Zoé"
    )
    follow(page.get_by_role("button", name="Enregistrer la réponse"))

    follow(page.get_by_role("link", name="Céder cette place de Zoé"))
    assert axe(page) == []
    page.get_by_label("Adresse électronique de la personne").focus()
    page.keyboard.type("adele@example.org")
    with page.expect_event("domcontentloaded"):
        page.keyboard.press("Enter")
    colleague = open_page("phone")
    open_mailed_link(colleague)
    colleague.get_by_label("Nom, ou groupe").fill("Adèle")
    assert not colleague.get_by_role("button", name="Rendre ma place").is_visible()
    colleague.get_by_text("Je ne viens pas").click()
    assert colleague.get_by_role("button", name="Rendre ma place").is_visible()
    assert axe(colleague) == []
    follow(colleague.get_by_role("button", name="Enregistrer"))

    assert "Zoé a reçu son lien." in page.inner_text("main")
    assert Guest.objects.get().name == "Adèle"


def test_pages_of_the_organiser_have_no_violation(dark_page, axe):
    application = ApplicationFactory(sent=True)
    invitation = invite(application)
    enter(dark_page, team.member(Role.ORGANISERS))

    found = {}
    for address in (
        reverse("admin:assises_invitation_changelist"),
        reverse("admin:assises_invitation_change", args=[invitation.pk]),
        reverse("admin:assises_invitation_add"),
        reverse("admin:assises_invitation_send"),
        reverse("admin:submissions_application_invite"),
    ):
        dark_page.goto(address)
        found[address] = axe(dark_page)

    assert not any(found.values()), found


def test_the_numbers_of_a_reader_have_no_violation(dark_page, axe):
    invite(ApplicationFactory(sent=True))
    enter(dark_page, team.member(Role.READERS))
    dark_page.goto(reverse("admin:index"))

    follow(dark_page.get_by_role("link", name="Les invitations en chiffres"))

    assert "Places données" in dark_page.inner_text("main")
    assert axe(dark_page) == []


def invite(application):
    """Send the invitation of the structure of ``application``."""

    organiser = team.member(Role.ORGANISERS)
    edition = application.edition
    invitations.prepare(
        edition, respondents.wanted(edition), by=organiser, at=WHILE_OPEN
    )
    invitations.send(Invitation.objects.all(), by=organiser, at=WHILE_OPEN)
    return Invitation.objects.get()
