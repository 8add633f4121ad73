"""Does the frame of every page hold at every width, in light and dark, for everybody?"""

import pytest

from tests.factories import EditionFactory

PATHS = ["/", "/appel/", "/contact/", "/plan-du-site/", "/absente/"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", ["small", "laptop"])
@pytest.mark.parametrize("path", PATHS)
def test_page_has_no_violation_and_no_sideways_scroll(
    open_page, axe, path, width, dark
):
    EditionFactory()
    page = open_page(width, dark=dark)

    page.goto(path)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_keyboard_reaches_the_content_first(page):
    EditionFactory()
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "contenu"
