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


@pytest.mark.parametrize(
    "typed",
    [
        "zoé",
        "NOEL zoe",
        "zoe@",
        "comete zoé",
        "01 99 00 12 34",
        "0012",
        "+33 (0)1.99",
        "33199001234",
    ],
)
def test_a_contact_is_found_by_name_address_telephone_and_structure(typed):
    structure = factories.StructureFactory(name="La comète")
    structure.save()
    zoe = factories.ContactFactory(
        structure=structure,
        first_name="Zoé",
        last_name="Noël",
        email="zoe@example.org",
        phone="+33199001234",
    )
    factories.ContactFactory(
        structure=structure, last_name="Martin", email="martin@example.org"
    )
    client = team.signed_in(team.member(Role.ORGANISERS))

    page = client.get(reverse("admin:assises_contact_changelist"), {"q": typed})

    assert list(page.context["cl"].result_list) == [zoe]


@pytest.mark.parametrize("address", LISTS)
def test_what_holds_no_word_finds_nothing_rather_than_all(edition, address):
    audit.record("corrige", edition, by=audit.SYSTEM, at=factories.WHILE_OPEN)
    factories.ContactFactory()
    factories.MailFactory()
    client = team.signed_in(team.member(Role.ORGANISERS))

    assert not client.get(address, {"q": "%"}).context["cl"].result_list


@pytest.mark.parametrize("typed", ["eluard", "ÉLUARD", "e\u0301luard"])
def test_a_mail_is_found_whatever_its_accents(typed):
    mail = factories.MailFactory(subject="Réponse bien reçue – Éluard")
    factories.MailFactory(subject="Autre")
    client = team.signed_in(team.member(Role.ORGANISERS))

    page = client.get(reverse("admin:assises_mail_changelist"), {"q": typed})

    assert list(page.context["cl"].result_list) == [mail]


NAMES = ["Zola", "de La Tour", "Éluard", "DURAND", "Eco"]
IN_ORDER = ["de La Tour", "DURAND", "Eco", "Éluard", "Zola"]


@pytest.mark.parametrize(
    ("name", "place", "make"),
    [
        ("contact", "0", lambda name: factories.ContactFactory(last_name=name)),
        ("structure", "", lambda name: factories.StructureFactory(name=name)),
        ("user", "1", lambda name: factories.UserFactory(last_name=name)),
    ],
)
def test_a_list_is_sorted_as_people_read_it(name, place, make):
    made = [make(each).pk for each in NAMES]
    client = team.signed_in(team.member(Role.ORGANISERS))

    column = "name" if name == "structure" else "last_name"
    for query in ({}, {"o": place}):
        page = client.get(reverse(f"admin:assises_{name}_changelist"), query)
        shown = [row for row in page.context["cl"].result_list if row.pk in made]
        assert [getattr(row, column) for row in shown] == IN_ORDER
        assert column not in page.context["cl"].sortable_by  # Bytes would sort it.


@pytest.mark.parametrize("column", ["title", "structure"])
def test_answers_are_sorted_by_title_and_by_structure(column):
    for name in NAMES:
        factories.ApplicationFactory(
            declared=True,
            sent=True,
            title=name,
            structure__name=name,
            structure__kind="association",
        )
    client = team.signed_in(team.member(Role.ORGANISERS))
    place = {"title": 1, "structure": 2}[column]

    page = client.get(
        reverse("admin:submissions_application_changelist"), {"o": str(place)}
    )

    rows = page.context["cl"].result_list
    assert [row.title for row in rows] == IN_ORDER


@pytest.mark.parametrize("role", [Role.ORGANISERS, Role.READERS])
@pytest.mark.parametrize(
    "typed",
    ["Dossier n° {}", "dossier n°\u00a0{}", "Réponse {}", "{}", "n°{}", "étoilés {}"],
)
def test_an_answer_is_found_by_its_number_as_we_print_it(role, typed):
    wanted = factories.ApplicationFactory(declared=True, sent=True, title="Les Étoilés")
    factories.ApplicationFactory(declared=True, sent=True)
    client = team.signed_in(team.member(role))

    page = client.get(
        reverse("admin:submissions_application_changelist"),
        {"q": typed.format(wanted.reference)},
    )

    assert list(page.context["cl"].result_list) == [wanted]


@pytest.mark.parametrize("typed", ["01 99 00 77 12", "7712", "eluard", "zoe@"])
def test_who_reads_no_names_finds_nobody_by_them(typed):
    contact = factories.ContactFactory(
        last_name="Éluard", email="zoe@example.org", phone="+33199007712"
    )
    wanted = factories.ApplicationFactory(
        sent=True, contact=contact, email="zoe@example.org"
    )
    address = reverse("admin:submissions_application_changelist")
    found = {
        role: list(
            team.signed_in(team.member(role))
            .get(address, {"q": typed})
            .context["cl"]
            .result_list
        )
        for role in (Role.ORGANISERS, Role.READERS)
    }

    assert found == {Role.ORGANISERS: [wanted], Role.READERS: []}
