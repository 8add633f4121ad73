"""What a new row begins with, and which day to choose when one is out of order."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]


def test_a_new_partner_comes_last_in_the_edition_of_the_moment(organiser, edition):
    factories.PartnerFactory(edition=edition, order=3)

    response = organiser.get(reverse("admin:assises_partner_add"))

    initial = response.context["adminform"].form.initial
    assert (initial["edition"], initial["order"]) == (edition.pk, 4)
    assert "Place dans la liste" in response.text


def test_a_day_in_the_wrong_order_is_told_which_day_to_choose(organiser, edition):
    url = reverse("admin:assises_edition_calendar", args=[edition.pk])
    form = organiser.get(url).context["adminform"].form
    typed = {name: value for name, value in form.initial.items() if value}

    response = organiser.post(url, typed | {"results_on": "2027-06-29"})

    assert "Choisissez une date à partir du mercredi 30\u00a0juin 2027" in response.text
