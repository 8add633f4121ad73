"""How an answer is read back, before and after it is sent."""

import re
from functools import partial

import pytest
from django.urls import reverse

from assises.models import Kind
from submissions.answering.choice_lists import ChoiceLists, pickable
from submissions.reading import dossier
from tests.answers import begin, fill
from tests.factories import ApplicationFactory, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def read(application, slug):
    """Return the answered questions of one step, name → words."""
    sections = dossier.dossier_sections(application, empty=False)
    rows = next(section.rows for section in sections if section.slug == slug)
    return {row.name: row.value for row in rows if row.value}


def test_codes_are_read_as_words():
    application = ApplicationFactory(
        proposed=True, kind=Kind.PROPOSE, starts="2026-09", whole_territory=False
    )

    assert read(application, "structure")["kind"] == "Association"
    assert (
        read(application, "contact")["phone"].replace("\u202f", " ") == "01 99 00 12 34"
    )
    assert read(application, "action")["starts"] == "septembre 2026"
    assert read(application, "territoire")["communes"] == "Évry-Courcouronnes, Grigny"


def test_the_whole_territory_hides_the_communes_also_ticked():
    application = ApplicationFactory(
        declared=True, kind=Kind.DECLARE, whole_territory=True
    )

    assert read(application, "territoire") == {
        "whole_territory": "Oui",
        "audiences": "Élémentaire (CP–CM2) · 6–10\u00a0ans",
    }
    assert application.communes.count() == 2


def test_the_consent_of_a_picked_structure_is_not_told_as_one_s_own():
    listed = StructureFactory(listed=True)
    described = ApplicationFactory(complete=True, structure=listed)
    picked = ApplicationFactory(complete=True, structure=listed, structure_picked=True)

    assert read(described, "public") == {"listed": "Oui"}
    assert read(picked, "public") == {}


def test_known_structures_are_sorted_without_accents():
    for name in ("Université Démo", "École Démo", "Étoiles Démo", "Association Démo"):
        StructureFactory(name=name, listed=True)

    names = [
        label for _, label in ChoiceLists(partial(pickable, None)).known_structures
    ]

    assert [name.split()[0] for name in names] == [
        "Association",
        "École",
        "Étoiles",
        "Université",
    ]


def test_a_picked_and_a_described_structure_give_one_message(client):
    known = StructureFactory(name="Musée Démo", listed=True)
    application = begin(client, Kind.PARTICIPATE)

    fill(client, application, "structure", {"known": str(known.pk), "name": "Autre"})

    check = client.get(reverse("submissions:check", args=[application.key]))
    _, lacks = check.context["lacks"][0]
    assert [lack.field for lack in lacks] == ["known"]


def test_individuals_and_merged_structures_cannot_be_picked():
    StructureFactory(listed=True, kind="individuel")
    StructureFactory(listed=True, merged_into=StructureFactory())

    assert ChoiceLists(partial(pickable, None)).known_structures == []


def test_the_link_that_modifies_a_part_stands_beside_its_title(client):
    application = begin(client, Kind.PARTICIPATE)

    page = client.get(reverse("submissions:check", args=[application.key])).text

    parts = re.findall(r'<section class="read-back".*?</section>', page, re.DOTALL)
    titles = [part.partition("<dl")[0] for part in parts]
    assert len(parts) == 3
    # The last part is asked there, above the button that sends.
    for step, title in zip(["structure", "contact"], titles[:2], strict=True):
        address = reverse("submissions:step", args=[application.key, step])
        assert f'href="{address}?retour=verifier">Modifier' in title
