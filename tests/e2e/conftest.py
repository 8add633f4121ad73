"""A real Chromium in front of a live server."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test.signals import template_rendered
from playwright.sync_api import sync_playwright

# The ORM is used while Playwright runs its event loop in this very thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

BROWSERS = (
    "chromium-headless-shell",  # the same engine without its windows: a third less work
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
]
PATIENCE = 10_000
WIDTHS = {"small": 360, "phone": 390, "laptop": 1280}
HEIGHT = 800
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


def browser_path():
    """Return where Chromium is, or ``None``."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.hookimpl(tryfirst=True)  # pytest-django then sorts them by their marks
def pytest_collection_modifyitems(items):
    """Say that browser tests need a browser; in CI, its absence is a failure."""
    here = os.path.dirname(__file__)
    absent = pytest.mark.skip(
        reason="no Chromium on this machine (apt install chromium)"
    )
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if browser_path() is None and os.environ.get("CI") != "true":
                item.add_marker(absent)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all the tests of a process."""
    path = browser_path()
    if path is None:
        pytest.fail("no Chromium: .ci/run installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, live_server):
    """Return a function that opens a page of the live server, in a context of its own.

    ``open_page("phone", dark=True, scripts=False)``: another context is another
    browser, without the cookies of the first one. An error of the page, or anything
    that the CSP refused, fails the test.
    """
    contexts, troubles = [], []

    def open_page(width="laptop", *, dark=False, scripts=True):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": WIDTHS[width], "height": HEIGHT},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: note(message, troubles))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def note(message, troubles):
    if message.type == "error" and "Content Security Policy" in message.text:
        troubles.append(message.text)


@pytest.fixture
def page(open_page):
    """A laptop."""
    return open_page()


@pytest.fixture
def phone(open_page):
    return open_page("phone")


@pytest.fixture
def small_phone(open_page):
    return open_page("small")


@pytest.fixture
def dark_page(open_page):
    return open_page(dark=True)


@pytest.fixture
def page_without_scripts(open_page):
    return open_page(scripts=False)


@pytest.fixture(scope="session")
def rendered():
    """The templates that the live server has rendered for the last page it gave."""
    names, requests = set(), [None]

    def note(template, context, **_):
        request = getattr(context, "request", requests[0])
        if request is not requests[0]:
            requests[0] = request
            names.clear()
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.fixture(scope="session")
def axe(rendered):
    """Return a function that lists what is wrong with a page at both widths, light and dark.

    One line each, « look, rule: element », so that a failed assertion says where to look.
    A page wider than its window is a fault too. In the dark only colours are checked
    again, once for each template: nothing else depends on it.
    """
    script = Axe().axe_script
    seen_in_the_dark = set()

    def faults(page, look, options):
        found = page.evaluate("options => axe.run(options)", options)
        return [
            f"{look}, {violation['id']}: {node['html']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def faults_in_the_dark(page, width):
        looks = {(width, name) for name in rendered}
        if looks <= seen_in_the_dark:
            return []
        page.emulate_media(color_scheme="dark")
        found = faults(page, f"{width} dark", COLOURS)
        page.emulate_media(color_scheme="light")
        if not found:
            seen_in_the_dark.update(looks)
        return found

    def violations(page):
        page.wait_for_load_state()  # a click may return before the page it leads to
        page.evaluate(script)
        page.emulate_media(color_scheme="light")
        window, found = page.viewport_size, []
        for width in ("small", "laptop"):
            page.set_viewport_size({"width": WIDTHS[width], "height": HEIGHT})
            found += faults(page, width, {"resultTypes": ["violations"]})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{width}, wider than its window")
            found += faults_in_the_dark(page, width)
        page.set_viewport_size(window)
        return found

    return violations
