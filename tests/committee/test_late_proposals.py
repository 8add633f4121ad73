"""A proposal that came after closing is read by the committee, until results are published."""

from datetime import timedelta

import pytest

from assises.models import Kind
from assises.people.permissions import Role
from committee.models import Member, Review
from committee.reviewing import assignment
from tests import factories, team
from tests.factories import ASKED_AT, declared_action
from tests.offers import accept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.mark.parametrize(("published", "assigned"), [(None, 1), (ASKED_AT, 0)])
def test_a_proposal_accepted_after_closing_is_assigned_until_results_are_published(
    edition, published, assigned
):
    Member.objects.create(user=team.member(Role.MEMBERS), edition=edition)
    application = declared_action(asked=True)
    assignment.run(ASKED_AT)
    before = Review.objects.count()
    accept(application)
    edition.results_published_at = published
    edition.save()

    result = assignment.run(ASKED_AT)

    assert not edition.is_open(ASKED_AT, Kind.PROPOSE)
    assert before == 0
    assert list(Review.objects.values_list("application", flat=True)) == (
        [application.pk] * assigned
    )
    assert result == f"{assigned} évaluations ajoutées"


@pytest.mark.parametrize(
    ("day", "published", "choosing"),
    [
        (factories.OPENS_AT - timedelta(seconds=1), None, False),
        (factories.OPENS_AT, None, True),
        (factories.CLOSES_AT + timedelta(days=20), None, True),
        (ASKED_AT, ASKED_AT, False),
        (ASKED_AT, ASKED_AT + timedelta(seconds=1), True),
        (factories.INVENTORY_CLOSES_AT + timedelta(days=19), None, True),
        (factories.INVENTORY_CLOSES_AT + timedelta(days=20), None, False),
    ],
)
def test_edition_and_its_queryset_agree_on_when_the_committee_reads(
    edition, day, published, choosing
):
    edition.results_published_at = published
    edition.save()

    assert edition.is_choosing(day) is choosing
    assert type(edition).objects.choosing(day).exists() is choosing
