"""How many queries do the member's screens cost? Constant, and at most twelve."""

import pytest

from assises.people.permissions import Role
from committee.models import Review
from tests import team
from tests.committee.factories import MemberFactory, proposal
from tests.committee.test_reviews import LIST, filled, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


@pytest.fixture
def client(member):
    return team.signed_in(member.user)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(
    client, member, assigned, django_assert_num_queries, count
):
    for _ in range(count):
        proposal()
    assigned()

    with django_assert_num_queries(8):
        response = client.get(LIST)

    assert len(response.context["page"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_sheet(
    client, member, assigned, marks, django_assert_num_queries, count
):
    one = proposal()
    one.communes.set(["91228", "91286", "91225"][:count])
    colleagues = [
        MemberFactory(edition=member.edition, user=team.member(Role.MEMBERS))
        for _ in range(count)
    ]
    assigned()
    for colleague in colleagues:
        theirs = Review.objects.get(member=colleague)
        team.signed_in(colleague.user).post(
            sheet_of(theirs), filled(theirs, marks, geste="rendre")
        )
    mine = Review.objects.of(member).get()
    client.post(sheet_of(mine), filled(mine, marks, geste="rendre"))

    with django_assert_num_queries(10):
        response = client.get(sheet_of(mine))

    assert response.text.count("<h3>") == count
