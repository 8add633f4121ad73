"""From the committee's question to a proposal, in real browsers, by mouse and without script."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.urls import reverse

from assises.mail import delivery
from assises.models import Kind
from assises.people.permissions import Role
from submissions.models import Application
from submissions.offers import asking
from tests.answers import link_of_last_mail, save_elsewhere
from tests.e2e.gestures import follow
from tests.factories import (
    ASKED_AT,
    ASKED_UNTIL,
    EditionFactory,
    PartnerFactory,
    declared_action,
)
from tests.offers import MISSING, address
from tests.team import member, signed_in

OFFERS = "/admin/comite/proposer/"


@pytest.fixture(autouse=True)
def call(settings, live_server):
    """The call has closed; links lead to the live server."""
    settings.CLOCK_SHIFT = ASKED_AT - datetime.now(UTC)  # noqa: TID251
    settings.SITE_URL = live_server.url
    PartnerFactory(name="Planète Sciences")
    return EditionFactory()


def enter(page, user):
    """Give the page the session of ``user``, signed in by both proofs."""
    page.goto("/")
    cookie = signed_in(user).cookies[django_settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": page.url}]
    )


def open_link(page):
    """Deliver what waits, and use the link of the last mail as a person does."""
    delivery.deliver_due()
    page.goto(re.search(r"http\S+/acces/\S+", mail.outbox[-1].body)[0])
    follow(page.get_by_role("button", name="Continuer"))


def fill(page):
    for name, typed in MISSING.items():
        if name == "availability":
            page.get_by_label("Oui", exact=True).check()
        else:
            page.locator(f"[name={name}]").fill(typed)


@pytest.mark.parametrize("scripts", [True, False])
def test_an_organiser_asks_and_the_bearer_proposes(open_page, scripts):
    application = declared_action(title="L’œuf d’Étiolles", email="zoe@example.org")
    desk, home = (open_page(scripts=scripts) for _ in range(2))
    enter(desk, member(Role.ORGANISERS))

    desk.goto("/admin/")
    follow(desk.get_by_role("link", name="Proposer à une structure de présenter"))
    desk.get_by_label("Rechercher").fill("étiolles")
    follow(desk.get_by_role("button", name="Chercher"))
    follow(desk.get_by_role("link", name="L’œuf d’Étiolles"))
    preview = desk.locator(".letter").inner_text()
    follow(desk.get_by_role("button", name="Envoyer cette proposition"))
    asked = desk.locator("main").inner_text()
    open_link(home)
    follow(home.get_by_role("button", name="Proposer cette action pour la matinée"))
    refused = home.locator("main").inner_text()
    fill(home)
    follow(home.get_by_role("button", name="Proposer cette action pour la matinée"))
    home.wait_for_url("**/recu/")

    application.refresh_from_db()
    sent = mail.outbox[0].body.split("\n")
    assert [line for line in sent if line and "/acces/" not in line] == [
        line for line in preview.split("\n") if line and "lien personnel," not in line
    ]
    assert "demandé le 10/06/2027, jusqu’au 24/06/2027" in asked
    assert "Des réponses sont à corriger" in refused
    assert application.kind == Kind.PROPOSE
    assert application.takeaway == MISSING["takeaway"]
    assert (
        "Votre action est proposée pour la matinée" in home.locator("main").inner_text()
    )


def test_the_bearer_says_no_in_one_click(page):
    application = declared_action(asked=True, email="zoe@example.org")
    page.goto(f"/acces/{link_of_last_mail('zoe@example.org')}/")
    follow(page.get_by_role("button", name="Continuer"))
    page.goto(address(application))
    follow(page.get_by_role("button", name="Ne pas présenter cette action"))
    page.wait_for_url("**/recu/")

    application.refresh_from_db()
    assert application.has_declined_to_present


@pytest.mark.parametrize("scripts", [True, False])
def test_the_bearer_changes_her_mind(open_page, axe, scripts):
    application = declared_action(email="zoe@example.org")
    asking.ask_to_present(application, ASKED_UNTIL.date(), by="le site", at=ASKED_AT)
    page = open_page(scripts=scripts)
    page.goto(f"/acces/{link_of_last_mail('zoe@example.org')}/")
    follow(page.get_by_role("button", name="Continuer"))
    follow(page.get_by_role("button", name="Ne pas présenter cette action"))
    page.wait_for_url("**/recu/")
    found = axe(page) if scripts else None
    follow(page.get_by_role("button", name="Revoir la proposition du comité"))
    page.wait_for_url("**/matinee/")
    fill(page)
    follow(page.get_by_role("button", name="Proposer cette action pour la matinée"))
    page.wait_for_url("**/recu/")

    application.refresh_from_db()
    assert not found
    assert application.kind == Kind.PROPOSE


def test_pages_of_the_bearer_without_violation(page, axe):
    application = declared_action(asked=True, email="zoe@example.org", title="é" * 100)
    page.goto(f"/acces/{link_of_last_mail('zoe@example.org')}/")
    follow(page.get_by_role("button", name="Continuer"))
    found = {"space": axe(page)}
    page.goto(reverse("submissions:receipt", args=[application.key]))
    found["receipt"] = axe(page)
    page.goto(address(application))
    found["page"] = axe(page)
    page.locator("[name=takeaway]").fill("é" * 700)
    follow(page.get_by_role("button", name="Proposer cette action"))
    page.wait_for_selector(".summary")
    found["errors"] = axe(page)
    save_elsewhere(application, "action", description="Écrit ailleurs")
    fill(page)
    follow(page.get_by_role("button", name="Proposer cette action"))
    page.wait_for_selector("text=modifiée entre-temps")
    found["conflict"] = axe(page)
    Application.objects.update(asked_to_present_at=None)
    follow(page.get_by_role("button", name="Proposer cette action"))
    page.wait_for_selector("text=Ce n’est pas enregistré")
    found["over"] = axe(page)

    assert not any(found.values()), found


def test_pages_of_the_organiser_without_violation(page, axe):
    application = declared_action(title="Mot" * 33)
    declared_action(asked=True)
    enter(page, member(Role.ORGANISERS))
    found = {}
    for name, path in {
        "list": OFFERS,
        "found nothing": f"{OFFERS}?q=introuvable",
        "asked": f"{OFFERS}?etat=demandees",
        "answer": reverse(
            "admin:submissions_application_change", args=[application.pk]
        ),
        "one": reverse("screens:offer", args=[application.pk]),
    }.items():
        page.goto(path)
        found[name] = axe(page)
    page.get_by_label("Dernier jour pour répondre").fill("2027-07-01")
    follow(page.get_by_role("button", name="Envoyer cette proposition"))
    page.wait_for_selector("text=Rien n’est encore parti")
    found["day changed"] = axe(page)
    page.get_by_label("Dernier jour pour répondre").fill("2027-06-01")
    follow(page.get_by_role("button", name="Envoyer cette proposition"))
    page.wait_for_selector(".summary")
    found["error"] = axe(page)
    page.get_by_label("Dernier jour pour répondre").fill("2027-06-24")
    follow(page.get_by_role("button", name="Envoyer cette proposition"))
    page.get_by_role("button", name="Annuler la demande").wait_for()
    found["sent"] = axe(page)

    assert not any(found.values()), found
