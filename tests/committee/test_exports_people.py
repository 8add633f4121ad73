"""Who is listed with a structure, and how often?"""

import pytest

from tests.committee import exports
from tests.committee.exports import PEOPLE
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    ContactFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


def test_people_come_once_by_structure_with_their_answers(organiser):
    comet = StructureFactory(name="Comète")
    abacus = StructureFactory(name="Âbaque", website="https://abaque.example.org")
    zoe = ContactFactory(
        structure=comet,
        first_name="Zoé",
        last_name="Adam",
        phone="+33199001234",
        email_confirmed_at=WHILE_OPEN,
    )
    second = ContactFactory(structure=comet, first_name="Ali", last_name="Zola")
    ApplicationFactory(sent=True, structure=comet, contact=zoe, second_contact=second)
    ApplicationFactory(sent=True, structure=comet, contact=zoe)
    brun = ContactFactory(structure=abacus, last_name="Brun")
    ApplicationFactory(sent=True, structure=abacus, contact=brun)
    ApplicationFactory(complete=True, structure=comet)
    ContactFactory(structure=comet, last_name="Sans réponse")

    rows = exports.workbook_rows(organiser, PEOPLE)

    assert [
        (row["Structure"], row["Nom"], row["Réponses envoyées"], row["Téléphone"])
        for row in rows
    ] == [
        ("Âbaque", "Brun", 1, None),
        ("Comète", "Adam", 2, "01 99 00 12 34"),
        ("Comète", "Zola", 2, None),
    ]
    assert [row["Adresse confirmée"] for row in rows] == [
        "non confirmée",
        "confirmée",
        "non confirmée",
    ]
    assert rows[0]["Site internet"] == "https://abaque.example.org"
    assert rows[1]["Siège"] == "Évry-Courcouronnes"
    assert rows[1]["Type de structure"] == "Association"


@pytest.mark.parametrize("confirmed_first", [True, False])
def test_two_answers_of_one_person_give_one_line(organiser, confirmed_first):
    comet, confirmed = StructureFactory(), confirmed_first
    for phone in ("+33199001234", "+33199005678"):
        contact = ContactFactory(
            structure=comet,
            first_name="Zoé",
            last_name="Adam" if confirmed else "ADAM",
            email="zoe@example.org",
            phone=phone,
            email_confirmed_at=WHILE_OPEN if confirmed else None,
        )
        ApplicationFactory(sent=True, structure=comet, contact=contact)
        confirmed = not confirmed
    twin = ContactFactory(
        structure=comet, last_name="Zola", first_name="Ali", email="zoe@example.org"
    )
    ApplicationFactory(sent=True, structure=comet, contact=twin)

    rows = exports.workbook_rows(organiser, PEOPLE)

    kept = "01 99 00 12 34" if confirmed_first else "01 99 00 56 78"
    assert [(row["Nom"], row["Adresse confirmée"]) for row in rows] == [
        ("Adam", "confirmée"),
        ("Zola", "non confirmée"),
    ]
    assert rows[0]["Téléphone"] == kept
