"""What is typed in a step is kept while it is typed, in a real browser."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assises.models import Kind
from submissions.models import Application
from tests.answers import save_elsewhere
from tests.e2e.gestures import follow, validate
from tests.e2e.test_answering import CONTINUE, begin
from tests.factories import WHILE_OPEN, EditionFactory


@pytest.fixture(autouse=True)
def call(settings):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    return EditionFactory()


def open_action(page):
    begin(page, Kind.DECLARE)
    application = Application.objects.get()
    page.goto(reverse("submissions:step", args=[application.key, "action"]))
    return application


def saved(page):
    """Return once the page has saved by itself."""
    with page.expect_response(
        lambda response: response.request.method == "POST"
    ) as got:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_timeout(2500)
    return got.value


def test_what_is_typed_is_kept_without_any_button(page):
    application = open_action(page)

    page.get_by_label("Titre").fill("L’œuf d’Étiolles")
    saved(page)

    application.refresh_from_db()
    assert application.title == "L’œuf d’Étiolles"
    assert "Enregistré à" in page.locator("[data-saved]").inner_text()
    page.get_by_label("En une phrase").fill("Chaque mercredi.")
    follow(page.locator(CONTINUE))
    page.wait_for_url("**/territoire/")
    application.refresh_from_db()
    assert application.said("action", "pitch") == "Chaque mercredi."


def test_what_is_typed_before_the_module_comes_is_kept_too(page):
    application, held = open_action(page), []
    page.route("**/autosave*.js", lambda route: held.append(route))
    page.reload()

    page.get_by_label("Titre").fill("Plus vite que le réseau")
    page.wait_for_timeout(100)
    with page.expect_response(lambda response: response.request.method == "POST"):
        held.pop().continue_()

    application.refresh_from_db()
    assert application.title == "Plus vite que le réseau"


def test_a_save_that_fails_says_why_and_can_be_tried_again(page, axe):
    application = open_action(page)
    page.route("**/action/", lambda route: route.abort())

    page.get_by_label("Titre").fill("Sans réseau")
    page.wait_for_selector("[data-not-saved]:not([hidden])")

    assert "Pas de connexion" in page.locator("[data-not-saved]").inner_text()
    page.unroute("**/action/")
    assert axe(page) == []
    page.get_by_role("button", name="Réessayer").click()
    page.wait_for_selector("[data-not-saved]", state="hidden")
    application.refresh_from_db()
    assert application.title == "Sans réseau"


SLOW_FETCH = """() => {
  const fetch = window.fetch;
  window.fetch = async (...all) => {
    await new Promise((done) => setTimeout(done, 700));
    return fetch(...all);
  };
}"""


def test_without_network_the_button_leaves_nothing_behind(small_phone):
    page = small_phone
    application = open_action(page)
    page.get_by_label("Titre").fill("Tapé dans le train")
    page.context.set_offline(True)

    page.locator(CONTINUE).click()
    alert = page.locator("[data-not-saved]")
    expect(alert).to_be_in_viewport()
    here = page.get_by_label("Titre").input_value()
    # The page saves by itself when the network comes back: the button is quicker.
    page.evaluate(SLOW_FETCH)
    page.context.set_offline(False)
    follow(page.locator(CONTINUE))

    page.wait_for_url("**/territoire/")
    application.refresh_from_db()
    assert here == application.title == "Tapé dans le train"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_list_of_steps_saves_then_goes(open_page, scripts):
    page = open_page(scripts=scripts)
    application = open_action(page)

    page.get_by_label("Titre").fill("Gardé par la liste")
    follow(page.get_by_role("button", name="Vous", exact=True))

    assert page.url.endswith("/contact/")
    application.refresh_from_db()
    assert application.title == "Gardé par la liste"


def test_the_enter_key_goes_on_to_the_next_step(page):
    open_action(page)

    page.get_by_label("Titre").focus()
    validate(page)

    assert page.url.endswith("/territoire/")


@pytest.mark.parametrize("scripts", [True, False])
def test_back_shows_what_is_stored_and_not_what_was_typed_before(open_page, scripts):
    page = open_page(scripts=scripts)
    application = open_action(page)
    page.get_by_label("Titre").fill("Le premier")
    follow(page.locator(CONTINUE))
    save_elsewhere(application, "action", title="Le second")

    page.go_back()

    assert page.get_by_label("Titre").input_value() == "Le second"
