"""Going through the deliberation: the list that one came from, the next, the way back."""

import re

import pytest
from django.urls import reverse

from assises.people.permissions import Role
from committee import visibility
from committee.deliberation import agenda
from committee.models import Review
from tests import team
from tests.committee.deciding import CHOICE, address, stored
from tests.committee.factories import DecisionFactory, ReviewFactory
from tests.committee.mornings import ADDRESS, Outcome, asked, reviewed
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

TO_DECIDE = "?decision=a-decider"


@pytest.fixture
def ranked():
    """Five proposals by rank: the second in reserve, the fourth selected."""
    outcomes = ("", Outcome.RESERVE, "", Outcome.SELECTED, "")
    return [
        reviewed(f"Action {place}", 3 - place / 2, outcome=outcome, minutes=12)
        for place, outcome in enumerate(outcomes, start=1)
    ]


def read(user, candidacy, query=""):
    response = team.signed_in(user).get(f"{address(candidacy)}{query}")
    assert response.status_code == 200
    return response


def save(user, candidacy, query="", **values):
    """Decide from the page that the list filtered by ``query`` led to."""
    version = str(getattr(getattr(candidacy, "decision", None), "version", 0))
    typed = {**CHOICE, "version": version, "reason": "", "geste": "suivante", **values}
    response = team.signed_in(user).post(f"{address(candidacy)}{query}", typed)
    assert response.status_code == 302
    return response


def told(user, response):
    """Return what is said where ``response`` leads."""
    page = team.signed_in(user)
    page.cookies = response.client.cookies
    return page.get(response.url).text


def links(response, rel):
    return re.findall(rf'href="([^"]+)" rel="{rel}"', response.text)


# The way there and back.


def test_list_keeps_its_filters_in_its_links(me, ranked):
    text = asked(me, f"{TO_DECIDE}&commune=nulle-part").text

    assert f'href="{address(ranked[0])}{TO_DECIDE}"' in text
    assert f'href="{address(ranked[3])}{TO_DECIDE}">Action 4</a>' in text  # selected
    assert "nulle-part" not in text


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("role", ["organiser", "chair", "reader"])
def test_one_goes_through_the_filtered_list_and_back(me, chair, ranked, role):
    users = {
        "organiser": me,
        "chair": chair.user,
        "reader": team.member(Role.READERS),
    }
    first, second, third, _, fifth = ranked

    page = read(users[role], third, TO_DECIDE)

    assert links(page, "prev") == [f"{address(first)}{TO_DECIDE}"]
    assert links(page, "next") == [f"{address(fifth)}{TO_DECIDE}"]
    back = f'href="{ADDRESS}{TO_DECIDE}#proposition-{third.pk}"'
    assert page.text.count(back) == 2
    assert "Revenir à la liste filtrée (3)" in page.text
    assert f'id="proposition-{third.pk}"' in asked(users[role], TO_DECIDE).text
    assert links(read(users[role], second, TO_DECIDE), "next") == [
        f"{address(third)}{TO_DECIDE}"
    ]


def test_without_filter_one_reads_all_of_them(me, ranked):
    first, second, third, *_ = ranked

    page = read(me, second)

    assert links(page, "prev") == [address(first)]
    assert links(page, "next") == [address(third)]
    assert f'href="{ADDRESS}#proposition-{second.pk}">Revenir à la liste<' in page.text


def test_the_way_back_leads_to_the_page_of_the_list(edition):
    for place in range(3):
        reviewed(f"Action {place}", place)
    chosen = {"structure": "association"}
    organiser = team.member(Role.ORGANISERS)
    sight = visibility.sight(organiser, edition, at=WHILE_OPEN)
    found = agenda.agenda_of(sight, chosen)

    pages = [found.query_back(pk, 2) for pk in found.kept]

    assert pages == [chosen, chosen, chosen | {"p": 2}]


def test_what_is_refused_keeps_the_list(me, ranked):
    client = team.signed_in(me)

    wrong = client.post(f"{address(ranked[0])}{TO_DECIDE}", {**CHOICE, "minutes": ""})
    DecisionFactory(application=ranked[0], outcome=Outcome.DECLINED, minutes=None)
    stale = client.post(f"{address(ranked[0])}{TO_DECIDE}", CHOICE)

    assert (wrong.status_code, stale.status_code) == (422, 409)
    for page in (wrong, stale):
        assert links(page, "next") == [f"{address(ranked[2])}{TO_DECIDE}"]


