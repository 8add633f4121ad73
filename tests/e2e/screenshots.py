"""Make the pictures of the README from a demonstration of its own (« make screenshots »)."""

import io
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.e2e.conftest import FLAGS, browser_path
from tests.e2e.gestures import follow

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PORT = 8190
SITE = f"http://127.0.0.1:{PORT}"
PASSWORD = "pour-les-images"
HEAVIEST = 150_000
COLOURS = 256
LAPTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


def main():
    """Start a demonstration, photograph it, stop it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = start(folder)
        try:
            wait_for_site()
            photograph()
        finally:
            site.terminate()
            site.wait()


def start(folder):
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "DEMO": "1",
        "DEMO_PASSWORD": PASSWORD,
        "SITE_URL": SITE,
        "VAR_DIR": folder,
    }
    command = [sys.executable, "manage.py", "rehearse", "--port", str(PORT)]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def wait_for_site(patience=90):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(SITE, timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    sys.exit("The demonstration did not start.")


def photograph():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        home(browser)
        form(browser)
        administration(browser)
        browser.close()


def open_page(browser, viewport):
    context = browser.new_context(
        base_url=SITE, viewport=viewport, locale="fr-FR", timezone_id="Europe/Paris"
    )
    return context.new_page()


def home(browser):
    page = open_page(browser, LAPTOP)
    page.goto("/")
    save(page, "accueil")


def form(browser):
    """The step « Votre action » on a phone, begun as an association would."""
    page = open_page(browser, PHONE)
    page.goto("/candidature/")
    page.get_by_label("Déclarer une action").check()
    page.get_by_label("adresse électronique").first.fill("club.demo@example.org")
    follow(page.locator("main form button").first)
    page.goto(page.url.replace("/structure/", "/action/"))
    save(page, "formulaire")


def administration(browser):
    page = open_page(browser, LAPTOP)
    page.goto("/admin/")
    page.locator("input[name=email]").fill("organisation@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.goto("/admin/comite/deliberation/")
    save(page, "deliberation")


def save(page, name):
    """Write the first screen as a PNG that stays light."""
    page.wait_for_load_state("networkidle")
    path = FOLDER / f"{name}.png"
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS).save(path, optimize=True)
    weight = path.stat().st_size
    if weight > HEAVIEST:
        sys.exit(f"{path.name} weighs {weight} bytes, more than {HEAVIEST}.")
    print(f"{path.relative_to(ROOT)}  {weight // 1000} kB")


if __name__ == "__main__":
    main()
