"""Whoever reads the marks of the others in deliberation gives none afterwards."""

import pytest
from django.urls import reverse

from assises.people.permissions import Role
from committee.models import Review, Tie
from committee.reviewing import recusals
from tests import team
from tests.committee.factories import proposal
from tests.committee.test_reviews import filled, sheet_of
from tests.committee.test_seats import give
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State
SAID_BEFORE = "une fois rendue sans avis, cette évaluation ne se note plus"
SAID_AFTER = "rendue sans avis, cette évaluation ne se note plus. Vous pouvez encore"


@pytest.fixture
def review(chair, other, assigned):
    """A proposal that the chair leaves without opinion, and the other member marks."""
    proposal()
    assigned()
    return Review.objects.select_related("application").get(member=chair)


def post(person, review, marks, gesture, **typed):
    review.refresh_from_db()
    answers = filled(review, marks, geste=gesture, **typed)
    return team.signed_in(person.user).post(sheet_of(review), answers)


@pytest.mark.parametrize("gesture", ["garder", "rendre"])
def test_a_chair_without_opinion_gives_no_mark_after_the_deliberation(
    chair, other, review, marks, gesture
):
    theirs = Review.objects.select_related("application").get(member=other)
    post(other, theirs, marks, "rendre")
    post(chair, review, marks, "sans-avis")
    deliberation = team.signed_in(chair.user).get(reverse("screens:deliberation"))
    assert deliberation.context["total"] == 1

    response = post(chair, review, marks, gesture, comment="Après avoir vu.")

    assert response.status_code == 409
    assert "la délibération montre les notes des autres" in response.text
    assert "Après avoir vu." in response.text
    review.refresh_from_db()
    assert (review.state, review.mean) == (State.ABSTAINED, None)


def test_a_page_left_open_gives_no_mark_either(chair, review, marks):
    before = filled(review, marks, geste="rendre", comment="De l’autre page.")
    post(chair, review, marks, "sans-avis")

    response = team.signed_in(chair.user).post(sheet_of(review), before)

    assert response.status_code == 409
    assert "De l’autre page." in response.text
    assert "form" not in response.context
    assert Review.objects.get(pk=review.pk).state == State.ABSTAINED


def test_an_organiser_types_no_mark_for_that_chair(chair, me, review, marks):
    helper = team.signed_in(me)
    helper.post(sheet_of(review), filled(review, marks, geste="sans-avis"))
    review.refresh_from_db()

    response = helper.post(sheet_of(review), filled(review, marks, geste="rendre"))

    assert response.status_code == 409
    assert Review.objects.get(pk=review.pk).state == State.ABSTAINED


def test_a_role_is_enough_to_read_whatever_the_seat_says(other, review, marks):
    theirs = Review.objects.select_related("application").get(member=other)
    post(other, theirs, marks, "sans-avis")
    other.user.groups.set([team.group(Role.CHAIR)])

    assert post(other, theirs, marks, "rendre").status_code == 409


def test_without_opinion_stays_possible_and_so_does_a_tie(chair, review, marks):
    post(chair, review, marks, "sans-avis")

    again = post(chair, review, marks, "sans-avis", comment="Rien à ajouter.")
    tie = team.signed_in(chair.user).post(
        reverse("screens:tie", args=[review.pk]), {"tie": "dossier"}
    )

    review.refresh_from_db()
    assert (again.status_code, tie.status_code) == (302, 302)
    assert (review.comment, review.state) == ("Rien à ajouter.", State.RECUSED)


def test_a_member_may_still_change_their_mind(other, review, marks):
    theirs = Review.objects.select_related("application").get(member=other)
    post(other, theirs, marks, "sans-avis")

    assert post(other, theirs, marks, "rendre").status_code == 302
    assert Review.objects.get(pk=theirs.pk).state == State.DONE


def test_the_sheet_says_so_before_and_after(chair, other, review, marks):
    client = team.signed_in(chair.user)
    before = client.get(sheet_of(review)).text
    post(chair, review, marks, "sans-avis", comment="Je ne connais pas ce public.")
    after = client.get(sheet_of(review)).text
    theirs = Review.objects.get(member=other)

    assert SAID_BEFORE in before
    assert SAID_AFTER in after
    assert "Je ne connais pas ce public." in after
    assert 'name="geste"' not in after
    assert SAID_BEFORE not in team.signed_in(other.user).get(sheet_of(theirs)).text


