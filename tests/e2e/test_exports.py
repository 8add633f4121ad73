"""The page of exports in a real browser: a click brings the file, without any axe violation."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from assises.people.permissions import Role
from committee.models import Review
from tests.committee.factories import (
    DecisionFactory,
    MemberFactory,
    ReviewFactory,
)
from tests.e2e.gestures import follow
from tests.e2e.test_admin import enter, looked_at
from tests.factories import WHILE_OPEN, EditionFactory
from tests.team import group, member

PAGE = "/admin/comite/exports/"


@pytest.fixture(autouse=True)
def call(settings):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    return EditionFactory()


def taken(page, name):
    """Click on the link ``name`` and return the file that comes."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value


def test_an_organiser_takes_the_selected_projects_away(page_without_scripts):
    page = page_without_scripts
    DecisionFactory(application__title="L’œuf d’Étiolles")
    enter(page, member(Role.ORGANISERS, first_name="Odile", last_name="Garnier"))

    page.goto("/admin/")
    follow(page.get_by_role("link", name="Exports"))
    file = taken(page, "XLSX : Projets retenus")
    text = taken(page, "CSV : Projets retenus")

    assert file.suggested_filename == "assises-2027-projets-retenus-2027-05-12.xlsx"
    content = BytesIO(file.path().read_bytes())
    assert load_workbook(content).active["D2"].value == "L’œuf d’Étiolles"
    assert "L’œuf d’Étiolles" in text.path().read_text(encoding="utf-8-sig")
    page.reload()
    assert "Odile Garnier" in page.locator("main").inner_text()


def test_page_of_exports_has_no_violation(page, axe, call):
    user = member(Role.ORGANISERS)
    enter(page, user)
    found = looked_at(page, axe, [PAGE])
    taken(page, "CSV : Toutes les réponses")

    user.groups.add(group(Role.MEMBERS))
    ReviewFactory(member=MemberFactory(user=user, edition=call))
    again = looked_at(page, axe, [PAGE])

    assert Review.objects.pending().count() == 1
    assert "Il vous reste 1 évaluation" in page.locator("main").inner_text()
    assert (found, again) == ({}, {})
