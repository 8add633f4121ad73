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


def again(me, candidacy, **values):
    return decide(me, candidacy, **{"version": "1", **values})


@pytest.mark.parametrize("outcome", ["reserve", "poster", "declined"])
def test_another_outcome_asks_about_the_reason(me, decided, outcome):
    response = again(me, decided, outcome=outcome)

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


def test_a_reason_that_still_fits_is_kept_and_asked_once(me, decided):
    kept = again(me, decided, outcome="reserve", keeps_reason="on")
    afterwards = again(me, decided, version="2", outcome="reserve", note="")

    assert (kept.status_code, afterwards.status_code) == (302, 302)
    assert stored(decided) == ("reserve", 12, REASON, "", 3)
    assert BOX not in seen(me, decided).text


@pytest.mark.parametrize("reason", ["", "Plutôt une affiche.", f"{REASON} Bravo."])
def test_a_reason_that_was_written_again_is_not_asked_about(me, decided, reason):
    response = again(me, decided, outcome="declined", reason=reason)

    assert response.status_code == 302
    assert stored(decided)[2] == reason


@pytest.mark.parametrize(
    "values", [{}, {"minutes": "15"}, {"note": ""}, {"outcome": "a-decider"}]
)
def test_the_same_outcome_or_none_asks_nothing(me, decided, values):
    """What is not decided is not sent."""
    assert again(me, decided, **values).status_code == 302


def test_a_reason_that_waited_for_its_outcome_is_asked_about(me, decided):
    """Back to « à décider », nobody remembers what it was written for."""
    again(me, decided, outcome="a-decider")

    response = again(me, decided, version="2", outcome="declined")

    assert response.status_code == 422
    assert "Il a été écrit avant la décision." in response.text


def test_a_first_decision_asks_nothing(me, candidacy):
    assert decide(me, candidacy).status_code == 302


def test_the_box_stays_ticked_while_something_else_is_wrong(me, decided):
    Decision.objects.update(outcome="reserve", minutes=None)

    response = again(me, decided, minutes="", keeps_reason="on")

    assert list(response.context["form"].errors) == ["minutes"]
    assert f"{BOX} " in response.text
    assert response.context["form"]["keeps_reason"].value() is True


def test_a_stale_page_is_told_of_the_conflict_first(me, decided):
    """Asked about an outcome that it never saw, it would have to be asked again."""
    Decision.objects.update(outcome="reserve", version=2)

    stale = again(me, decided, outcome="declined")
    asked = again(me, decided, outcome="declined", version="2")

    assert (stale.status_code, asked.status_code) == (409, 422)
    assert [label for label, *_ in stale.context["conflict"]] == [
        "Que devient cette proposition\u202f?",
        "Note de délibération",
    ]
    assert "Il a été écrit pour «\u00a0en réserve\u00a0»." in asked.text