def declared_and_lifted(review, me):
    recusals.declare(review, Tie.DOSSIER, by=review.member.user, at=WHILE_OPEN)
    address = reverse("screens:lift", args=[review.application_id, review.pk])
    return team.signed_in(me).post(address, follow=True)


def made_member(me, chair):
    address = reverse("admin:committee_member_change", args=[chair.pk])
    return team.signed_in(me).post(address, {"role": "member"})


def refused(person, review, marks):
    """Hand in, and say whether nothing of it was taken."""
    response = post(person, review, marks, "rendre", comment="Après avoir vu.")
    review.refresh_from_db()
    return (
        response.status_code == 409
        and "ne se note plus" in response.text
        and (review.state, review.mean) == (State.ABSTAINED, None)
    )


def test_a_recusal_that_is_lifted_gives_back_a_review_without_opinion(
    chair, me, review, marks
):
    post(chair, review, marks, "sans-avis")

    page = declared_and_lifted(review, me)

    assert "est de nouveau sans avis, et ne se note plus." in page.text
    assert refused(chair, review, marks)


def test_a_chair_made_member_gives_no_mark_either(chair, me, review, marks):
    post(chair, review, marks, "sans-avis")

    assert made_member(me, chair).status_code == 302
    sheet = team.signed_in(chair.user).get(sheet_of(review)).text

    assert "Vous avez pu lire la délibération" in sheet
    assert 'name="geste"' not in sheet
    assert refused(chair, review, marks)
    declared_and_lifted(review, me)
    assert refused(chair, review, marks)


@pytest.mark.parametrize("path", ["seat", "account", "closed", "recusal"])
def test_who_read_after_having_abstained_as_a_member_is_settled_too(
    other, me, review, marks, path
):
    theirs = Review.objects.select_related("application").get(member=other)
    post(other, theirs, marks, "sans-avis")
    other.user.groups.set([team.group(Role.CHAIR)])
    client = team.signed_in(me)

    if path == "seat":
        made_member(me, other)
    elif path == "account":
        assert give(client, other.user, Role.MEMBERS).status_code == 302
    elif path == "closed":
        assert give(client, other.user, Role.CHAIR, is_active=False).status_code == 302
        assert give(client, other.user, Role.MEMBERS).status_code == 302
    else:
        theirs = Review.objects.select_related("member__user").get(pk=theirs.pk)
        declared_and_lifted(theirs, me)
        other.user.groups.set([team.group(Role.MEMBERS)])

    assert Review.objects.get(pk=theirs.pk).settled
    assert refused(other, theirs, marks)


def test_a_member_who_never_presided_is_not_settled(other, me, review, marks):
    theirs = Review.objects.select_related("application").get(member=other)
    post(other, theirs, marks, "sans-avis")

    give(team.signed_in(me), other.user, Role.MEMBERS)
    declared_and_lifted(theirs, me)

    assert post(other, theirs, marks, "rendre").status_code == 302
    assert Review.objects.get(pk=theirs.pk).state == State.DONE


def test_what_is_settled_at_the_same_moment_takes_no_mark(other, review, marks):
    theirs = Review.objects.select_related("application").get(member=other)
    post(other, theirs, marks, "sans-avis")
    Review.objects.filter(pk=theirs.pk).update(settled=True)

    assert refused(other, theirs, marks)


@pytest.mark.parametrize("before", [[], ["rendre"], ["sans-avis"]])
def test_to_hand_in_no_mark_at_all_is_to_abstain(chair, review, marks, before):
    for gesture in before:
        post(chair, review, marks, gesture)
    review.refresh_from_db()

    answers = filled(review, marks, mark="none", geste="rendre")
    response = team.signed_in(chair.user).post(sheet_of(review), answers, follow=True)

    review.refresh_from_db()
    assert (review.state, review.handed_in_at) == (State.ABSTAINED, None)
    assert "Évaluation rendue sans avis" in response.text
    assert refused(chair, review, marks)


def test_a_member_who_gives_no_mark_may_still_give_some(other, review, marks):
    theirs = Review.objects.select_related("application").get(member=other)
    answers = filled(theirs, marks, mark="none", geste="rendre")
    client = team.signed_in(other.user)

    client.post(sheet_of(theirs), answers)
    sheet = client.get(sheet_of(theirs))

    assert "Ce que les autres ont rendu" not in sheet.text
    assert sheet.context["form"][f"mark-{marks[0].code}"].value() == "none"
    assert post(other, theirs, marks, "rendre").status_code == 302
    assert Review.objects.get(pk=theirs.pk).state == State.DONE
