"""The deliberation: proposals by rank, filtered, beside the minutes of the morning."""

import re

import pytest

from assises.models import Edition, Structure, Term
from assises.people.permissions import Role
from committee.models import Candidacy, Review
from submissions.answering import lifecycle
from tests import team
from tests.committee.factories import DecisionFactory, ReviewFactory
from tests.committee.mornings import ADDRESS, Outcome, asked, listed, reviewed, selected
from tests.factories import WHILE_OPEN, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


# What is listed.


def test_list_ranks_by_mean_with_shared_ranks(me):
    reviewed("Sans avis")
    reviewed("Bonne", 2.0, 2.0)
    reviewed("Meilleure", 3.0)
    reviewed("Aussi bonne", 1.0, 3.0)
    reviewed("Moins bonne", 0.5)

    response = asked(me)

    assert listed(response) == [
        (1, "Meilleure"),
        (2, "Bonne"),
        (2, "Aussi bonne"),
        (4, "Moins bonne"),
        (None, "Sans avis"),
    ]
    assert [row.standing.shares_rank for row in response.context["rows"]] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert response.text.count("ex\u00a0æquo") == 2


def test_a_row_tells_figures_reviews_and_decision(me):
    candidacy = selected("Des robots", 12, 3.0, 2.5, 1.25)
    ReviewFactory(application=candidacy, state=Review.State.ABSTAINED)
    ReviewFactory(application=candidacy, state=Review.State.RECUSED, mean=0.0)
    ReviewFactory(application=candidacy)

    text = asked(me).text

    for expected in (
        "<strong>2,25</strong>",
        ">2,50<",
        ">1,75<",
        "3 sur 5",
        "1\u00a0sans\u00a0avis",
        "avis partagés",
        '<span class="pill selected">retenu</span>',
        '<span class="minutes">12\u00a0min</span>',
        "<title>Moyenne 2,25 sur 3, 3 évaluations de 1,25 à 3,00</title>",
        f"{candidacy.structure.name}, Évry-Courcouronnes",
    ):
        assert expected in text


def test_drawing_places_marks_on_an_axis(me):
    reviewed("Des robots", 0.0, 3.0, 1.5)

    text = asked(me).text

    assert '<path d="M0.00 .16H3.00"' in text
    assert re.findall(r'<circle cx="([^"]+)"', text) == ["0.00", "1.50", "3.00"]
    assert '<path class="mean-tick" d="M1.50 ' in text


def test_only_the_proposals_of_this_edition_are_listed(me):
    proposed = reviewed("Debout", 1.0)
    withdrawn = reviewed("Retirée", 3.0, outcome=Outcome.SELECTED, minutes=15)
    lifecycle.withdraw(withdrawn, at=WHILE_OPEN)

    response = asked(me)

    assert listed(response) == [(1, proposed.title)]
    assert response.context["morning"].used == 0


def test_list_is_cut_in_pages_and_keeps_the_rank(me, monkeypatch):
    monkeypatch.setattr("assises.admin.screens.PER_PAGE", 2)
    for number in range(3):
        reviewed(f"Action {number}", number)

    first, second = asked(me), asked(me, "?p=2&structure=association")

    assert len(first.context["rows"]) == 2
    assert listed(second) == [(3, "Action 0")]
    assert 'href="?p=1&amp;structure=association"' in second.text


@pytest.mark.usefixtures("published")
def test_readers_read_no_name_of_a_person(me):
    alone = StructureFactory(name="Zoé Secrète", kind=Structure.Kind.INDIVIDUAL)
    reviewed("Des robots", 2.0, structure=alone)

    to_reader, to_organiser = asked(team.member(Role.READERS)), asked(me)

    assert "Secrète" in to_organiser.text
    assert "Secrète" not in to_reader.text
    assert "Personne à titre individuel, Évry-Courcouronnes" in to_reader.text


def test_an_empty_list_says_what_will_come(me):
    assert "Aucune proposition pour la matinée à ce jour." in asked(me).text


# The morning.


def test_morning_counts_the_selected_and_their_changeovers(me):
    selected("Une", 12, 3.0)
    selected("Deux", 15, 2.0)
    reviewed("Trois", 1.0, outcome=Outcome.RESERVE, minutes=8)

    response = asked(me)

    morning = response.context["morning"]
    assert [(talk["title"], start) for talk, start, _ in morning.blocks] == [
        ("Une", 0),
        ("Deux", 14),
    ]
    assert (morning.used, morning.free, morning.excess) == (29, 91, 0)
    assert "29 minutes prises.</strong>" in response.text
    assert re.search(
        r"Changements entre les présentations <[^>]+>2\u00a0min<", response.text
    )


def test_morning_says_by_how_much_it_overflows(me):
    Edition.objects.update(morning_minutes=20)
    selected("Une", 12, 3.0)
    selected("Deux", 15, 2.0)

    response = asked(me)

    blocks = response.context["morning"].blocks
    assert [is_late for _, _, is_late in blocks] == [False, True]
    assert '<strong class="over">C’est 9 de trop.</strong>' in response.text


