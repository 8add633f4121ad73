"""A member reads and gives marks in a real browser: laptop, phone, keyboard, no script."""

from datetime import UTC, datetime

import pytest

from assises.people.permissions import Role
from committee.models import Member, Review
from committee.reviewing import assignment
from tests import team
from tests.committee.factories import MemberFactory, criteria, proposal
from tests.e2e.gestures import follow, validate
from tests.e2e.test_admin import enter, looked_at
from tests.factories import WHILE_OPEN, EditionFactory

State = Review.State


@pytest.fixture(autouse=True)
def call(settings):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    edition = EditionFactory()
    criteria(edition)
    return edition


@pytest.fixture
def member(call):
    return MemberFactory(edition=call, user=team.member(Role.MEMBERS))


@pytest.fixture
def dossiers(call, member):
    """Two proposals that the member reads in this order."""
    titles = ["Les fusées du lycée", "L’œuf d’Étiolles"]
    applications = [proposal(title=title) for title in titles]
    assignment.assign(call, at=WHILE_OPEN)
    for place, application in enumerate(applications):
        Review.objects.filter(application=application).update(position=place)
    return Review.objects.in_own_order()


def sheet_of(review):
    return f"/admin/comite/evaluations/{review.pk}/"


def mark_all(page, mark):
    for group in page.locator("#evaluation fieldset.choices").all():
        group.locator(f"input[value='{mark}']").check()


def test_member_hands_in_one_after_the_other(page, member, dossiers):
    first, second = dossiers
    enter(page, member.user)
    page.goto("/admin/")

    follow(page.get_by_role("link", name="2 dossiers à évaluer"))
    follow(page.get_by_role("link", name="Commencer\u00a0: Les fusées du lycée"))
    mark_all(page, "2")
    page.get_by_label("Commentaire pour le comité").fill("Précis, déjà essayé.")
    follow(page.get_by_role("button", name="Rendre, et lire la suivante"))

    page.wait_for_url(f"**{sheet_of(second)}*")
    assert "Évaluation rendue" in page.locator("main").inner_text()
    first.refresh_from_db()
    assert (first.state, first.mean, first.comment) == (
        State.DONE,
        2.0,
        "Précis, déjà essayé.",
    )


def test_half_a_review_is_kept_and_the_summary_leads_to_what_is_missing(
    phone, member, dossiers
):
    first, _ = dossiers
    enter(phone, member.user)
    phone.goto(sheet_of(first))

    phone.get_by_role("link", name="Aller à l’évaluation").click()
    phone.get_by_label("Suggestion pour la structure").fill("Apporter un objet.")
    follow(phone.get_by_role("button", name="Rendre, et lire la suivante"))

    phone.wait_for_url("**?manque*")
    phone.locator("#erreurs a").first.click()
    assert phone.evaluate("document.activeElement.type") == "radio"
    first.refresh_from_db()
    assert (first.state, first.suggestion) == (State.DRAFT, "Apporter un objet.")


def test_without_scripts_the_whole_review_is_handed_in(
    page_without_scripts, member, dossiers
):
    page, (first, _) = page_without_scripts, dossiers
    enter(page, member.user)
    page.goto(sheet_of(first))

    mark_all(page, "none")
    follow(page.get_by_role("button", name="Garder en brouillon"))
    follow(page.get_by_role("button", name="Rendre, et lire la suivante"))

    first.refresh_from_db()
    assert (first.state, first.mean, first.scores.count()) == (
        State.ABSTAINED,
        None,
        5,
    )


def test_keyboard_alone_marks_and_hands_in(page, member, dossiers):
    first, _ = dossiers
    enter(page, member.user)
    page.goto("/admin/comite/evaluations/")

    focus(page, "Les fusées du lycée")
    validate(page)
    page.wait_for_url(f"**{sheet_of(first)}")
    focus(page, "Aller à l’évaluation")
    page.keyboard.press("Enter")
    for _ in range(5):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")  # from the best mark to the next one
    page.keyboard.press("Tab")
    page.keyboard.type("Au clavier.")
    focus(page, "Rendre, et lire la suivante")
    validate(page)
    page.wait_for_url(lambda address: sheet_of(first) not in address)

    first.refresh_from_db()
    assert (first.state, first.mean, first.comment) == (State.DONE, 2.0, "Au clavier.")


