"""The lists of the day: what each says, and to whom it says it."""

import pytest

from assises.people.permissions import Role
from tests import team
from tests.committee import exports
from tests.committee.exports import ACCESS, COMING, LABELS, MEALS, OF_THE_DAY
from tests.factories import GuestFactory, InvitationFactory, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


@pytest.fixture
def coming():
    accepted = InvitationFactory(
        accepted=True, structure=StructureFactory(name="Aurore"), seats=9
    )
    GuestFactory(
        invitation=accepted, name="Zoé", meal="vegetarien", access="Près de la scène"
    )
    GuestFactory(invitation=accepted, name="élèves de 4e", headcount=6, lunch=False)
    GuestFactory(
        invitation=accepted,
        name="Inès",
        meal="vegetarien",
        no_photo=True,
        morning=False,
    )
    GuestFactory(invitation=InvitationFactory(sent=True), name="Personne encore")
    InvitationFactory(state="cancelled", structure=StructureFactory(name="Annulée"))
    return accepted


def test_who_comes_is_listed_by_structure_without_meals_nor_arrangements(
    organiser, coming
):
    rows = exports.csv_rows(organiser, COMING)

    assert [(row["Nom, ou groupe"], row["Nombre"]) for row in rows] == [
        ("élèves de 4e", "6"),
        ("Inès", "1"),
        ("Zoé", "1"),
    ]
    assert [row["Matin"] for row in rows] == ["oui", "", "oui"]
    assert rows[1]["Pas de photo"] == "oui"
    assert not {"Repas", "À prévoir"} & rows[0].keys()


def test_the_caterer_reads_no_name(organiser, coming):
    rows = exports.csv_rows(organiser, MEALS)

    assert rows == [{"Repas": "Végétarien", "Nombre": "2"}]


def test_arrangements_are_listed_apart(organiser, coming):
    [row] = exports.csv_rows(organiser, ACCESS)

    assert (row["Nom, ou groupe"], row["À prévoir"]) == ("Zoé", "Près de la scène")


def test_envelopes_are_of_the_invitations_that_stand(organiser, coming):
    rows = exports.csv_rows(organiser, LABELS)

    assert sorted(row["Places"] for row in rows) == ["2", "9"]
    assert "Annulée" not in {row["Structure"] for row in rows}


@pytest.mark.parametrize("name", OF_THE_DAY)
@pytest.mark.parametrize("role", [Role.CHAIR, Role.READERS, Role.DESK])
def test_nobody_else_takes_them(role, name, coming):
    client = team.signed_in(team.member(role))

    assert client.get(exports.address(name, "csv")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_list(organiser, django_assert_num_queries, count):
    GuestFactory.create_batch(count)

    with django_assert_num_queries(9):
        assert len(exports.csv_rows(organiser, COMING)) == count
