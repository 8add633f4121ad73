"""What comes between somebody and the site loses nothing, in a real browser."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings

from assises.models import Kind
from submissions.models import Application
from tests.e2e.gestures import follow
from tests.e2e.test_answering import CONTINUE, answer_step, begin
from tests.factories import WHILE_OPEN, EditionFactory


@pytest.fixture(autouse=True)
def call(settings):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    return EditionFactory()


def test_an_expired_form_is_sent_again_by_one_click(page, axe):
    begin(page, Kind.DECLARE)
    for slug in ("structure", "contact"):
        answer_step(page, slug)
        follow(page.locator(CONTINUE))
    answer_step(page, "action")
    page.get_by_label("Titre").fill("L’œuf d’Étiolles")
    page.context.clear_cookies(name=django_settings.CSRF_COOKIE_NAME)

    follow(page.locator(CONTINUE))

    assert "Rien n’est perdu" in page.locator("h1").inner_text()
    assert page.get_by_label("Titre").input_value() == "L’œuf d’Étiolles"
    assert axe(page) == []
    follow(page.get_by_role("button", name="Renvoyer"))
    page.wait_for_url("**/territoire/")
    assert Application.objects.get().title == "L’œuf d’Étiolles"