def focus(page, name, most=80):
    """Press Tab until the element that reads ``name`` has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == name:
            return
    raise AssertionError(f"Tab never reaches « {name} »")


def test_pages_of_a_member(page, axe, call, member, dossiers):
    first, second = dossiers
    other = MemberFactory(edition=call, user=team.member(Role.MEMBERS))
    assignment.assign(call, at=WHILE_OPEN)
    enter(page, other.user)
    for review in Review.objects.of(other):
        page.goto(sheet_of(review))
        mark_all(page, "3")
        follow(page.get_by_role("button", name="Rendre, et lire la suivante"))
        page.wait_for_load_state()
    enter(page, member.user)
    page.goto(sheet_of(first))
    mark_all(page, "1")
    follow(page.get_by_role("button", name="Rendre, et lire la suivante"))
    page.wait_for_url(f"**{sheet_of(second)}*")
    amend(first.application)

    found = looked_at(
        page,
        axe,
        [
            "/admin/",
            "/admin/comite/evaluations/",
            sheet_of(first),
            sheet_of(second),
            f"{sheet_of(second)}lien/",
        ],
    )
    page.goto(f"{sheet_of(second)}?manque")
    found["lacks"] = axe(page)
    page.goto(f"{sheet_of(second)}lien/")
    follow(page.get_by_role("button", name="Déclarer ce conflit d’intérêts"))
    found["no conflict chosen"] = axe(page)
    page.goto("/admin/comite/evaluations/?etat=abstained")
    found["none in this state"] = axe(page)

    assert not any(found.values()), found


def amend(application):
    from submissions.answering import corrections

    application.refresh_from_db()
    changes = {"takeaway": "Tout autre chose à retenir."}
    corrections.correct(application, changes, by="le site", at=WHILE_OPEN)


def test_conflict_and_ended_session(page, axe, member, dossiers):
    first, second = dossiers
    enter(page, member.user)
    page.goto(sheet_of(first))
    Review.objects.filter(pk=first.pk).update(version=5, comment="D’une autre page.")
    page.get_by_label("Commentaire pour le comité").fill("De celle-ci.")
    follow(page.get_by_role("button", name="Garder en brouillon"))
    alert = page.locator("[role=alert]")
    assert "D’une autre page." in alert.inner_text()
    page.wait_for_selector("[role=alert]:focus")
    found = {"conflict": axe(page)}
    page.goto(sheet_of(second))
    page.get_by_label("Commentaire pour le comité").fill("Écrit trop tard.")
    page.context.clear_cookies(name="sessionid")
    follow(page.get_by_role("button", name="Garder en brouillon"))
    assert page.locator("textarea").input_value() == "Écrit trop tard."
    found["signed out"] = axe(page)

    assert not any(found.values()), found


def test_pages_about_the_committee(page, axe, call, member, dossiers):
    member.structures.add(dossiers[0].application.structure)
    assignment.assign(call, at=WHILE_OPEN)
    enter(page, team.member(Role.ORGANISERS))

    found = looked_at(
        page,
        axe,
        [
            "/admin/comite/avancement/",
            f"/admin/comite/avancement/{member.pk}/",
            sheet_of(dossiers[1]),
            f"/admin/committee/member/{member.pk}/change/",
        ],
    )
    Member.objects.all().delete()
    found |= looked_at(page, axe, ["/admin/comite/avancement/"])

    assert not any(found.values()), found


def test_without_a_seat(page, axe):
    enter(page, team.member(Role.MEMBERS))

    found = looked_at(page, axe, ["/admin/comite/evaluations/"])

    assert not any(found.values()), found


def test_on_a_small_phone_the_account_folds_and_nothing_scrolls_sideways(
    small_phone, member, dossiers
):
    enter(small_phone, team.member(Role.ORGANISERS))
    small_phone.goto("/admin/comite/avancement/")
    counts = small_phone.locator("[data-label='Déports']")
    leave = small_phone.get_by_role("button", name="Déconnexion")

    assert small_phone.locator(".table-scroll").evaluate(
        "table => table.scrollWidth <= table.clientWidth"
    )
    assert counts.is_visible()
    assert not leave.is_visible()
    small_phone.get_by_role("button", name="Compte").click()
    assert leave.is_visible()


def test_leaving_unsent_text_is_asked_about_and_sending_it_is_not(
    page, member, dossiers
):
    first, _ = dossiers
    asked = []

    def leave(dialog):
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    enter(page, member.user)
    page.goto(sheet_of(first))
    follow(page.get_by_role("link", name="Je suis liée ou lié"))
    page.goto(sheet_of(first))
    page.get_by_label("Commentaire pour le comité").fill("À garder.")
    follow(page.get_by_role("button", name="Garder en brouillon"))
    page.goto(sheet_of(first))
    assert asked == []

    page.get_by_label("Commentaire pour le comité").press("End")
    page.keyboard.type(" Et ceci.")
    follow(page.get_by_role("link", name="Je suis liée ou lié"))
    assert asked == ["beforeunload"]
