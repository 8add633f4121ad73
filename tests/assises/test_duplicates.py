"""Structures that may be one: found by what they share, and by nothing that all share."""

import pytest
from django.urls import reverse

from assises.guests import duplicates, importing
from assises.models import Event, Structure
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
    ("one", "other"),
    [
        ("Club d’astronomie", "Les Amis du club d’astronomie"),
        ("Médiathèque Simone", "Mediatheque Simonne"),
        ("Médiathèque Simone", "Médiathèque Simona"),
        ("Nébuleuse verte", "Nebuleuse vert"),
    ],
)
def test_near_names_in_one_commune_are_found(one, other):
    structure(one)
    structure(other)
    structure(other, seat_id="91286")

    assert shared() == [(one, other, ["noms proches, même commune"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lycée Curie A", "Lycée Marie Curie"),
        ("École Jaurès 1", "École Jaurès 2"),
        ("Collège Voltaire", "Collège Voltaire 2"),
        ("Orion", "Orian"),
        ("Médiathèque Hugo", "édiathèque Hugo B"),
        ("Astronomes", "Satronomes"),
    ],
)
def test_other_names_are_not_near(one, other):
    structure(one)
    structure(other)

    assert shared() == []


def test_a_list_completes_no_structure_whose_name_is_only_near():
    structure("Nébuleuse", seat_id="77067")

    plan = importing.read_list(
        [["Nom", "Commune"], ["Les amis de Nébuleuse", "Cesson"]]
    )

    assert [len(plan.created), len(plan.updated), plan.same] == [1, 0, 0]


def test_two_that_are_no_duplicates_are_proposed_no_more(organiser, me):
    one, other = structure("Comète"), structure("Comète")
    structure("Comète")
    page = reverse("admin:assises_structure_merge", args=[other.pk, one.pk])

    organiser.post(page, {"distinctes": "1"})

    assert len(shared()) == 2
    assert {(p.first.pk, p.second.pk) for p in duplicates.pairs()}.isdisjoint(
        {(one.pk, other.pk)}
    )
    assert not Structure.objects.exclude(merged_into=None).exists()
    told = Event.objects.get(verb=duplicates.APART)
    assert (told.user, told.values) == (me, {"other": str(one.pk)})
    assert "Comète" not in told.object_label


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

    with django_assert_num_queries(3):
        found = shared()

    assert [names[:2] for names in found] == [
        ("Comète", "Comète"),
        ("Abeille", "Bourdon"),
    ]
