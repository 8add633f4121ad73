"""Gestures of a reader, each over when what it calls for is on the screen."""


def follow(locator):
    """Click a link or a button, and return once the page that it opens is there.

    A click alone returns as soon as the mouse is released: on a slow machine the old page
    would still be read, or filled in, in place of the new one.
    """
    with locator.page.expect_event("domcontentloaded"):
        locator.click()


def validate(page):
    """Press the Enter key, and return once the page that it opens is there."""
    with page.expect_event("domcontentloaded"):
        page.keyboard.press("Enter")
