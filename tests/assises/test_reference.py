import json

import pytest

from assises import reference
from assises.models import Commune, Term, Territory
from tests.repository import ROOT


@pytest.mark.django_db
def test_reference_has_the_23_communes_and_four_axes():
    axes = Term.objects.of(Term.Vocabulary.AXIS).in_order()

    assert Commune.objects.count() == 23
    assert [term.code for term in axes] == [
        "innovation-pedagogique",
        "apprentissage-sciences-techniques",
        "egalite-des-chances",
        "filles-sciences-techniques",
    ]


@pytest.mark.django_db
def test_communes_are_sorted_without_accent_or_article():
    names = [commune.name for commune in Commune.objects.in_order()]

    assert names[:7] == [
        "Bondoufle",
        "Cesson",
        "Combs-la-Ville",
        "Corbeil-Essonnes",
        "Le Coudray-Montceaux",
        "Étiolles",
        "Évry-Courcouronnes",
    ]


@pytest.mark.django_db
def test_load_again_creates_nothing_and_keeps_changed_labels():
    Term.objects.filter(code="robotique").update(label="Robots")
    Commune.objects.filter(pk="91086").delete()

    reference.load()

    assert Territory.objects.count() == 1
    assert Commune.objects.count() == 23
    assert Term.objects.get(code="robotique").label == "Robots"


def test_the_icon_of_the_site_is_the_outline_of_the_territory():
    territory = json.loads((reference.DATA / "territory.json").read_text())

    assert territory["outline"] in (ROOT / "static" / "favicon.svg").read_text()
