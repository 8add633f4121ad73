"""The list of declared actions: find one, and see where each request stands."""

from datetime import timedelta

import pytest

from submissions.offers import asking
from tests import factories
from tests.factories import ASKED_AT, ASKED_UNTIL, declared_action

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "asking")]

OFFERS = "/admin/comite/proposer/"


def titles(response):
    return [application.title for application in response.context["page"]]


def test_list_holds_declared_actions_that_stand(organiser):
    declared_action(title="Déclarée")
    declared_action(title="Retirée", state="withdrawn", withdrawn_at=ASKED_AT)
    declared_action(title="Brouillon", state="draft")
    factories.ApplicationFactory(proposed=True, sent=True, title="Proposée")
    factories.ApplicationFactory(sent=True, title="Participe")
    other = factories.EditionFactory(slug="2026", is_current=False)
    declared_action(title="D’une autre année", edition=other)

    assert titles(organiser.get(OFFERS)) == ["Déclarée"]


def test_list_finds_by_words_of_title_structure_or_reference(organiser):
    structure = factories.StructureFactory(name="Musée Démo des étoiles")
    wanted = declared_action(title="L’œuf <d’Étiolles>", structure=structure)
    declared_action(title="Autre chose")

    found = {
        query: titles(organiser.get(OFFERS, {"q": query}))
        for query in ("ŒUFS", "musee etoile", wanted.reference.lower(), wanted.key)
    }
    nothing = organiser.get(OFFERS, {"q": "<b>introuvable</b>"})

    assert found == {query: [wanted.title] for query in found}
    assert titles(nothing) == []
    assert "&lt;b&gt;introuvable&lt;/b&gt;" in nothing.text


def test_list_says_where_each_request_stands(organiser):
    waiting = declared_action(asked=True, title="Attend")
    late = declared_action(
        title="En retard",
        asked_to_present_at=ASKED_AT - timedelta(days=9),
        editable_until=ASKED_UNTIL - timedelta(days=15),
    )
    declined = declared_action(asked=True, title="Non")
    asking.decline(declined, at=ASKED_AT)
    declared_action(title="Rien")

    everything = organiser.get(OFFERS)
    asked = organiser.get(OFFERS, {"etat": "demandees"})

    told = {
        application.title: application.offer_state
        for application in everything.context["page"]
    }
    assert told == {
        "Attend": "waiting",
        "En retard": "unanswered",
        "Non": "declined",
        "Rien": "",
    }
    assert "sans réponse" in everything.text
    assert "demandé le 01/06/2027, jusqu’au 09/06/2027" in everything.text
    assert "le 10/06/2027, jusqu’au 24/06/2027" in asked.text
    assert titles(asked) == [late.title, waiting.title]


def test_list_is_cut_into_pages_that_keep_the_search(organiser, monkeypatch):
    monkeypatch.setattr("assises.admin.screens.PER_PAGE", 2)
    for number in range(3):
        declared_action(title=f"Robots {number}")

    first = organiser.get(OFFERS, {"q": "robots"})
    second = organiser.get(OFFERS, {"q": "robots", "p": "2"})

    assert (len(titles(first)), len(titles(second))) == (2, 1)
    assert "?q=robots&amp;p=2" in first.text


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(organiser, django_assert_num_queries, rows):
    for _ in range(rows):
        declared_action(asked=True)

    with django_assert_num_queries(7):
        response = organiser.get(OFFERS)

    assert len(titles(response)) == rows
