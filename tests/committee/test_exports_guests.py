"""The lists of the day: what each says, and to whom it says it."""

import pytest

from assises.people.permissions import Role
from committee import visibility
from committee.exports import guests
from tests import team
from tests.committee import exports
from tests.committee.exports import ACCESS, COMING, LABELS, MEALS, OF_THE_DAY
from tests.factories import (
    WHILE_OPEN,
    ContactFactory,
    GuestFactory,
    InvitationFactory,
    StructureFactory,
)

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


def test_organisers_read_whom_to_call_and_who_is_told_no_name_does_not(
    organiser, me, coming, edition
):
    contact = coming.contact
    contact.phone = "+33199001234"
    contact.save()
    unnamed = visibility.sight(me, edition, at=WHILE_OPEN)._replace(named=False)

    [row, *_] = exports.csv_rows(organiser, COMING)

    assert (row["Contact"], row["Téléphone du contact"]) == (
        str(contact),
        "01 99 00 12 34",
    )
    headers = {column.header for column in guests.participant_rows(unnamed).columns}
    assert not {"Contact", "Téléphone du contact"} & headers


def test_labels_say_the_commune_and_its_postcode_if_it_has_one_alone(organiser):
    for structure in (
        StructureFactory(name="Une", seat_id="91086"),
        StructureFactory(name="Deux"),
        StructureFactory(name="Loin", seat=None, seat_elsewhere=True),
    ):
        InvitationFactory(structure=structure)
    InvitationFactory(structure=None, contact=ContactFactory(structure=None))

    rows = exports.csv_rows(organiser, LABELS)

    places = {row["Structure"]: (row["Code postal"], row["Commune"]) for row in rows}
    assert places.pop("Une") == ("91070", "Bondoufle")
    assert places.pop("Deux") == ("", "Évry-Courcouronnes")
    assert set(places.values()) == {("", "")}


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


@pytest.mark.parametrize("name", [COMING, LABELS])
@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_list(organiser, django_assert_num_queries, count, name):
    GuestFactory.create_batch(count)

    with django_assert_num_queries(9):
        assert len(exports.csv_rows(organiser, name)) == count
