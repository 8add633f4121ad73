"""What a criterion weighs may change after marks were given: the means follow."""

import pytest
from django.urls import reverse

from committee.deliberation import scoring
from committee.models import Review
from committee.reviewing import handing_in, recusals
from tests import team
from tests.committee.factories import proposal
from tests.committee.test_reviews import filled, sheet_of
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State


@pytest.fixture
def review(member, assigned, marks):
    """A review handed in: 3 for the first criterion, 1 for the others."""
    proposal()
    assigned()
    review = Review.objects.select_related("application", "member__user").get()
    typed = filled(review, marks, mark="1", geste="rendre")
    typed[f"mark-{marks[0].code}"] = "3"
    team.signed_in(member.user).post(sheet_of(review), typed)
    review.refresh_from_db(fields=["state", "mean", "version"])
    assert review.mean == pytest.approx(7 / 5)
    return review


def test_means_follow_the_weight_of_a_criterion(me, review, marks):
    address = reverse("admin:committee_criterion_change", args=[marks[0].pk])
    client = team.signed_in(me)
    form = client.get(address).context["adminform"].form

    client.post(address, {**form.initial, "weight": 6})

    assert Review.objects.get().mean == pytest.approx(22 / 10)


def abstain(review, marks):
    typed = filled(review, marks, geste="sans-avis")
    team.signed_in(review.member.user).post(sheet_of(review), typed)


def recuse(review, marks):
    recusals.recuse(Review.objects.all(), by=review.member.user, at=WHILE_OPEN)


def hand_in_again(review, marks):
    typed = filled(review, marks, mark="2", geste="rendre")
    team.signed_in(review.member.user).post(sheet_of(review), typed)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (abstain, State.ABSTAINED),
        (recuse, State.RECUSED),
        (hand_in_again, State.DONE),
    ],
)
def test_a_review_that_changes_meanwhile_keeps_the_mean_it_was_given(
    edition, review, marks, monkeypatch, change, state
):
    """It changes once the marks are read, before its mean is written."""
    weighted_mean, kept = scoring.weighted_mean, []

    def slow(marks_read):
        monkeypatch.setattr(scoring, "weighted_mean", weighted_mean)
        change(review, marks)
        kept.append(Review.objects.get().mean)
        return weighted_mean(marks_read) + 1

    monkeypatch.setattr(scoring, "weighted_mean", slow)

    handing_in.weigh_again(edition)

    review.refresh_from_db()
    assert (review.state, [review.mean]) == (state, kept)


def test_a_criterion_without_weight_is_refused_beside_its_field(me, marks):
    address = reverse("admin:committee_criterion_change", args=[marks[0].pk])
    client = team.signed_in(me)
    form = client.get(address).context["adminform"].form

    response = client.post(address, {**form.initial, "weight": 0})

    errors = response.context["adminform"].form.errors
    assert errors == {"weight": ["Un poids vaut 1 au moins."]}
