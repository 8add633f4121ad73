"""What a criterion weighs may change after marks were given: the means follow."""

import pytest
from django.urls import reverse

from committee.models import Review
from tests import team
from tests.committee.factories import proposal
from tests.committee.test_reviews import filled, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


def test_means_follow_the_weight_of_a_criterion(me, member, assigned, marks):
    proposal()
    assigned()
    review = Review.objects.select_related("application").get()
    first = marks[0]
    typed = filled(review, marks, mark="1", geste="rendre") | {
        f"mark-{first.code}": "3"
    }
    team.signed_in(member.user).post(sheet_of(review), typed)
    assert Review.objects.get().mean == pytest.approx(7 / 5)

    address = reverse("admin:committee_criterion_change", args=[first.pk])
    client = team.signed_in(me)
    form = client.get(address).context["adminform"].form
    client.post(address, {**form.initial, "weight": 6})

    assert Review.objects.get().mean == pytest.approx(22 / 10)
