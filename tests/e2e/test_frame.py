"""Does the keyboard reach the content of a page before its menu?"""

from tests.factories import EditionFactory


def test_keyboard_reaches_the_content_first(page):
    EditionFactory()
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "contenu"
