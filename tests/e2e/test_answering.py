"""Answering the call in a real browser, as an association would."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from assises.mail import delivery
from assises.models import Commune, Kind
from submissions.answering import steps
from submissions.models import Application
from submissions.questions.index import needed_for
from tests.answers import ANSWERS
from tests.e2e.gestures import follow, validate
from tests.factories import WHILE_OPEN, EditionFactory, PartnerFactory, StructureFactory

CONTINUE = "button:has-text('Enregistrer et continuer')"


@pytest.fixture(autouse=True)
def call(settings, live_server):
    """The call is open, and links lead to the live server."""
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    settings.SITE_URL = live_server.url
    PartnerFactory(name="Planète Sciences")
    StructureFactory(listed=True, name="Musée Démo des étoiles")
    return EditionFactory()


def begin(page, kind, email="zoe@example.org"):
    page.goto("/")
    follow(page.get_by_role("link", name="Répondre à l’appel").first)
    page.get_by_label("Votre adresse électronique").fill(email)
    page.get_by_label(Kind(kind).label, exact=True).check()
    follow(page.get_by_role("button", name="Commencer"))


def answer_step(page, slug):
    """Type the answers of one step, whatever the kind of its fields."""
    for name, typed in ANSWERS[slug].items():
        for value in typed if isinstance(typed, list) else [typed]:
            type_into(page, name, value)


def type_into(page, name, value):
    field = page.locator(f"[name={name}]")
    if not field.count():
        return  # This door does not ask it.
    kind = field.first.evaluate("field => field.type || field.tagName.toLowerCase()")
    if kind == "select-one":
        field.select_option(value)
    elif kind in {"radio", "checkbox"}:
        page.locator(f"[name={name}][value='{value}']").or_(
            page.locator(f"[name={name}]:not([value])")
        ).first.check()
    elif field.first.is_visible():
        field.fill(value)
    else:
        page.locator("summary", has_text="Ajouter des précisions").click()
        field.fill(value)


def answer_all(page, kind):
    begin(page, kind)
    for slug in steps.PATHS[kind]:
        answer_step(page, slug)
        if slug != steps.LAST:
            follow(page.locator(CONTINUE))


def link_in_last_mail():
    delivery.deliver_due(WHILE_OPEN + timedelta(hours=1), limit=20)
    return re.search(r"http\S+/acces/\S+", mail.outbox[-1].body)[0]


@pytest.mark.parametrize("kind", Kind)
def test_each_door_leads_to_its_receipt(page, kind):
    answer_all(page, kind)
    follow(page.get_by_role("button", name="Envoyer"))

    application = Application.objects.get()
    assert page.locator("h1").inner_text() == "Votre réponse est reçue"
    assert page.locator(".reference").inner_text() == application.reference
    assert application.state == Application.State.SENT
    if kind == Kind.PROPOSE:
        assert application.title == ANSWERS["action"]["title"]
        assert application.description == ANSWERS["action"]["description"].replace(
            "\r\n", "\n"
        )
        assert application.structure.name == ANSWERS["structure"]["name"]
        assert application.contact.first_name == ANSWERS["contact"]["first_name"]


def test_everything_works_without_scripts(page_without_scripts):
    page = page_without_scripts

    answer_all(page, Kind.PROPOSE)
    follow(page.get_by_role("button", name="Envoyer"))

    assert page.locator("h1").inner_text() == "Votre réponse est reçue"
    assert Application.objects.get().sent_at is not None


def test_the_mailed_link_opens_the_answer_on_a_second_browser(page, open_page):
    answer_all(page, Kind.DECLARE)
    follow(page.get_by_role("button", name="Envoyer"))

    phone = open_page("phone")
    phone.goto(link_in_last_mail())
    follow(phone.get_by_role("button", name="Continuer"))
    follow(phone.get_by_role("link", name="Relire ou modifier"))
    follow(phone.get_by_role("link", name="Modifier : Votre action"))
    phone.get_by_label("Titre").fill("Un titre amendé à Étiolles")
    follow(phone.get_by_role("button", name="Enregistrer les modifications"))

    application = Application.objects.get()
    assert application.title == "Un titre amendé à Étiolles"
    assert application.snapshots.count() == 2
    assert "Vos modifications sont enregistrées" in phone.locator("main").inner_text()
    assert application.contact.email_confirmed_at is not None


def test_keyboard_alone_is_enough(page):
    page.goto("/candidature/")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("zoe@example.org")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    validate(page)
    page.wait_for_url("**/structure/*")
    page.locator("#contenu").focus()
    tab_to(page, "name")
    page.keyboard.type("Association Démo Comète")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    tab_to(page, "")
    validate(page)
    page.wait_for_url("**/contact/*")

    application = Application.objects.get()
    typed = {
        "name": ["Association Démo Comète"],
        "kind": ["association"],
        "seat": [Commune.objects.get(name="Bondoufle").pk],
    }
    assert skip == "Aller au contenu"
    assert application.kind == Kind.PARTICIPATE
    assert application.typed["structure"] | typed == application.typed["structure"]


def tab_to(page, name):
    """Press Tab until the field ``name``, or the button that continues, has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "[document.activeElement.name || '', document.activeElement.tagName,"
            " document.activeElement.type]"
        )
        if (name and found[0] == name) or (not name and found[2] == "submit"):
            return
    pytest.fail(f"no way to {name or 'the button'} with Tab")