def test_lifting_a_recusal_keeps_the_list(me, ranked):
    recusal = ReviewFactory(application=ranked[0], state=Review.State.RECUSED)
    lift = reverse("screens:give-back", args=[ranked[0].pk, recusal.pk])

    assert f'action="{lift}{TO_DECIDE}"' in read(me, ranked[0], TO_DECIDE).text
    response = team.signed_in(me).post(f"{lift}{TO_DECIDE}")

    assert response.url == f"{address(ranked[0])}{TO_DECIDE}"


# The next one to decide.


@pytest.mark.parametrize("query", ["", TO_DECIDE])
def test_saving_leads_to_the_next_one_undecided(me, ranked, query):
    first, _, third, _, fifth = ranked

    following = [save(me, each, query).url for each in (first, third)]

    assert following == [f"{address(third)}{query}", f"{address(fifth)}{query}"]


def test_saving_alone_stays_there(me, ranked):
    response = save(me, ranked[0], TO_DECIDE, geste="rester")

    assert response.url == f"{address(ranked[0])}{TO_DECIDE}"


def test_what_was_passed_over_comes_after_the_last(me, ranked):
    response = save(me, ranked[4], TO_DECIDE)

    assert response.url == f"{address(ranked[0])}{TO_DECIDE}"
    assert "on la reprend en tête" in told(me, response)


def test_nothing_left_leads_back_to_the_list(me, ranked):
    first, _, third, _, fifth = ranked
    for each in (first, third):
        DecisionFactory(application=each, outcome=Outcome.POSTER, minutes=None)

    response = save(me, fifth, TO_DECIDE)

    assert response.url == f"{ADDRESS}{TO_DECIDE}#proposition-{fifth.pk}"
    assert "Il ne reste aucune autre proposition à décider." in told(me, response)


def test_what_is_still_undecided_is_not_its_own_next(me, ranked):
    first, _, third, _, fifth = ranked
    for each in (first, third):
        DecisionFactory(application=each, outcome=Outcome.POSTER, minutes=None)

    response = save(me, fifth, outcome="a-decider")

    assert response.url == f"{ADDRESS}#proposition-{fifth.pk}"


def test_a_list_that_is_gone_through_says_what_is_left_beside_it(me, ranked):
    ranked[0].communes.set(["77067"])  # Cesson

    response = save(me, ranked[0], "?commune=77067")

    assert response.url == f"{ADDRESS}?commune=77067#proposition-{ranked[0].pk}"
    assert (
        "Il ne reste rien d’autre à décider dans cette liste filtrée\u202f;"
        " 2 restent à décider en dehors." in told(me, response)
    )


def test_a_list_of_one_outcome_is_gone_through_to_its_end(me, ranked):
    """One looks again at what was put in reserve: all of it is decided already."""
    second, fifth = ranked[1], ranked[4]
    query = "?decision=reserve"
    DecisionFactory(application=fifth, outcome=Outcome.RESERVE)

    responses = [save(me, each, query) for each in (second, fifth)]

    assert stored(second)[0] == "selected"
    # The first one is no longer in reserve, the second was the last of them.
    assert [response.url for response in responses] == [
        f"{address(fifth)}{query}",
        f"{ADDRESS}{query}#proposition-{fifth.pk}",
    ]
    assert "C’était la dernière de cette liste." in told(me, responses[1])
    assert "voir la suivante<" in read(me, fifth, "?decision=selected").text
    hidden = '<span class="visually-hidden"> à décider</span>'
    assert f"voir la suivante{hidden}" in read(me, fifth).text


# Ties, and what it costs.


@pytest.mark.parametrize("query", ["", TO_DECIDE, "?commune=77067"])
def test_a_conflicted_chair_goes_through_a_list_that_knows_nothing_of_it(
    chair, ranked, query
):
    some = ranked[1:4]
    before = [read(chair.user, each, query).context["agenda"] for each in some]
    conflicted = reviewed("Liée", 2.25)
    conflicted.communes.set(["77067"])
    ReviewFactory(application=conflicted, member=chair, state=Review.State.RECUSED)

    after = [read(chair.user, each, query) for each in some]

    assert [page.context["agenda"] for page in after] == before
    assert not any(address(conflicted) in page.text for page in after)
    assert (
        team.signed_in(chair.user).get(f"{address(conflicted)}{query}").status_code
        == 404
    )


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("organiser", 12), ("chair", 12)])
def test_detail_of_a_filtered_list_queries_do_not_grow(
    me, chair, django_assert_num_queries, role, queries, count
):
    candidacies = [reviewed(f"Action {place}", 1.0, 2.0) for place in range(count)]
    client = team.signed_in(me if role == "organiser" else chair.user)
    query = f"{TO_DECIDE}&axe=innovation-pedagogique&departement=91"

    with django_assert_num_queries(queries):
        response = client.get(f"{address(candidacies[0])}{query}")

    assert len(response.context["agenda"].kept) == count
