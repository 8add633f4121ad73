"""Does a search of the administration stay a search, whatever is typed?"""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assises.people import audit
from assises.people.permissions import Role
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

LISTS = [
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for model, page in admin.site._registry.items()
    if page.search_fields
]
SEARCHED = [
    *((Role.ORGANISERS, address) for address in LISTS),
    (Role.READERS, reverse("admin:assises_structure_changelist")),
    (Role.READERS, reverse("admin:submissions_application_changelist")),
]
HOSTILE = ["a " * 1500, "x" * 100_000, "é" * 60_000, '"' * 300, "% _ \\ ' -- (", "\x00"]


@pytest.mark.parametrize(("role", "address"), SEARCHED)
def test_any_search_is_answered_by_a_query_of_bounded_length(role, address):
    client = team.signed_in(team.member(role))

    for typed in HOSTILE:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, {"q": typed})
        assert response.status_code == 200
        assert max(len(query["sql"]) for query in queries) < 30_000


@pytest.mark.parametrize("address", LISTS)
def test_each_word_adds_as_much_to_the_query(address):
    client = team.signed_in(team.member(Role.ORGANISERS))

    counts = {words: conditions(client, address, words) for words in (1, 2, 5, 10, 20)}

    one = counts[1]
    assert one > 0
    assert counts == {1: one, 2: 2 * one, 5: 5 * one, 10: 10 * one, 20: 10 * one}


def conditions(client, address, words):
    """Return how many comparisons a search of ``words`` words makes."""
    typed = " ".join(f"zz{number}" for number in range(words))
    with CaptureQueriesContext(connection) as queries:
        client.get(address, {"q": typed})
    return sum(query["sql"].count(" LIKE ") for query in queries)


@pytest.mark.parametrize("typed", ["corrige", "Assises 2027 corrige"])
def test_an_event_is_found_by_its_object_and_its_verb(edition, typed):
    audit.record("corrige", edition, by=audit.SYSTEM, at=factories.WHILE_OPEN)
    audit.record("ajoute", edition, by=audit.SYSTEM, at=factories.WHILE_OPEN)
    client = team.signed_in(team.member(Role.ORGANISERS))

    page = client.get(reverse("admin:assises_event_changelist"), {"q": typed})

    assert [event.verb for event in page.context["cl"].result_list] == ["corrige"]


@pytest.mark.parametrize("typed", ["zoé", "noël zoé", "zoe@", "comète zoé"])
def test_a_contact_is_found_by_name_address_and_structure(typed):
    structure = factories.StructureFactory(name="La comète")
    structure.save()
    zoe = factories.ContactFactory(
        structure=structure, first_name="Zoé", last_name="Noël", email="zoe@example.org"
    )
    factories.ContactFactory()
    client = team.signed_in(team.member(Role.ORGANISERS))

    page = client.get(reverse("admin:assises_contact_changelist"), {"q": typed})

    assert list(page.context["cl"].result_list) == [zoe]