def test_morning_stays_whole_when_the_list_is_filtered(me):
    selected("Une", 12, 3.0)
    reviewed("Deux", 2.0)

    response = asked(me, "?decision=a-decider")

    assert listed(response) == [(2, "Deux")]
    assert response.context["morning"].used == 12


# The filters.


@pytest.fixture
def varied():
    """Three proposals that differ by everything one may filter by."""
    museum = StructureFactory(kind=Structure.Kind.MUSEUM)
    first = reviewed("Une", 3.0, outcome=Outcome.RESERVE)
    second = reviewed("Deux", 2.0, structure=museum)
    third = reviewed("Trois", 1.0, whole_territory=True)
    second.terms.set(Term.objects.filter(code__in=["egalite-des-chances", "espace"]))
    second.communes.set(["77067"])  # Cesson
    third.terms.clear()
    third.communes.clear()
    return first, second, third


@pytest.mark.usefixtures("varied")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?axe=innovation-pedagogique", [(1, "Une")]),
        ("?theme=robotique", [(1, "Une")]),
        ("?commune=77067", [(2, "Deux")]),
        ("?commune=territoire", [(3, "Trois")]),
        ("?departement=91", [(1, "Une")]),
        ("?departement=77", [(2, "Deux")]),
        ("?structure=musee", [(2, "Deux")]),
        ("?decision=reserve", [(1, "Une")]),
        ("?decision=a-decider", [(2, "Deux"), (3, "Trois")]),
        ("?decision=a-decider&structure=musee", [(2, "Deux")]),
        ("?commune=77067&departement=91", []),
        # What does not occur, or is no value at all, filters nothing.
        ("?structure=universite", [(1, "Une"), (2, "Deux"), (3, "Trois")]),
        ("?axe=%00&commune=x&p=zero", [(1, "Une"), (2, "Deux"), (3, "Trois")]),
    ],
)
def test_filters_keep_the_global_rank(me, query, expected):
    assert listed(asked(me, query)) == expected


@pytest.mark.usefixtures("varied")
def test_filters_offer_only_what_occurs(me):
    fields = asked(me).context["filters"].fields

    offered = {
        name: [value for value, _ in field.choices if value]
        for name, field in fields.items()
    }
    assert offered["axe"] == ["innovation-pedagogique", "egalite-des-chances"]
    assert offered["theme"] == ["espace", "robotique"]
    assert offered["commune"] == ["77067", "91228", "91286", "territoire"]
    assert offered["departement"] == ["91", "77"]
    assert offered["structure"] == ["association", "musee"]
    assert offered["decision"] == ["reserve", "a-decider"]


@pytest.mark.usefixtures("varied")
def test_active_filters_are_shown_and_go_one_by_one(me):
    response = asked(me, "?decision=a-decider&structure=musee")

    assert response.context["filters"].active() == [
        (
            "Type de structure",
            "Musée ou centre de culture scientifique",
            "?decision=a-decider",
        ),
        ("Décision", "À décider", "?structure=musee"),
    ]
    assert '<option value="musee" selected>' in response.text


def test_a_proposal_of_several_communes_is_listed_once(me):
    candidacy = reviewed("Une", 2.0, 3.0)
    assert candidacy.communes.filter(departement="91").count() == 2

    response = asked(me, "?departement=91")

    assert listed(response) == [(1, "Une")]
    assert response.context["page"].paginator.count == 1


# What it costs.


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?axe=innovation-pedagogique&departement=91"])
def test_list_queries_do_not_grow(me, django_assert_num_queries, count, query):
    for number in range(count):
        selected(f"Action {number}", 12, 1.0, 2.0)
    client = team.signed_in(me)

    with django_assert_num_queries(11):
        response = client.get(f"{ADDRESS}{query}")

    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_list_queries_do_not_grow_for_the_chair(
    chair, django_assert_num_queries, count
):
    for number in range(count):
        selected(f"Action {number}", 12, 1.0, 2.0)
    client = team.signed_in(chair.user)

    with django_assert_num_queries(12):
        response = client.get(f"{ADDRESS}?departement=91")

    assert len(response.context["rows"]) == count
    assert Candidacy.objects.count() == count


def test_it_says_who_decides_and_that_nothing_has_left(me, edition):
    reader = team.member(Role.READERS)
    reviewed("Des robots", 2.0)

    decides, looks = asked(me).text, asked(reader).text
    Edition.objects.update(results_published_at=WHILE_OPEN)

    announced = "la réponse leur est annoncée pour le lundi 5\u00a0juillet 2027."
    assert ("Vous enregistrez ici" in decides, announced in decides) == (True, True)
    assert "Le comité décide\u202f; l’organisation enregistre." in looks
    assert "Les résultats sont publiés." in asked(reader).text


def test_a_refusal_without_its_reason_is_told_to_who_reads_reasons(me):
    for title, reason in (("Sans", ""), ("Avec", "Trop loin du thème.")):
        DecisionFactory(
            application=reviewed(title, 2.0),
            outcome=Outcome.DECLINED,
            reason=reason,
            minutes=None,
        )

    seen = asked(me).text, asked(team.member(Role.READERS)).text

    assert [text.count("sans motif") for text in seen] == [1, 0]
