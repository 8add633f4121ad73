"""The deliberation in a real browser: decided by keyboard, read by everyone."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from assises.models import Edition
from assises.people.permissions import Role
from committee.models import Decision, Member, Review, Score
from tests import team
from tests.committee.factories import (
    DecisionFactory,
    MemberFactory,
    ReviewFactory,
    criteria,
    proposal,
)
from tests.e2e.gestures import follow, validate
from tests.e2e.test_admin import enter
from tests.factories import WHILE_OPEN, EditionFactory

LIST = "/admin/comite/deliberation/"


@pytest.fixture(autouse=True)
def call(settings):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    return EditionFactory()


@pytest.fixture
def candidacies(call):
    """Three proposals by rank: selected, divided, without mark."""
    found = [
        proposal(title=title, minutes_wanted=12)
        for title in ("Les petites mains", "Nos rivières", "IA au café")
    ]
    for name, marks in (("Alice", (3, 3)), ("Bruno", (2, 0))):
        member = MemberFactory(user=team.member(Role.MEMBERS, last_name=name))
        for candidacy, mark in zip(found, marks, strict=False):
            review = ReviewFactory(
                application=candidacy,
                member=member,
                done=True,
                mean=float(mark),
                comment="Une action solide.",
                suggestion="Dire ce qui a raté.",
            )
            Score.objects.bulk_create(
                Score(review=review, criterion=criterion, mark=mark)
                for criterion in criteria(call)
            )
    ReviewFactory(application=found[1], state=Review.State.RECUSED)
    DecisionFactory(application=found[0], outcome="selected", minutes=12)
    return found


def test_eight_reviewers_do_not_widen_a_phone(small_phone, call, candidacies):
    for _ in range(8):
        ReviewFactory(application=candidacies[2], done=True, mark=2)
    enter(small_phone, team.member(Role.ORGANISERS))

    small_phone.goto(address(candidacies[2]))

    assert small_phone.evaluate("document.documentElement.scrollWidth") == 360


def address(candidacy):
    return reverse("screens:decision", args=[candidacy.pk])


def test_list_without_violation(page, axe, candidacies):
    enter(page, team.member(Role.ORGANISERS))

    found = {}
    for query in (
        "",
        "?decision=selected&axe=innovation-pedagogique",
        "?structure=association",
    ):
        assert page.goto(f"{LIST}{query}").status == 200
        page.locator("summary", has_text="Filtrer").click()
        found[query] = axe(page)
    Edition.objects.update(morning_minutes=10)
    page.goto(LIST)
    found["overflowing"] = axe(page)

    assert "C’est 2 de trop." in page.locator("main").inner_text()
    assert not any(found.values()), found


def test_empty_list_without_violation(page, axe):
    enter(page, team.member(Role.ORGANISERS))

    page.goto(LIST)

    assert axe(page) == []


def test_waiting_page_of_the_chair_without_violation(page, axe, call, candidacies):
    chair = MemberFactory(user=team.member(Role.CHAIR), role=Member.Role.CHAIR)
    ReviewFactory(application=candidacies[0], member=chair)
    enter(page, chair.user)

    page.goto(LIST)

    assert candidacies[1].title in page.content()
    assert page.locator(f"#proposition-{candidacies[0].pk}").count() == 0
    assert axe(page) == []


def test_detail_without_violation(page, axe, candidacies):
    enter(page, team.member(Role.ORGANISERS))

    found = {}
    for candidacy in candidacies:
        page.goto(address(candidacy))
        found[candidacy.title] = axe(page)

    assert not any(found.values()), found


def test_detail_of_a_reader_without_violation(page, axe, candidacies):
    enter(page, team.member(Role.READERS))

    page.goto(address(candidacies[1]))

    assert "Alice" not in page.content()
    assert axe(page) == []


def test_errors_and_conflicts_without_violation(page, axe, candidacies):
    enter(page, team.member(Role.ORGANISERS))
    page.goto(address(candidacies[2]))
    page.get_by_label("Retenu", exact=True).check()
    page.get_by_label("Sans durée").check()
    page.get_by_label("Motif communiqué").fill("Un exemple à suivre.")
    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    page.wait_for_selector("#erreurs")
    wrong = axe(page)

    DecisionFactory(application=candidacies[2], outcome="declined", minutes=None)
    page.get_by_label("12\u00a0min").check()
    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    page.wait_for_selector("#conflit")
    stale = axe(page)
    said = page.locator(".conflict").inner_text()

    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    page.wait_for_selector(".messages")
    page.get_by_label("Non retenu").check()
    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    page.wait_for_selector("#id_keeps_reason")
    asked = axe(page)

    assert "Un exemple à suivre." in said
    assert (wrong, stale, asked) == ([], [], [])


def test_two_proposals_are_decided_by_keyboard(page_without_scripts, candidacies):
    page = page_without_scripts
    enter(page, team.member(Role.ORGANISERS))
    page.goto(address(candidacies[1]))

    page.locator("[name=outcome]:checked").focus()
    page.keyboard.press("ArrowUp")
    assert page.get_by_label("Non retenu").is_checked()
    page.get_by_label("Motif communiqué").focus()
    page.keyboard.type("Une autre fois.")
    page.get_by_role("button", name="Enregistrer, et voir la suivante").focus()
    validate(page)
    page.wait_for_url(f"**{address(candidacies[2])}*")

    decision = Decision.objects.get(application=candidacies[1].pk)
    assert (decision.outcome, decision.reason) == ("declined", "Une autre fois.")
    assert "Décision enregistrée" in page.locator(".messages").inner_text()


def test_filters_work_without_scripts(page_without_scripts, candidacies):
    page = page_without_scripts
    enter(page, team.member(Role.ORGANISERS))
    page.goto(LIST)

    page.locator("summary", has_text="Filtrer").click()
    page.get_by_label("Décision").select_option("a-decider")
    follow(page.get_by_role("button", name="Filtrer"))
    page.wait_for_url("**decision=a-decider**")

    assert page.locator(".project a").all_inner_texts() == [
        "Nos rivières",
        "IA au café",
    ]
    follow(page.get_by_role("link", name="enlever"))
    page.wait_for_load_state()
    assert page.locator(".project").count() == 3


@pytest.mark.parametrize("width", ["small", "phone", "laptop"])
def test_nothing_of_a_row_is_cut(open_page, candidacies, width):
    page = open_page(width)
    enter(page, team.member(Role.ORGANISERS))

    page.goto(LIST)

    cut = page.evaluate(
        """() => [...document.querySelectorAll(".ranks tbody :is(th, td)")]
            .filter(cell => {
                const box = cell.getBoundingClientRect();
                return box.right > innerWidth || cell.scrollWidth > cell.clientWidth + 1;
            }).map(cell => cell.className)"""
    )
    assert cut == []


def test_equal_ranks_and_a_refusal_without_reason_fit_beside_the_morning(
    page, candidacies
):
    for candidacy in candidacies:
        candidacy.title = (
            "Une proposition au titre aussi long que le formulaire l’accepte"
        )
        candidacy.save()
    Score.objects.update(mark=2)
    Review.objects.filter(mean__isnull=False).update(mean=2)
    DecisionFactory(application=candidacies[1], outcome="declined", minutes=None)
    enter(page, team.member(Role.ORGANISERS))

    page.goto(LIST)

    ranking = page.locator(".ranking")
    shown = ranking.inner_text()
    assert "æquo" in shown
    assert "motif" in shown
    assert ranking.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_morning_stays_in_sight_on_a_wide_screen(page, candidacies):
    for number in range(30):
        proposal(title=f"Action {number}")
    enter(page, team.member(Role.ORGANISERS))
    page.goto(LIST)

    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")

    box = page.locator(".morning").bounding_box()
    assert 0 <= box["y"] < 100


def test_morning_stands_first_on_a_phone(small_phone, candidacies):
    enter(small_phone, team.member(Role.ORGANISERS))

    small_phone.goto(LIST)

    morning = small_phone.locator(".morning").bounding_box()
    ranks = small_phone.locator(".ranks").bounding_box()
    assert morning["y"] < ranks["y"]
    assert morning["y"] + 120 < 800


def test_a_reason_is_asked_about_by_keyboard(page_without_scripts, candidacies):
    page = page_without_scripts
    Decision.objects.update(reason="Un exemple à suivre.")
    enter(page, team.member(Role.ORGANISERS))
    page.goto(address(candidacies[0]))

    page.get_by_label("En réserve").check()
    page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")
    page.wait_for_selector("#erreurs")
    page.get_by_role("link", name="Il a été écrit pour").press("Enter")
    page.get_by_label("Ce motif convient encore").press("Space")
    page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")
    page.wait_for_selector(".messages")

    decision = Decision.objects.get()
    assert (decision.outcome, decision.reason) == ("reserve", "Un exemple à suivre.")


def test_paper_holds_the_whole_list_on_a4(page, call, candidacies):
    """As Chromium lays it out between the margins of a sheet: 178 mm, 673 pixels."""
    for number in range(9):
        ReviewFactory(application=candidacies[0], done=True, mark=number % 4)
    enter(page, team.member(Role.ORGANISERS))
    page.set_viewport_size({"width": 673, "height": 980})
    page.emulate_media(media="print")

    widths = {}
    for path in (LIST, address(candidacies[0])):
        page.goto(path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    page.goto(LIST)

    assert set(widths.values()) == {673}
    assert page.locator(".ranks thead").is_visible()
    assert page.locator(".ranks tbody tr").first.evaluate(DISPLAYED) == "table-row"
    assert not page.get_by_text("à décider", exact=True).first.is_visible()
    assert not page.locator(".list-filters").is_visible()


DISPLAYED = "row => getComputedStyle(row).display"
