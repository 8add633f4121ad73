"""From one proposal to the next, and back to what was handed in."""

import pytest

from committee.models import Review
from tests import team
from tests.committee.factories import proposal
from tests.committee.test_reviews import LIST, filled, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


@pytest.fixture
def client(member):
    return team.signed_in(member.user)


def test_handing_in_leads_to_the_next_in_own_order(client, member, assigned, marks):
    for _ in range(3):
        proposal()
    assigned()
    first, second, third = Review.objects.of(member).in_own_order()

    response = client.post(sheet_of(second), filled(second, marks, geste="rendre"))
    assert response.url == sheet_of(third)
    response = client.post(sheet_of(third), filled(third, marks, geste="rendre"))
    assert response.url == sheet_of(first)


def test_list_offers_the_first_one_left_in_own_order(client, member, assigned, marks):
    for _ in range(3):
        proposal()
    assigned()
    first, second, third = Review.objects.of(member).in_own_order()

    begun = client.get(LIST)
    client.post(sheet_of(first), filled(first, marks, geste="rendre"))
    going_on = client.get(LIST, {"etat": "done"})
    for review in (second, third):
        client.post(sheet_of(review), filled(review, marks, geste="sans-avis"))
    finished = client.get(LIST)

    assert begun.context["following"] == first
    assert (
        f'href="{sheet_of(first)}">Commencer\u00a0: {first.application}' in begun.text
    )
    assert going_on.context["following"] == second
    assert (
        f'href="{sheet_of(second)}">Continuer\u00a0: {second.application}'
        in going_on.text
    )
    assert finished.context["following"] is None


def test_a_changed_review_is_not_said_to_be_handed_in_again(
    client, member, assigned, marks
):
    proposal()
    proposal()
    assigned()
    review = Review.objects.of(member).in_own_order().first()
    client.post(sheet_of(review), filled(review, marks, geste="rendre"))
    review.refresh_from_db()

    response = client.post(
        sheet_of(review), filled(review, marks, mark="3", geste="rendre"), follow=True
    )

    told = f'Changements enregistrés\u00a0: <a href="{sheet_of(review)}">{review.application}</a>.'
    assert [message.message for message in response.context["messages"]][-1] == told
    assert response.redirect_chain == [(sheet_of(review), 302)]
