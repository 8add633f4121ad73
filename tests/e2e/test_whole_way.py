"""The main job, whole: answer, review, select, export, and read the lists back."""

import csv
import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from assises.models import Kind
from assises.people.permissions import Role
from committee.models import Review
from submissions.answering import steps
from submissions.models import Application
from tests import team
from tests.committee.factories import MemberFactory, criteria
from tests.e2e.gestures import follow
from tests.e2e.test_admin import enter
from tests.e2e.test_answering import CONTINUE, answer_step, begin
from tests.e2e.test_review import mark_all
from tests.factories import WHILE_OPEN, EditionFactory

KEPT = "L’œuf d’Étiolles : écouter grandir un poussin"
LEFT_OUT = "Les fusées du lycée"


@pytest.fixture(autouse=True)
def call(settings, live_server):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    settings.SITE_URL = live_server.url
    edition = EditionFactory()
    criteria(edition)
    return edition


def propose(page, title, email):
    """Answer by the third door, with another title, and send."""
    begin(page, Kind.PROPOSE, email=email)
    for step in steps.path(Kind.PROPOSE):
        answer_step(page, step.slug)
        if step.slug == "contact":
            page.locator("[name=email]").fill(email)
        if step.slug == "action":
            page.locator("[name=title]").fill(title)
        if step.slug != steps.LAST:
            follow(page.locator(CONTINUE))
    follow(page.get_by_role("button", name="Envoyer", exact=True))
    page.wait_for_url("**/recu/")


def test_from_the_answer_to_the_list_of_selected_projects(open_page, call):
    for title, email in ((KEPT, "zoe@example.org"), (LEFT_OUT, "lea@example.org")):
        propose(open_page(), title, email)
    proposals = Application.objects.sent()
    assert proposals.count() == 2

    organiser = open_page()
    enter(organiser, team.member(Role.ORGANISERS))
    members = [
        MemberFactory(edition=call, user=team.member(Role.MEMBERS)) for _ in range(2)
    ]
    organiser.goto("/admin/comite/avancement/")
    follow(organiser.get_by_role("button", name="Attribuer"))
    assert "4 évaluations attribuées" in organiser.locator("main").inner_text()

    for member, mark in zip(members, "32", strict=True):
        review(open_page("phone"), member, {KEPT: mark, LEFT_OUT: "1"})
    assert Review.objects.handed_in().count() == 4

    organiser.goto("/admin/comite/deliberation/")
    select(organiser, KEPT)

    rows = spreadsheet(organiser)
    kept = proposals.get(title=KEPT)
    assert [row["Titre"] for row in rows] == [KEPT]
    assert rows[0]["Moyenne sur 3"] == 2.5
    assert rows[0]["Minutes"] == 12
    assert rows[0]["Dossier"] == kept.reference
    assert rows[0]["Structure"] == kept.structure.name
    assert rows[0]["Motif communiqué"] == "Une méthode à reprendre dès septembre."
    assert [row["Titre"] for row in comma_separated(organiser)] == [KEPT]


def review(page, member, marks):
    """Hand in one review after the other, as the list leads."""
    enter(page, member.user)
    page.goto("/admin/comite/evaluations/")
    follow(page.locator(".dossiers a").first)
    for _ in marks:
        title = page.locator("h1").inner_text()
        mark_all(page, marks[title])
        follow(page.get_by_role("button", name="Rendre, et lire la suivante"))
        page.wait_for_load_state()


def select(page, title):
    """Give a proposal twelve minutes of the morning."""
    follow(page.get_by_role("link", name=title))
    page.get_by_label("Retenu", exact=True).check()
    page.locator("[name=minutes][value='12']").check()
    page.get_by_label("Motif communiqué à la structure").fill(
        "Une méthode à reprendre dès septembre."
    )
    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    page.wait_for_load_state()


def download(page, suffix):
    page.goto("/admin/comite/exports/")
    with page.expect_download() as started:
        page.locator(f"a[href$='retenus.{suffix}']").click()
    return started.value.path().read_bytes()


def spreadsheet(page):
    sheet = load_workbook(io.BytesIO(download(page, "xlsx"))).active
    headers, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows]


def comma_separated(page):
    text = download(page, "csv").decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
