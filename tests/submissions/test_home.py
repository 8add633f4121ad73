"""Does the first page say what, when, where, by whom, at each moment of the year?"""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from assises.models import Partner
from tests.factories import (
    CLOSES_AT,
    WHILE_OPEN,
    ApplicationFactory,
    EditionFactory,
    PartnerFactory,
)

BEFORE = datetime(2027, 1, 15, 12, tzinfo=UTC)
CLOSED = datetime(2027, 6, 2, 12, tzinfo=UTC)
INVENTORY_CLOSED = datetime(2027, 10, 4, 12, tzinfo=UTC)
THE_DAY = datetime(2027, 10, 21, 7, tzinfo=UTC)
AFTER = datetime(2027, 10, 25, 12, tzinfo=UTC)


def home(client, at=WHILE_OPEN):
    with time_machine.travel(at, tick=False):
        return client.get(reverse("submissions:home"))


def text(response):
    """Return what a reader sees, on one line, non-breaking spaces made plain."""
    html = re.sub(r"<(title|desc|style).*?</\1>", "", response.text)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def primary(response):
    """Return the labels of the dark buttons."""
    return re.findall(r'class="button"[^>]*>([^<]*)<', response.text)


@pytest.mark.parametrize(
    ("at", "heading", "button"),
    [
        (BEFORE, "Dessinons ensemble la carte des sciences partagées", "Lire l’appel"),
        (
            WHILE_OPEN,
            "Dessinons ensemble la carte des sciences partagées",
            "Répondre à l’appel",
        ),
        (
            CLOSED,
            "La carte des sciences partagées continue de se remplir",
            "Déclarer une action ou participer",
        ),
        (INVENTORY_CLOSED, "Merci, l’appel est clos", "Retrouver mon dossier"),
        (THE_DAY, "Bienvenue aux Assises", "Retrouver mon dossier"),
        (AFTER, "Merci à toutes celles et tous ceux", "Retrouver mon dossier"),
    ],
)
def test_home_has_one_heading_and_one_button_at_each_moment(
    client, edition, at, heading, button
):
    response = home(client, at)

    headings = re.findall(r"<h1>([^<]*)</h1>", response.text)
    assert len(headings) == 1
    assert headings[0].startswith(heading)
    assert primary(response) == [button]


@pytest.mark.django_db
def test_home_says_results_once_published(client):
    EditionFactory(results_published_at=datetime(2027, 7, 5, 8, tzinfo=UTC))

    response = home(client, datetime(2027, 7, 6, 8, tzinfo=UTC))

    assert "Rendez-vous le jeudi 21 octobre 2027" in text(response)
    assert primary(response) == ["Retrouver mon dossier"]


def test_home_says_when_where_by_whom_and_until_when(client, edition):
    PartnerFactory(name="Planète Comète", role=Partner.Role.INITIATIVE)
    PartnerFactory(name="Ville Exemple", order=1)

    read = text(home(client))

    assert "Quand jeudi 21 octobre 2027" in read
    assert "Où Université d’Évry Paris-Saclay" in read
    assert "Par Planète Comète (à l’initiative) , Ville Exemple" in read
    assert (
        "Proposez une action pour la matinée"
        " jusqu’au lundi 31 mai 2027 inclus (23 h 59, heure de Paris) ;" in read
    )
    assert "Sans créer de compte : votre adresse électronique suffit." in read


@pytest.mark.parametrize(
    ("at", "kinds"),
    [
        (BEFORE, []),
        (WHILE_OPEN, ["participate", "declare", "propose"]),
        (CLOSED, ["participate", "declare"]),
        (INVENTORY_CLOSED, []),
    ],
)
def test_home_shows_the_kinds_that_are_open(client, edition, at, kinds):
    html = home(client, at).text

    assert re.findall(r"\?kind=(\w+)", html) == kinds


@pytest.mark.parametrize(
    ("at", "dates"),
    [
        (WHILE_OPEN, ["30 septembre", "30 septembre", "31 mai"]),
        (CLOSED, ["30 septembre", "30 septembre"]),
    ],
)
def test_home_says_at_each_open_kind_until_when(client, edition, at, dates):
    html = text(home(client, at)).split("Trois façons de répondre")[1]

    assert re.findall(r"Jusqu’au \w+ (\d+ \w+) 2027 inclus", html) == dates


@pytest.mark.django_db
def test_home_says_one_date_when_every_kind_closes_together(client):
    EditionFactory(inventory_closes_at=CLOSES_AT)

    read = text(home(client))

    assert "Répondez jusqu’au lundi 31 mai 2027 inclus" in read
    assert "30 septembre" not in read


def test_home_title_begins_with_the_event(client, edition):
    html = home(client).text

    title = re.search("<title>(.*?)</title>", html)[1]
    assert title.startswith(f"{edition.title} – jeudi 21")


@pytest.mark.django_db
def test_home_without_edition_explains_itself(client):
    response = home(client)

    assert response.status_code == 200
    assert "Aucune édition des Assises n’est annoncée pour le moment." in text(response)


def test_home_counts_only_sent_actions(client, edition):
    for _ in range(10):
        ApplicationFactory(declared=True, sent=True)
    ApplicationFactory(declared=True)
    ApplicationFactory(sent=True)

    shown = home(client).context["map"]

    assert shown["total"] == 10
    assert {str(area.commune): area.count for area in shown["areas"] if area.count} == {
        "Évry-Courcouronnes": 10,
        "Grigny": 10,
    }


def test_home_counts_whole_territory_apart(client, edition):
    ApplicationFactory(declared=True, sent=True, whole_territory=True)

    shown = home(client).context["map"]

    assert (shown["total"], shown["whole"]) == (1, 1)
    assert sum(area.count for area in shown["areas"]) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_home_query_count_does_not_grow(
    client, edition, count, django_assert_num_queries
):
    for _ in range(count):
        ApplicationFactory(declared=True, sent=True)

    with django_assert_num_queries(6):
        response = home(client)

    assert response.context["map"]["total"] == count


def test_home_weighs_less_than_its_share(client, edition):
    for _ in range(10):
        ApplicationFactory(declared=True, sent=True)

    response = client.get(
        reverse("submissions:home"), headers={"accept-encoding": "gzip"}
    )

    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 22_000
