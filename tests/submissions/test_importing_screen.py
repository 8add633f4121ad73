"""The screen by which a list of structures comes in: read first, written once."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import strip_tags

from assises.models import Contact, Event, Structure
from tests import factories
from tests.assises.test_table_files import csv_of, xlsx_of
from tests.submissions.test_importing import HEADING, WRONG, columns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

PAGE = reverse("admin:assises_structure_import")


@pytest.fixture
def known():
    factories.StructureFactory(name="Connue", seat_id="77067", siret="35600000000001")
    factories.StructureFactory(name="Autre", seat_id="77067", rna="W912345678")


def lines_with_faults(total):
    """Return lines of which every twentieth is wrong, and the numbers of these."""
    faults, lines, wrong = list(WRONG.values()), [], []
    for number in range(total):
        if number % 20 == 7:
            fault = faults[len(wrong) % len(faults)]
            line = columns(name=f"Fausse {number}")
            line = (
                [*line, "de trop"]
                if fault is None
                else columns(**{"name": f"Fausse {number}"} | fault)
            )
            lines.append(line)
            wrong.append(number + 2)
        else:
            email = f"personne{number}@example.org"
            lines.append(columns(name=f"Structure {number}", email=email))
    return lines, wrong


def post(client, content=None, name="liste.csv", **typed):
    file = {"file": SimpleUploadedFile(name, content)} if content is not None else {}
    return client.post(PAGE, {**file, **typed})


def sent_back(response):
    return {"rows": response.context["form"]["rows"].value()}


def test_a_thousand_lines_of_which_fifty_are_wrong(organiser, known):
    lines, wrong = lines_with_faults(1000)
    content = csv_of([HEADING.split(";"), *lines])
    before = Structure.objects.count()

    preview = post(organiser, content)
    refused = post(organiser, **sent_back(preview))

    assert len(wrong) == 50
    assert (preview.status_code, refused.status_code) == (200, 422)
    assert "Cochez cette case, ou corrigez le fichier." in refused.text
    for response in (preview, refused):
        assert [bad.number for bad in response.context["plan"].bad] == wrong
        assert "50 lignes à corriger" in response.text
    assert Structure.objects.count() == before

    done = post(organiser, **sent_back(preview), good_ones="on")
    assert done.status_code == 302
    assert Structure.objects.count() == before + 950

    again = post(organiser, content)
    plan = again.context["plan"]
    assert (plan.created, plan.updated, plan.same) == ([], [], 950)
    post(organiser, **sent_back(again), good_ones="on")
    assert Structure.objects.count() == before + 950
    assert Contact.objects.count() == 950


def test_a_workbook_comes_in_by_the_same_way(organiser):
    content = xlsx_of([HEADING.split(";"), columns(siret=35600000000048)])

    preview = post(organiser, content, name="liste.xlsx")
    assert not Structure.objects.exists()
    done = organiser.post(PAGE, sent_back(preview), follow=True)

    assert "1 structure créée, 0 complétée." in done.text
    assert Structure.objects.get().siret == "35600000000048"
    assert Event.objects.get(verb="importe").object_key == str(
        Structure.objects.get().pk
    )


def test_what_is_empty_is_filled_and_what_was_written_stays(organiser):
    known = factories.StructureFactory(
        name="Assoc. Comète", seat_id="77067", website="https://a.example"
    )
    answer = factories.ApplicationFactory(sent=True, structure=known)
    factories.ContactFactory(
        structure=known, email="zoe@example.org", last_name="Martin"
    )
    line = columns(
        website="b.example",
        siret="35600000000048",
        kind="Lycée",
        email="zoe@example.org",
        last_name="Autre",
    )

    post(organiser, **sent_back(post(organiser, csv_of([HEADING.split(";"), line]))))

    known.refresh_from_db()
    answer.refresh_from_db()
    assert (known.website, known.siret, known.kind) == (
        "https://a.example",
        "35600000000048",
        "association",
    )
    assert known.contacts.get(email="zoe@example.org").last_name == "Martin"
    assert answer.said("structure", "siret") == "35600000000048"


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"rows": "["},
        {"rows": "[1]"},
        {"rows": "[[1]]"},
        {"rows": "{}"},
        {"rows": "null"},
        {"rows": '{"a": 1}'},
        {"rows": '["nom", "commune"]'},
        {"rows": "[" * 100_000},
        {"rows": '[["nom", "commune"], ["\\ud800", "Cesson"]]'},
        {"rows": '[["nom", "commune"], ["A", "\\ud800"]]'},
    ],
    ids=lambda typed: str(typed)[:40],
)
def test_what_is_no_file_is_asked_again(organiser, typed):
    response = post(organiser, **typed)

    assert response.status_code == 422
    assert not Structure.objects.exists()


def test_whom_nobody_can_write_to_is_left_out_and_said(organiser):
    known = factories.StructureFactory(name="Orion", seat_id="77067")
    lines = [
        columns(name="Comète", first_name="Zoé", last_name="Martin"),
        columns(name="Orion", function="Proviseure"),
    ]

    preview = post(organiser, csv_of([HEADING.split(";"), *lines]))
    post(organiser, **sent_back(preview))

    left = preview.text.partition("Contacts sans adresse électronique")[2]
    assert "Zoé Martin" in left
    assert "Proviseure" in left
    assert preview.context["plan"].same == 1
    assert Structure.objects.exclude(pk=known.pk).get().name == "Comète"
    assert not Contact.objects.exists()


def test_the_preview_says_commune_numbers_and_contacts_of_each_line(organiser):
    factories.StructureFactory(name="Orion", seat_id="77067", uai="0911111A")
    lines = [
        columns(
            siret="35600000000048",
            first_name="Zoé",
            last_name="Martin",
            email="zoe@example.org",
        ),
        columns(name="Orion", email="max@example.org"),
        columns(name="Loin", seat="ailleurs"),
    ]

    preview = post(organiser, csv_of([HEADING.split(";"), *lines]))

    entries = re.findall(
        r"<li>\s*<span>(Comète|Orion|Loin)</span>(.*?)</li>", preview.text, re.S
    )
    told = {name: " ".join(strip_tags(said).split()) for name, said in entries}
    assert told == {
        "Comète": "Autre structure, Cesson, SIRET 35600000000048"
        " Zoé Martin zoe@example.org",
        "Loin": "Autre structure, Hors du territoire",
        "Orion": "Association, Cesson, UAI 0911111A max@example.org",
    }


def test_a_file_without_a_good_line_offers_no_box_to_tick(organiser):
    preview = post(organiser, csv_of([HEADING.split(";"), columns(seat="Atlantis")]))

    assert "good_ones" not in preview.text
    assert "Rien à importer" in preview.text
    assert ">Importer</button>" not in preview.text


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_preview(organiser, count, django_assert_num_queries):
    lines = [columns(name=f"Structure {letter}") for letter in "ABC"[:count]]
    lines += [columns(name=f"Connue {letter}", uai="") for letter in "ABC"[:count]]
    for letter in "ABC"[:count]:
        factories.StructureFactory(name=f"Connue {letter}", seat_id="77067")
    lines = [[*line[:3], "a.example", *line[4:]] for line in lines]
    content = csv_of([HEADING.split(";"), *lines])

    with django_assert_num_queries(10):
        preview = post(organiser, content)

    assert len(preview.context["plan"].updated) == count


def test_unknown_columns_are_told(organiser):
    response = post(
        organiser, csv_of([["Nom", "Commune", "Humeur"], ["Comète", "Cesson", "bonne"]])
    )

    assert "laissées de côté\u00a0: Humeur." in response.text
