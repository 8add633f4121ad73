"""The form on a phone of 360 pixels, by day and in the dark: what is touched, what lines up."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from assises.models import Kind
from submissions.models import Application
from tests import factories
from tests.e2e.test_answering import begin

TOUCHED = 44


@pytest.fixture(autouse=True)
def call(settings):
    settings.CLOCK_SHIFT = factories.WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    return factories.EditionFactory()


def go(page, name):
    page.goto(reverse(name, args=[Application.objects.get().key]))


def style(locator, name):
    return locator.evaluate(f"node => getComputedStyle(node).{name}")


def test_a_button_that_reads_as_a_link_looks_like_one(small_phone):
    begin(small_phone, Kind.PARTICIPATE)
    button = small_phone.get_by_role("button", name="Ce n’est pas la bonne adresse")

    assert button.bounding_box()["height"] >= TOUCHED
    assert style(button, "borderTopWidth") == "0px"
    assert style(button, "backgroundColor") == "rgba(0, 0, 0, 0)"
    assert style(button, "textDecorationLine") == "underline"


def test_the_check_page_names_what_is_sent_on_the_first_screen(small_phone):
    begin(small_phone, Kind.PROPOSE)
    go(small_phone, "submissions:check")

    named = small_phone.get_by_text(f"Vous envoyez\u00a0: {Kind.PROPOSE.label}")

    assert named.is_visible()
    assert named.bounding_box()["y"] < 400


def test_buttons_that_answer_otherwise_stand_apart(small_phone):
    begin(small_phone, Kind.PARTICIPATE)
    go(small_phone, "submissions:check")
    small_phone.locator("summary", has_text="Répondre autrement").click()

    first, second = small_phone.locator("details.more form button").all()

    first, second = first.bounding_box(), second.bounding_box()
    assert second["y"] - first["y"] - first["height"] >= 8


def test_quiet_buttons_line_up_with_the_rest(small_phone):
    begin(small_phone, Kind.PARTICIPATE)
    go(small_phone, "submissions:discard")

    quiet = small_phone.get_by_role("link", name="Ne rien changer")

    text = quiet.evaluate(
        "node => { const range = document.createRange();"
        " range.selectNodeContents(node); return range.getBoundingClientRect().x }"
    )
    assert text == small_phone.locator("h1").bounding_box()["x"]


def test_in_the_dark_unticked_boxes_look_as_text_fields(open_page):
    page = open_page("small", dark=True)
    page.goto("/candidature/")
    radio, field = page.locator("[name=kind]").first, page.locator("[name=email]")

    for name in ("backgroundColor", "borderTopColor"):
        assert style(radio, name) == style(field, name)
    assert style(radio, "appearance") == "none"
    radio.check()
    assert style(radio, "appearance") == "auto"


def test_the_mark_of_a_folded_list_stays_in_its_column(small_phone):
    begin(small_phone, Kind.PARTICIPATE)
    go(small_phone, "submissions:check")
    summary = small_phone.locator(".steps > summary")

    after = "getComputedStyle(node, '::after')"
    width, margin, size = summary.evaluate(
        f"node => ['width', 'marginRight', 'fontSize'].map(name => parseFloat({after}[name]))"
    )

    assert summary.bounding_box()["height"] > TOUCHED  # Two lines.
    assert round(width) == round(size / 2)
    assert margin >= width * (2**0.5 - 1) / 2  # It is turned by an eighth.


def test_what_is_optional_says_so_from_the_edge_of_its_line(small_phone):
    begin(small_phone, Kind.PARTICIPATE)
    go(small_phone, "submissions:check")

    assert style(small_phone.locator(".optional").first, "marginLeft") == "0px"
