"""No axe violation on any page of the form, in any state, at both widths, light and dark."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from assises.models import Kind
from submissions.answering import steps
from submissions.models import Application
from tests.answers import link_of_last_mail, save_elsewhere
from tests.e2e.gestures import follow
from tests.factories import (
    CLOSES_AT,
    INVENTORY_CLOSES_AT,
    WHILE_OPEN,
    ApplicationFactory,
    EditionFactory,
    PageFactory,
    PartnerFactory,
    StructureFactory,
)


@pytest.fixture(autouse=True)
def call(settings):
    travel(settings, WHILE_OPEN)
    PartnerFactory(name="Planète Sciences")
    PageFactory(slug="faq", title="Questions fréquentes")
    StructureFactory(listed=True, name="Musée Démo des étoiles")
    return EditionFactory()


def travel(settings, moment):
    settings.CLOCK_SHIFT = moment - datetime.now(UTC)  # noqa: TID251


def sign_in(page, email):
    page.goto(f"/acces/{link_of_last_mail(email)}/")
    follow(page.get_by_role("button", name="Continuer"))


def looked_at(page, axe, addresses):
    """Visit each address; return ``{address: violations}`` for those that have any."""
    found = {}
    for address in addresses:
        page.goto(address)
        if violations := axe(page):
            found[address] = violations
    return found


def test_public_pages(page, axe):
    ApplicationFactory.create_batch(3, declared=True, sent=True, kind=Kind.DECLARE)

    found = looked_at(
        page,
        axe,
        [
            "/",
            "/appel/",
            "/contact/",
            "/candidature/",
            "/acces/",
            "/pages/faq/",
            "/confidentialite/",
            "/accessibilite/",
            "/mentions-legales/",
            "/plan-du-site/",
            "/n-existe-pas/",
            f"/acces/{'x' * 43}/",
        ],
    )

    assert found == {}


def test_steps_empty_and_in_error(page, axe):
    empty = ApplicationFactory(email="vide@example.org", kind=Kind.PROPOSE)
    wrong = ApplicationFactory(
        email="vide@example.org",
        kind=Kind.PROPOSE,
        typed={
            "structure": {"siret": ["123"], "name": ["x" * 121]},
            "contact": {"phone": ["1"], "second_email": ["a@"]},
            "action": {
                "pitch": ["é" * 214],
                "axes": ["inconnu"],
                "ends": ["31/02/2027"],
            },
            "territoire": {"communes": ["00000"]},
            "matinee": {"takeaway": ["é" * 700], "availability": ["?"]},
            "public": {"seeks": ["é" * 301]},
        },
    )
    sign_in(page, "vide@example.org")

    found = looked_at(
        page,
        axe,
        [
            reverse("submissions:step", args=[application.key, slug])
            for application in (empty, wrong)
            for slug in steps.PATHS[Kind.PROPOSE]
        ]
        + [
            reverse(name, args=[application.key])
            for application in (empty, wrong)
            for name in ("submissions:check", "submissions:discard")
        ],
    )

    assert found == {}


def test_answers_in_every_state(page, axe, settings):
    hers = {"email": "zoe@example.org", "email_confirmed_at": WHILE_OPEN}
    sent = ApplicationFactory(proposed=True, sent=True, **hers)
    ApplicationFactory(**hers)
    ApplicationFactory(
        complete=True,
        state=Application.State.WITHDRAWN,
        withdrawn_at=WHILE_OPEN,
        **hers,
    )
    draft = ApplicationFactory(proposed=True, **hers)
    ApplicationFactory.create_batch(2, declared=True, email="zoe@example.org")
    sign_in(page, "zoe@example.org")
    while_open = [
        reverse("committee:space"),
        reverse("submissions:start"),
        reverse("submissions:receipt", args=[sent.key]),
        reverse("submissions:withdraw", args=[sent.key]),
        reverse("submissions:step", args=[sent.key, "action"]),
        reverse("submissions:check", args=[draft.key]),
    ]

    found = looked_at(page, axe, while_open)
    travel(settings, CLOSES_AT + timedelta(days=1))
    found |= looked_at(page, axe, [reverse("submissions:check", args=[draft.key])])
    travel(settings, INVENTORY_CLOSES_AT + timedelta(days=1))
    found |= looked_at(
        page,
        axe,
        [
            "/",
            reverse("submissions:start"),
            reverse("committee:space"),
            reverse("submissions:receipt", args=[sent.key]),
            reverse("submissions:check", args=[draft.key]),
        ],
    )

    assert found == {}


def test_refusals(page, axe):
    draft = ApplicationFactory(
        declared=True, kind=Kind.DECLARE, email="zoe@example.org"
    )
    sign_in(page, "zoe@example.org")
    found = {}

    page.goto(reverse("submissions:step", args=[draft.key, "action"]))
    save_elsewhere(draft, "action", title="Changé entre-temps")
    page.get_by_label("Titre").fill("Mon titre")
    follow(page.get_by_role("button", name="Enregistrer et continuer"))
    found["conflict"] = axe(page)
    assert "modifiée entre-temps" in page.locator("main").inner_text()
    page.goto(reverse("submissions:step", args=[draft.key, "action"]))
    page.get_by_label("Titre").fill("Texte à ne pas perdre")
    page.context.clear_cookies(name="sessionid")
    follow(page.get_by_role("button", name="Enregistrer et continuer"))
    found["lost"] = axe(page)
    assert "Texte à ne pas perdre" in page.locator("main").inner_html()
    page.goto("/acces/")
    follow(page.get_by_role("button", name="Recevoir un lien"))
    found["access error"] = axe(page)
    page.get_by_label("Votre adresse électronique").fill("zoe@example.org")
    follow(page.get_by_role("button", name="Recevoir un lien"))
    found["access sent"] = axe(page)
    page.goto(f"/acces/{'x' * 43}/")
    follow(page.get_by_role("button", name="Continuer"))
    found["link refused"] = axe(page)

    assert not any(found.values()), found


def test_without_an_edition(page, axe, call):
    call.is_current = False
    call.save()

    found = looked_at(
        page, axe, ["/", "/appel/", "/contact/", "/candidature/", "/mentions-legales/"]
    )

    assert found == {}