def test_an_error_is_focused_announced_and_linked(page):
    begin(page, Kind.DECLARE)
    page.goto(page.url.replace("structure", "action"))
    page.get_by_label("En une phrase").fill("é" * 214)
    follow(page.locator(CONTINUE))

    summary = page.get_by_role("alert")
    assert page.title().startswith("Erreur\u00a0: ")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    field = page.get_by_label("En une phrase")
    described = field.get_attribute("aria-describedby").split()
    expect(field).to_be_focused()
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator(f"#{described[1]}").inner_text().endswith("14 de trop.")
    assert (
        page.locator(".count.over").inner_text()
        == "214 sur 200, 14\u00a0caractères de trop"
    )


def test_the_counter_counts_as_the_server_does(page):
    begin(page, Kind.DECLARE)
    page.goto(page.url.replace("structure", "action"))

    page.get_by_label("Titre").fill("  🚀é\u200d👩 ")

    assert page.locator("#id_title_count").inner_text() == "4 sur 100"


@pytest.mark.parametrize("slug", steps.PATHS[Kind.PROPOSE])
def test_the_first_field_of_each_step_is_on_the_first_screen_of_a_phone(phone, slug):
    begin(phone, Kind.PROPOSE)
    phone.goto(phone.url.replace("structure", slug))

    field = phone.locator(
        "main form :is(input:not([type=hidden]), select, textarea)"
    ).first
    box = field.bounding_box()
    assert box["y"] + box["height"] <= phone.viewport_size["height"]
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= phone.viewport_size["width"]


def test_double_clicks_make_one_answer_and_one_receipt(page):
    page.goto("/candidature/")
    page.get_by_label("Votre adresse électronique").fill("zoe@example.org")
    page.get_by_label("Participer").check()
    page.get_by_role("button", name="Commencer").dblclick()
    page.wait_for_url("**/structure/")
    for slug in steps.PATHS[Kind.PARTICIPATE]:
        answer_step(page, slug)
        if slug != steps.LAST:
            follow(page.locator(CONTINUE))
    page.get_by_role("button", name="Envoyer").dblclick()
    page.wait_for_url("**/recu/")

    application = Application.objects.get()
    assert application.snapshots.count() == 1


def test_typed_text_survives_the_back_button(page):
    begin(page, Kind.DECLARE)
    answer_step(page, "structure")
    follow(page.locator(CONTINUE))
    page.go_back()

    assert (
        page.get_by_label("Nom de la structure").input_value()
        == (ANSWERS["structure"]["name"])
    )


class Counted:
    """A visitor whose every field, box and button is a tap, and every page a page."""

    def __init__(self, page):
        self.page, self.taps, self.pages = page, 0, 1

    def answer(self, slug):
        """Answer what this kind cannot be sent without, and is not answered yet."""
        for name in sorted(needed_for(self.kind) & ANSWERS[slug].keys()):
            typed = ANSWERS[slug][name]
            value = typed[0] if isinstance(typed, list) else typed
            field = self.page.locator(f"[name={name}]")
            boxes = field.first.evaluate("field => /radio|checkbox/.test(field.type)")
            done = field.and_(self.page.locator(":checked")).count()
            if not (done if boxes else field.input_value()):
                type_into(self.page, name, value)
                self.taps += 1

    def go_on(self, button):
        follow(button)
        self.taps, self.pages = self.taps + 1, self.pages + 1

    def send(self, kind):
        self.kind = kind
        self.page.goto(
            f"/candidature/?kind={kind.value}"
        )  # The doors of the home page.
        self.page.get_by_label("Votre adresse électronique").fill("zoe@example.org")
        self.taps += 1
        self.go_on(self.page.get_by_role("button", name="Commencer"))
        for slug in steps.PATHS[kind]:
            if slug != steps.LAST:
                self.answer(slug)
                self.go_on(self.page.locator(CONTINUE))
        self.go_on(self.page.get_by_role("button", name="Envoyer"))
        return self.pages, self.taps


@pytest.mark.parametrize(
    ("kind", "pages", "taps"),
    [(Kind.PARTICIPATE, 5, 9), (Kind.DECLARE, 7, 17), (Kind.PROPOSE, 8, 23)],
)
def test_answering_on_a_phone_takes_few_pages_and_taps(phone, kind, pages, taps):
    assert Counted(phone).send(kind) == (pages, taps)
    assert phone.locator("h1").inner_text() == "Votre réponse est reçue"


def test_long_lists_run_in_two_columns_on_a_phone(phone):
    begin(phone, Kind.DECLARE)
    answer_step(phone, "structure")
    follow(phone.locator(CONTINUE))
    phone.goto(phone.url.replace("contact", "territoire"))

    boxes = phone.locator("#id_communes .choice")
    left = {round(box.bounding_box()["x"]) for box in boxes.all()}

    assert len(left) == 2
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("address", ["/candidature/", "/acces/"])
def test_a_browser_that_refuses_cookies_is_told_before_anything_is_typed(page, address):
    notice = page.get_by_text("Votre navigateur refuse les cookies")

    page.goto(address)
    page.wait_for_load_state("networkidle")
    accepted = notice.is_visible()
    refusing = "Object.defineProperty(navigator, 'cookieEnabled', {get: () => false})"
    page.add_init_script(refusing)
    page.reload()
    notice.wait_for()

    assert not accepted
