"""The committee's cast: a member, another one, the chair, and what they read."""

import pytest

from assises.people.permissions import Role
from committee.models import Member
from committee.reviewing import assignment
from tests import team
from tests.committee.factories import MemberFactory, criteria, proposal
from tests.factories import WHILE_OPEN


@pytest.fixture
def marks(edition):
    """The criteria of the call."""
    return criteria(edition)


@pytest.fixture
def member(edition):
    return MemberFactory(edition=edition, user=team.member(Role.MEMBERS))


@pytest.fixture
def other(edition):
    return MemberFactory(edition=edition, user=team.member(Role.MEMBERS))


@pytest.fixture
def chair(edition):
    return MemberFactory(
        edition=edition, user=team.member(Role.CHAIR), role=Member.Role.CHAIR
    )


@pytest.fixture
def assigned(edition, marks):
    """Return a function that gives everybody everything that is there."""

    def assigned():
        return assignment.assign(edition, at=WHILE_OPEN)

    return assigned


@pytest.fixture
def candidacy(edition):
    """A proposal whose bearer wishes twelve minutes, and about which nothing is decided."""
    return proposal(title="Des robots", minutes_wanted=12)


@pytest.fixture
def published(edition):
    """The results are told: from then on, those outside the committee read them too."""
    edition.results_published_at = WHILE_OPEN
    edition.save()
