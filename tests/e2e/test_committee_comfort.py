"""What makes the pages of the team easy: paper, phones, what stays in sight."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from assises.models import Kind
from assises.people.permissions import Role
from committee.models import Review
from tests import team
from tests.committee.factories import MemberFactory, ReviewFactory, criteria, proposal
from tests.e2e.test_admin import enter
from tests.factories import WHILE_OPEN, ApplicationFactory, EditionFactory

LIST = "/admin/comite/deliberation/"
HEIGHT = "part => part.getBoundingClientRect().height"


@pytest.fixture(autouse=True)
def call(settings):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    return EditionFactory()


def test_deliberation_prints_across_at_the_press_of_a_button(
    page, page_without_scripts
):
    ReviewFactory(application=proposal(), done=True, mean=2.0)
    for each in (page, page_without_scripts):
        enter(each, team.member(Role.ORGANISERS))
        each.goto(LIST)
    page.evaluate("window.print = () => { document.title = 'imprimée' }")

    page.get_by_role("button", name="Imprimer").click()
    pdf = page.pdf(prefer_css_page_size=True)

    assert page.title() == "imprimée"
    [width, height] = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups()
    assert float(width) > float(height)
    assert page_without_scripts.get_by_role("button", name="Imprimer").count() == 0


def test_what_stays_in_sight_leaves_room_on_a_short_screen(page, call):
    criteria(call)
    review = ReviewFactory(
        application=proposal(), member=MemberFactory(user=team.member(Role.MEMBERS))
    )
    page.set_viewport_size({"width": 1280, "height": 730})
    enter(page, review.member.user)
    page.goto(f"/admin/comite/evaluations/{review.pk}/")
    sheet = page.locator(".evaluation .actions").evaluate(HEIGHT)
    enter(page, team.member(Role.ORGANISERS))
    page.goto(f"{LIST}{review.application_id}/")
    decision = page.locator(".decision .actions").evaluate(HEIGHT)

    assert max(sheet, decision) < 75


def test_conflicts_of_interest_stand_in_one_column(page):
    review = ReviewFactory(
        application=proposal(), member=MemberFactory(user=team.member(Role.MEMBERS))
    )
    enter(page, review.member.user)
    page.goto(f"/admin/comite/evaluations/{review.pk}/lien/")

    lefts = page.locator("[type=radio]").evaluate_all(
        "all => all.map(it => it.getBoundingClientRect().left)"
    )

    assert (len(lefts), len(set(lefts))) == (3, 1)
    assert Review.objects.pending().exists()


def test_each_row_of_a_list_is_a_card_on_a_phone(small_phone):
    answer = ApplicationFactory(proposed=True, sent=True, kind=Kind.PROPOSE)
    enter(small_phone, team.member(Role.ORGANISERS))

    looks = {}
    for name in ("submissions_application", "assises_structure", "assises_contact"):
        small_phone.goto(reverse(f"admin:{name}_changelist"))
        looks[name] = small_phone.locator("#result_list tbody tr").first.evaluate(
            "row => [getComputedStyle(row).display, row.getBoundingClientRect().width < 360]"
        )
        assert not small_phone.locator("#result_list thead").is_visible()

    assert set(map(tuple, looks.values())) == {("block", True)}
    small_phone.goto(reverse("admin:submissions_application_changelist"))
    assert small_phone.get_by_role("link", name=answer.title).is_visible()


def test_an_edition_takes_less_than_four_screens(page, call):
    enter(page, team.member(Role.ORGANISERS))
    page.goto(reverse("admin:assises_edition_change", args=[call.pk]))

    assert page.evaluate("document.documentElement.scrollHeight") < 3200


def test_a_whole_dossier_takes_less_than_five_screens(page, call):
    answer = ApplicationFactory(proposed=True, sent=True, kind=Kind.PROPOSE)
    enter(page, team.member(Role.ORGANISERS))
    page.goto(reverse("admin:submissions_application_change", args=[answer.pk]))

    assert page.evaluate("document.documentElement.scrollHeight") < 4000
    assert page.locator("main dd", has_text="—").count() == 0
    assert page.get_by_text("questions sans réponse").is_visible()
