"""What the database itself refuses of the committee."""

import pytest
from django.db import IntegrityError, transaction

from committee.models import (
    Criterion,
    Decision,
    Member,
    Presentation,
    Review,
    Score,
    Slot,
)
from tests.committee.factories import DecisionFactory, ReviewFactory
from tests.factories import WHILE_OPEN

pytestmark = pytest.mark.django_db


def refused(queryset, constraint, **broken):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        queryset.update(**broken)


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("state_known", {"state": "elsewhere"}),
        ("handed_in_is_whole", {"state": "done"}),
        ("handed_in_is_whole", {"state": "done", "mean": 2.0}),
        ("handed_in_is_whole", {"state": "done", "handed_in_at": WHILE_OPEN}),
        ("mean_from_0_to_3", {"mean": 3.1}),
        ("mean_from_0_to_3", {"mean": -0.1}),
        (
            "handed_in_is_whole",
            {
                "state": "done",
                "handed_in_at": WHILE_OPEN,
                "mean": 2.0,
                "unfinished": {"a": "b"},
            },
        ),
        ("comment_length", {"comment": "é" * 2001}),
        ("suggestion_length", {"suggestion": "é" * 1001}),
    ],
)
def test_review(edition, constraint, broken):
    ReviewFactory()

    refused(Review.objects, f"committee_review_{constraint}", **broken)


@pytest.mark.parametrize("mark", [4, 100])
def test_score(edition, marks, mark):
    review = ReviewFactory()
    Score.objects.create(review=review, criterion=marks[0], mark=3)

    refused(Score.objects, "committee_score_mark_from_0_to_3", mark=mark)


PUBLISHED = {"published_at": WHILE_OPEN, "frozen": {}}


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("outcome_known", {"outcome": "perhaps", "minutes": None}),
        ("selected_has_minutes", {"minutes": None}),
        ("minutes_in_a_morning", {"minutes": 0}),
        ("minutes_in_a_morning", {"minutes": 121}),
        ("other_formats_have_no_minutes", {"outcome": "poster"}),
        ("other_formats_have_no_minutes", {"outcome": ""}),
        (
            "published_is_taken",
            {"outcome": "", "minutes": None, **PUBLISHED},
        ),
        ("published_is_frozen", {"published_at": WHILE_OPEN}),
        ("published_is_frozen", {"frozen": {}}),
        ("answered_is_selected", {"confirmed_at": WHILE_OPEN}),
        (
            "answered_is_selected",
            {**PUBLISHED, "outcome": "reserve", "declined_at": WHILE_OPEN},
        ),
        (
            "confirmed_or_declined",
            {**PUBLISHED, "confirmed_at": WHILE_OPEN, "declined_at": WHILE_OPEN},
        ),
        ("reason_length", {"reason": "é" * 1001}),
        ("note_length", {"note": "é" * 2001}),
    ],
)
def test_decision(edition, constraint, broken):
    DecisionFactory()

    refused(Decision.objects, f"committee_decision_{constraint}", **broken)


def test_one_row_each(edition, marks):
    review = ReviewFactory()
    decision = DecisionFactory(application=review.application)
    Score.objects.create(review=review, criterion=marks[0], mark=3)

    for again in (
        lambda: Review.objects.create(
            application=review.application, member=review.member
        ),
        lambda: Decision.objects.create(
            application=decision.application, changed_at=WHILE_OPEN
        ),
        lambda: Score.objects.create(review=review, criterion=marks[0]),
        lambda: Member.objects.create(user=review.member.user, edition=edition),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            again()


def test_criterion(edition, marks):
    refused(Criterion.objects, "committee_criterion_weighs", weight=0)


def test_member(edition, member):
    refused(Member.objects, "committee_member_role_known", role="roi")


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("kind_known", {"kind": "sieste"}),
        ("title_length", {"title": "é" * 121}),
        ("presents_or_lasts", {"minutes": None}),
        ("presents_or_lasts", {"minutes": 0}),
        ("presents_or_lasts", {"minutes": 241}),
        ("presents_or_lasts", {"kind": "presentation", "minutes": None}),
    ],
)
def test_slot(edition, constraint, broken):
    Slot.objects.create(edition=edition, order=1, kind="opening", minutes=10)

    refused(Slot.objects, f"committee_slot_{constraint}", **broken)


def test_a_presentation_lasts_what_its_decision_says(edition):
    decision = DecisionFactory()
    Slot.objects.create(
        edition=edition, order=1, kind="presentation", application=decision.application
    )

    refused(Slot.objects, "committee_slot_presents_or_lasts", minutes=12)


def test_presentation(edition):
    Presentation.objects.create(decision=DecisionFactory())

    refused(Presentation.objects, "committee_presentation_word_length", word="é" * 501)
