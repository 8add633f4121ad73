"""« Sans avis » is the last word, unless an organiser gives the review back."""

import pytest
from django.urls import reverse

from assises.models import Event
from committee.models import ConflictOfInterest, Review
from committee.reviewing import recusals
from tests import team
from tests.committee.factories import proposal
from tests.committee.test_reviews import filled, sheet_of
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State
FINAL = "Rendue sans avis, cette évaluation ne se note plus"


@pytest.fixture
def review(member, assigned):
    proposal()
    assigned()
    return Review.objects.select_related("application").get(member=member)


def post(person, review, marks, button, **typed):
    review.refresh_from_db()
    answers = filled(review, marks, geste=button, **typed)
    return team.signed_in(person).post(sheet_of(review), answers)


def given_back(me, review):
    address = reverse("screens:give-back", args=[review.application_id, review.pk])
    return team.signed_in(me).post(address, follow=True)


@pytest.mark.parametrize("button", ["garder", "rendre", "sans-avis"])
def test_what_was_left_takes_no_mark_and_no_word(member, review, marks, button):
    post(member.user, review, marks, "sans-avis")

    response = post(member.user, review, marks, button, comment="Après avoir vu.")

    assert response.status_code == 409
    assert FINAL in response.text
    assert "Après avoir vu." in response.text
    review.refresh_from_db()
    assert (review.state, review.mean) == (State.ABSTAINED, None)
    assert review.comment != "Après avoir vu."


def test_a_page_left_open_gives_no_mark_either(member, review, marks):
    before = filled(review, marks, geste="rendre", comment="De l’autre page.")
    post(member.user, review, marks, "sans-avis")

    response = team.signed_in(member.user).post(sheet_of(review), before)

    assert response.status_code == 409
    assert "De l’autre page." in response.text
    assert Review.objects.get(pk=review.pk).state == State.ABSTAINED


def test_a_double_click_lands_where_the_first_did(member, review, marks):
    answers = filled(review, marks, geste="sans-avis")
    client = team.signed_in(member.user)

    clicks = [client.post(sheet_of(review), answers) for _ in range(2)]

    assert [click.status_code for click in clicks] == [302, 302]
    assert clicks[0].url == clicks[1].url


def test_an_organiser_types_no_mark_for_them(me, review, marks):
    post(me, review, marks, "sans-avis")

    assert post(me, review, marks, "rendre").status_code == 409
    assert Review.objects.get(pk=review.pk).state == State.ABSTAINED


def test_the_sheet_says_so_before_and_after(member, review, marks):
    client = team.signed_in(member.user)
    before = client.get(sheet_of(review)).text
    post(member.user, review, marks, "sans-avis", comment="Je ne connais pas.")
    after = client.get(sheet_of(review)).text

    assert "«\u00a0Sans avis\u00a0» est définitif" in before
    assert FINAL in after
    assert "Je ne connais pas." in after
    assert 'name="geste"' not in after


def test_to_hand_in_no_mark_at_all_is_to_abstain(member, review, marks):
    answers = filled(review, marks, mark="none", geste="rendre")

    response = team.signed_in(member.user).post(sheet_of(review), answers, follow=True)

    review.refresh_from_db()
    assert (review.state, review.handed_in_at) == (State.ABSTAINED, None)
    assert "Évaluation rendue sans avis" in response.text
    assert post(member.user, review, marks, "rendre").status_code == 409


def test_a_conflict_may_still_be_declared(member, review, marks):
    post(member.user, review, marks, "sans-avis")

    recusals.declare(review, ConflictOfInterest.DOSSIER, by=member.user, at=WHILE_OPEN)

    assert Review.objects.get(pk=review.pk).state == State.RECUSED


def test_an_organiser_gives_it_back_and_the_journal_says_so(me, member, review, marks):
    post(member.user, review, marks, "sans-avis")

    page = given_back(me, review)

    assert f"{member} a de nouveau ce dossier à lire." in page.text
    assert Event.objects.filter(verb="évaluation redonnée").count() == 1
    assert post(member.user, review, marks, "rendre").status_code == 302
    assert Review.objects.get(pk=review.pk).state == State.DONE


def test_nobody_else_gives_it_back(member, chair, review, marks):
    post(member.user, review, marks, "sans-avis")

    for person in (member.user, chair.user):
        assert given_back(person, review).status_code == 403
    assert Review.objects.get(pk=review.pk).state == State.ABSTAINED
