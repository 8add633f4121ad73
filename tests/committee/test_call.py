"""Does the call say who is invited, what is chosen and how?"""

import re

import pytest
from django.urls import reverse

from assises.models import Partner
from committee import reference
from committee.models import Criterion
from tests.factories import PartnerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]


@pytest.fixture
def page(client, edition):
    Criterion.objects.all().delete()
    reference.copy_criteria(edition)
    return client.get(reverse("committee:call")).text


def test_call_names_the_eight_families(page):
    families = page.split('<ul class="families">')[1].split("</ul>")[0]

    assert re.findall(r"<strong>([^<]*)</strong>", families) == [
        "Associations",
        "Collectivités",
        "Musées",
        "Centres de recherche",
        "Établissements scolaires",
        "Universités",
        "Grandes écoles",
        "Entreprises",
    ]


def test_call_names_the_four_axes(page):
    assert re.findall(r"<li>([^<]*)</li>", page.split("au moins de ces axes")[1])[
        :4
    ] == [
        "Innovation pédagogique",
        "Apprentissage des sciences et des techniques",
        "Égalité des chances",
        "Accès des filles aux sciences et aux techniques",
    ]


def test_call_publishes_every_criterion_and_its_four_marks(page):
    criteria = Criterion.objects.order_by("order")

    shown = re.findall(r'<h3 id="critere-[^"]*">([^<]*)</h3>', page)
    marks = re.findall(r"<dt>(\d)</dt><dd>([^<]*)</dd>", page)
    assert shown == [criterion.label for criterion in criteria]
    assert marks == [
        (str(mark), meaning)
        for criterion in criteria
        for mark, meaning in criterion.marks
    ]


def test_call_says_who_organises_in_which_role(client, edition):
    PartnerFactory(name="Lieu Exemple", role=Partner.Role.HOST)

    html = client.get(reverse("committee:call")).text

    assert "<li><strong>Lieu Exemple</strong>, accueille la journée</li>" in html


def test_call_prints_the_deadline(page):
    assert (
        "jusqu’au lundi 31\u00a0mai 2027 inclus"
        " (23\u00a0h\u00a059, heure de\u00a0Paris)" in page
    )


def test_call_without_edition_still_explains_the_day(client):
    response = client.get(reverse("committee:call"))

    assert response.status_code == 200
    assert "Aucune édition des Assises" in response.text
    assert "Pourquoi des Assises" in response.text


def test_call_query_count_is_constant(client, edition, django_assert_num_queries):
    Criterion.objects.all().delete()
    reference.copy_criteria(edition)

    with django_assert_num_queries(5):
        client.get(reverse("committee:call"))
