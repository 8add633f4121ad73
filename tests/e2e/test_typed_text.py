"""What is typed leaves as it was meant, in a real browser: addresses, numbers, long texts."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assises.models import Contact, Kind
from assises.people.permissions import Role
from submissions.models import Application
from tests import factories, team
from tests.e2e.gestures import follow, validate
from tests.e2e.test_admin import enter
from tests.e2e.test_answering import begin

START = reverse("submissions:start")
SUGGESTION = ".suggestion"


@pytest.fixture(autouse=True)
def call(settings):
    settings.CLOCK_SHIFT = factories.WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    return factories.EditionFactory()


def start(page, email):
    page.goto(START)
    page.wait_for_selector(".suggestion", state="attached")
    page.get_by_label(Kind.DECLARE.label, exact=True).check()
    page.get_by_label("Votre adresse électronique").fill(email)


@pytest.mark.parametrize(
    ("email", "better"),
    [
        ("zoe@gmial.com", "zoe@gmail.com"),
        ("zoe@gmail.fr", "zoe@gmail.com"),
        ("zoe@ymail.com", None),
        ("zoe@mail.com", None),
        ("zoe@ffr.fr", None),
    ],
)
def test_a_slip_in_an_address_is_asked_about_and_a_real_domain_is_not(
    page, email, better
):
    start(page, email)
    line = page.locator(SUGGESTION)

    if better:
        expect(line).to_contain_text(f"Vouliez-vous écrire {better}")
    else:
        page.wait_for_timeout(800)
        assert line.inner_text() == ""


def test_sent_at_once_a_slip_is_asked_about_and_nothing_is_forbidden(page, axe):
    start(page, "zoe@gmial.com")

    page.keyboard.press("Enter")

    sure = page.get_by_role("button", name="Oui, c’est bien zoe@gmial.com")
    sure.wait_for()
    assert axe(page) == []
    assert Application.objects.count() == 0
    validate(page)
    assert Application.objects.get().email == "zoe@gmial.com"


def test_the_address_typed_is_shown_on_the_next_step(page):
    begin(page, Kind.DECLARE, email="zoe@example.org")

    assert page.get_by_text("Lien envoyé à zoe@example.org").is_visible()
    page.get_by_label("Nom de la structure").fill("Les Étoiles")
    follow(page.get_by_role("button", name="Ce n’est pas la bonne adresse"))

    assert page.url.endswith("/contact/#id_email")
    assert page.evaluate("document.activeElement.id") == "id_email"
    assert Application.objects.get().structure_name == "Les Étoiles"


def test_a_slip_that_was_confirmed_is_not_asked_about_at_the_next_step(page):
    start(page, "zoe@gmial.com")
    page.keyboard.press("Enter")
    follow(page.get_by_role("button", name="Oui, c’est bien zoe@gmial.com"))
    page.goto(page.url.replace("structure", "contact"))
    page.wait_for_selector(SUGGESTION, state="attached")

    follow(page.get_by_role("button", name="Enregistrer et continuer"))

    assert page.url.endswith("/action/")


def test_the_wheel_over_a_number_changes_nothing(page, call):
    enter(page, team.member(Role.ORGANISERS))
    page.goto(reverse("admin:assises_edition_change", args=[call.pk]))
    number = page.locator("[name=capacity]")
    number.fill("180")

    number.hover()
    page.mouse.wheel(0, 300)

    assert number.input_value() == "180"
    assert page.locator("input[type=number]").count() == 0


def test_a_text_of_many_lines_prints_whole(page):
    begin(page, Kind.DECLARE)
    application = Application.objects.get()
    page.goto(reverse("submissions:step", args=[application.key, "action"]))
    page.locator("summary", has_text="Ajouter des précisions").click()
    text = page.locator("[name=description]")
    text.fill("\n".join(f"Ligne {number}" for number in range(60)))

    page.emulate_media(media="print")

    hidden = text.evaluate("area => area.scrollHeight - area.clientHeight")
    assert hidden <= 1


def test_a_long_name_widens_no_page_of_a_phone(small_phone):
    name = "Z" * 160
    structure = factories.StructureFactory(name="S" * 120)
    contact = factories.ContactFactory(
        structure=structure, first_name=name, last_name=name
    )
    answer = factories.ApplicationFactory(
        sent=True, structure=structure, contact=contact
    )
    enter(small_phone, team.member(Role.ORGANISERS))

    widths = {}
    for address in (
        reverse("admin:assises_contact_change", args=[contact.pk]),
        reverse("admin:assises_contact_changelist"),
        reverse("admin:assises_structure_change", args=[structure.pk]),
        reverse("admin:submissions_application_change", args=[answer.pk]),
    ):
        small_phone.goto(address)
        widths[address] = small_phone.evaluate("document.documentElement.scrollWidth")

    assert set(widths.values()) == {360}, widths


@pytest.mark.parametrize("scripts", [True, False])
def test_back_in_the_administration_shows_what_is_stored(open_page, scripts):
    page = open_page(scripts=scripts)
    contact = factories.ContactFactory()
    enter(page, team.member(Role.ORGANISERS))
    page.goto(reverse("admin:assises_contact_change", args=[contact.pk]))
    page.locator("[name=last_name]").fill("Le premier")
    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    Contact.objects.filter(pk=contact.pk).update(last_name="Le second")

    page.go_back()

    assert page.locator("[name=last_name]").input_value() == "Le second"


def test_leaving_a_page_of_the_administration_is_asked_about(page):
    contact, asked = factories.ContactFactory(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    enter(page, team.member(Role.ORGANISERS))
    page.goto(reverse("admin:assises_contact_change", args=[contact.pk]))
    page.locator("[name=email]").fill("zoe@exemple,fr")
    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    assert (asked, page.locator(".message").count()) == ([], 1)

    page.locator("[name=email]").press("End")
    follow(page.locator(".crumbs a").first)

    assert asked == ["beforeunload"]
