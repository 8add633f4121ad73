"""A reason written for one outcome is not sent with another unless somebody says so."""

import pytest

from committee.models import Decision
from tests.committee.deciding import CHOICE, decide, seen, stored
from tests.committee.factories import DecisionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

REASON = CHOICE["reason"]
BOX = 'name="keeps_reason"'


@pytest.fixture
def decided(candidacy):
    """Selected, and its bearer will read why."""
    DecisionFactory(application=candidacy, reason=REASON)
    return candidacy


def again(organiser, candidacy, **values):
    return decide(organiser, candidacy, **{"version": "1", **values})


@pytest.mark.parametrize("outcome", ["reserve", "poster", "declined"])
def test_another_outcome_asks_about_the_reason(organiser, decided, outcome):
    response = again(organiser, decided, outcome=outcome)

    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors == {
        "keeps_reason": [
            "Il a été écrit pour «\u00a0retenu\u00a0». Cochez la case pour le garder,"
            " ou modifiez-le."
        ]
    }
    typed = {**CHOICE, "version": "1", "outcome": outcome}
    assert {name: form[name].value() for name in typed} == typed
    assert 'href="#id_keeps_reason"' in response.text
    assert f'<input type="checkbox" {BOX}' in response.text
    assert stored(decided)[:3] == ("selected", 12, REASON)


def test_a_reason_that_still_fits_is_kept_and_asked_once(organiser, decided):
    kept = again(organiser, decided, outcome="reserve", keeps_reason="on")
    afterwards = again(organiser, decided, version="2", outcome="reserve", note="")

    assert (kept.status_code, afterwards.status_code) == (302, 302)
    assert stored(decided) == ("reserve", 12, REASON, "", 3)
    assert BOX not in seen(organiser, decided).text


@pytest.mark.parametrize("reason", ["", "Plutôt une affiche.", f"{REASON} Bravo."])
def test_a_reason_that_was_written_again_is_not_asked_about(organiser, decided, reason):
    response = again(organiser, decided, outcome="declined", reason=reason)

    assert response.status_code == 302
    assert stored(decided)[2] == reason


@pytest.mark.parametrize(
    "values", [{}, {"minutes": "15"}, {"note": ""}, {"outcome": "a-decider"}]
)
def test_the_same_outcome_or_none_asks_nothing(organiser, decided, values):
    """What is not decided is not sent."""
    assert again(organiser, decided, **values).status_code == 302


def test_a_reason_that_waited_for_its_outcome_is_asked_about(organiser, decided):
    """Back to « à décider », nobody remembers what it was written for."""
    again(organiser, decided, outcome="a-decider")

    response = again(organiser, decided, version="2", outcome="declined")

    assert response.status_code == 422
    assert "Il a été écrit avant la décision." in response.text


def test_a_first_decision_asks_nothing(organiser, candidacy):
    assert decide(organiser, candidacy).status_code == 302


def test_the_box_stays_ticked_while_something_else_is_wrong(organiser, decided):
    Decision.objects.update(outcome="reserve", minutes=None)

    response = again(organiser, decided, minutes="", keeps_reason="on")

    assert list(response.context["form"].errors) == ["minutes"]
    assert f"{BOX} " in response.text
    assert response.context["form"]["keeps_reason"].value() is True


def test_a_stale_page_is_told_of_the_conflict_first(organiser, decided):
    """Asked about an outcome that it never saw, it would have to be asked again."""
    Decision.objects.update(outcome="reserve", version=2)

    stale = again(organiser, decided, outcome="declined")
    asked = again(organiser, decided, outcome="declined", version="2")

    assert (stale.status_code, asked.status_code) == (409, 422)
    assert [label for label, *_ in stale.context["conflict"]] == [
        "Que devient cette proposition\u202f?",
        "Note de délibération",
    ]
    assert "Il a été écrit pour «\u00a0en réserve\u00a0»." in asked.text
