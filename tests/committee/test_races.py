"""Several people of the committee act at once: one result, nothing done twice, no error."""

import threading
import time

import pytest
from django.urls import reverse

from assises.models import Event
from assises.people.permissions import Role
from committee.forms.review import ReviewForm
from committee.models import Candidacy, ConflictOfInterest, Review, Score
from committee.reviewing import assignment, handing_in, recusals
from submissions.answering import lifecycle
from tests import team
from tests.committee.factories import MemberFactory, criteria, proposal
from tests.committee.test_reviews import filled, sheet_of
from tests.factories import WHILE_OPEN, EditionFactory
from tests.together import together

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=False),
    pytest.mark.usefixtures("while_open"),
]
State = Review.State


@pytest.fixture(autouse=True)
def edition():
    return EditionFactory()


@pytest.fixture
def marks(edition):
    return criteria(edition)


@pytest.fixture
def member(edition):
    return MemberFactory(edition=edition, user=team.member(Role.MEMBERS))


@pytest.fixture
def review(edition, member, marks):
    proposal()
    assignment.assign(edition, at=WHILE_OPEN)
    return Review.objects.select_related("application").get()


def test_two_assignments_at_once_give_each_review_once(edition, member, marks):
    for _ in range(5):
        proposal()
    MemberFactory.create_batch(3, edition=edition)

    together(*[lambda: assignment.assign(edition, at=WHILE_OPEN)] * 2)

    assert Review.objects.count() == 20


def test_member_hands_in_while_assignment_runs(edition, member, marks, review):
    for _ in range(5):
        proposal()
    client = team.signed_in(member.user)
    typed = filled(review, marks, geste="rendre")

    answers = together(
        lambda: client.post(sheet_of(review), typed),
        lambda: assignment.assign(edition, at=WHILE_OPEN),
    )

    review.refresh_from_db()
    assert answers[0].status_code == 302
    assert (review.state, review.mean) == (State.DONE, 2.0)
    assert Review.objects.count() == 6


def test_of_two_hand_ins_from_the_same_page_one_wins(member, marks, review):
    clients = [team.signed_in(member.user) for _ in range(2)]

    answers = together(
        *(
            lambda client=client, mark=mark: client.post(
                sheet_of(review), filled(review, marks, mark=mark, geste="rendre")
            )
            for client, mark in zip(clients, "13", strict=True)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    review.refresh_from_db()
    winner = "13"[[answer.status_code for answer in answers].index(302)]
    assert review.mean == float(winner)
    assert set(Score.objects.values_list("mark", flat=True)) == {int(winner)}
    assert Event.objects.filter(verb="évaluation rendue").count() == 1


def test_a_conflict_declared_while_handing_in_leaves_no_mark_that_counts(
    member, marks, review
):
    client = team.signed_in(member.user)

    answers = together(
        lambda: client.post(sheet_of(review), filled(review, marks, geste="rendre")),
        lambda: recusals.declare(
            review, ConflictOfInterest.DOSSIER, by=member.user, at=WHILE_OPEN
        ),
    )

    assert answers[0].status_code in {302, 404, 409}
    assert Review.objects.get().state == State.RECUSED


def test_withdrawn_while_handing_in_ends_in_one_story(member, marks, review):
    client = team.signed_in(member.user)
    application = review.application
    application.refresh_from_db()

    answers = together(
        lambda: client.post(sheet_of(review), filled(review, marks, geste="rendre")),
        lambda: lifecycle.withdraw(application, at=WHILE_OPEN),
    )

    assert answers[0].status_code in {302, 404, 409}
    assert not Candidacy.objects.exists()
    handed_in = Review.objects.get().state == State.DONE
    assert handed_in == (answers[0].status_code == 302)


@pytest.mark.parametrize("weigher_first", [False, True])
def test_a_weight_changed_while_handing_in_counts_in_the_mean(
    member, marks, review, monkeypatch, weigher_first
):
    """One of them is stopped before its end; the other one comes then."""
    first, client = marks[0], team.signed_in(member.user)
    organiser = team.signed_in(team.member(Role.ORGANISERS))
    address = reverse("admin:committee_criterion_change", args=[first.pk])
    form = organiser.get(address).context["adminform"].form
    typed = filled(review, marks, mark="1", geste="rendre")
    typed[f"mark-{first.code}"] = "3"
    begun = threading.Event()

    def slowed(function):
        def slow(*args):
            result = function(*args)
            begun.set()
            time.sleep(0.4)
            return result

        return slow

    def hand_in():
        return client.post(sheet_of(review), typed)

    def weigh():
        return organiser.post(address, {**form.initial, "weight": 6})

    def afterwards(function):
        def wait():
            assert begun.wait(timeout=10)
            return function()

        return wait

    if weigher_first:
        weigh_again = handing_in.weigh_again
        monkeypatch.setattr(handing_in, "weigh_again", slowed(weigh_again))
        answers = together(afterwards(hand_in), weigh)
    else:
        write_scores = ReviewForm.write_scores
        monkeypatch.setattr(ReviewForm, "write_scores", slowed(write_scores))
        answers = together(hand_in, afterwards(weigh))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Review.objects.get().mean == pytest.approx((6 * 3 + 4) / 10)


def test_a_page_older_than_a_weight_is_weighed_with_it(member, marks, review):
    criteria_of_then = list(marks)
    form = ReviewForm(
        filled(review, marks, mark="1") | {f"mark-{marks[0].code}": "3"},
        review=review,
        criteria=criteria_of_then,
        scores=[],
        latest=review.application.snapshots.get(),
        strict=True,
    )
    assert form.is_valid()
    type(marks[0]).objects.filter(pk=marks[0].pk).update(weight=6)

    handing_in.write_review(form, "hand_in", by=member.user, at=WHILE_OPEN)

    assert Review.objects.get().mean == pytest.approx((6 * 3 + 4) / 10)
