"""Structures that may be one: found by what they share, and by nothing that all share."""

import pytest

from assises.guests import duplicates
from tests import factories

pytestmark = pytest.mark.django_db


def shared():
    return [(p.first.name, p.second.name, p.reasons) for p in duplicates.pairs()]


def structure(name, *emails, **values):
    row = factories.StructureFactory(name=name, **values)
    for email in emails:
        factories.ContactFactory(structure=row, email=email)
    return row


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Association Comète", "ASSOC. COMETE "),
        ("Les Amis de l’Étoile", "Amis Etoile"),
        ("Come\u0301tes", "comète"),
    ],
)
def test_one_name_in_one_commune_is_found_however_it_is_written(one, other):
    structure(one)
    structure(other)
    structure(one, seat_id="91286")

    assert shared() == [(one, other, ["même nom, même commune"])]


@pytest.mark.parametrize(
    ("column", "number"),
    [("siret", "35600000000048"), ("rna", "W912345678"), ("uai", "0911111A")],
)
def test_one_number_is_found_and_no_number_is_none(column, number):
    structure("Un", **{column: number})
    structure("Deux", **{column: number})
    structure("Trois")
    structure("Quatre")

    assert shared() == [("Un", "Deux", [f"même {column.upper()}"])]


def test_one_domain_is_found_but_not_that_of_a_provider_nor_of_a_town():
    structure("Un", "a@comete.example", "b@comete.example")
    structure("Deux", "c@comete.example")
    structure("Trois", "a@gmail.com")
    structure("Quatre", "b@gmail.com")
    for number in range(duplicates.MOST_SHARING + 1):
        structure(f"École {number}", f"{number}@academie.example")

    assert shared() == [("Un", "Deux", ["même domaine de courriel, comete.example"])]


def test_those_that_share_most_stand_first_and_merged_ones_are_left_out(
    django_assert_num_queries,
):
    structure("Abeille", siret="1")
    structure("Bourdon", siret="1")
    one = structure("Comète", siret="2")
    structure("Comète", siret="2")
    structure("Comète", merged_into=one)

    with django_assert_num_queries(2):
        found = shared()

    assert [names[:2] for names in found] == [
        ("Comète", "Comète"),
        ("Abeille", "Bourdon"),
    ]
