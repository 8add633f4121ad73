"""Two organisers save the same page of the administration in the same instant."""

import os
from functools import partial

import pytest
from django.urls import reverse

from assises.people.permissions import Role
from tests import factories, team
from tests.together import together

ROUNDS = int(os.environ.get("ROUNDS", "5"))

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=False),
    pytest.mark.usefixtures("while_open"),
]


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (factories.StructureFactory, "name"),
        (partial(factories.ApplicationFactory, proposed=True, sent=True), "title"),
    ],
)
def test_of_two_saves_of_one_field_the_second_is_shown_both(make, name):
    factories.EditionFactory()
    clients = [team.signed_in(team.member(Role.ORGANISERS)) for _ in range(2)]
    for _ in range(ROUNDS):
        row = make()

        responses = save_together(clients, row, name, ("Premier", "Second"))

        assert sorted(response.status_code for response in responses) == [302, 409]
        winner = [response.status_code for response in responses].index(302)
        row.refresh_from_db()
        assert getattr(row, name) == ("Premier", "Second")[winner]


def save_together(clients, row, name, values):
    """Save the page of ``row`` at the same instant, each client with another value."""
    opts = row._meta
    page = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
    form = clients[0].get(page).context["adminform"].form
    typed = {name: value for name, value in form.initial.items() if value}
    typed["seen"] = form.seen
    return together(
        *(
            lambda client=client, value=value: client.post(page, {**typed, name: value})
            for client, value in zip(clients, values, strict=True)
        )
    )
