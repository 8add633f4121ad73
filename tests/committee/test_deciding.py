"""What organisers decide of a proposal: stored, refused, told in the journal."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from assises.models import Event
from committee.deliberation import decisions
from committee.models import Decision
from submissions.answering import lifecycle
from tests.committee.deciding import CHOICE, address, decide, last_event, seen, stored
from tests.committee.factories import DecisionFactory
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

Outcome = Decision.Outcome


# What is decided.


def test_first_decision_is_created_and_told_in_the_journal(me, candidacy):
    response = decide(me, candidacy)

    assert response.url == address(candidacy)
    assert stored(candidacy) == (
        "selected",
        12,
        "Un exemple à suivre.",
        "À l’unanimité.",
        1,
    )
    event = last_event()
    assert event.verb == "décision enregistrée"
    assert event.object_label == f"décision {candidacy.reference}"
    assert event.changed == ["minutes", "note", "outcome", "reason"]
    assert event.values == {"outcome": "retenu", "minutes": "12"}
    assert event.user == me


def test_a_decision_changes_and_tells_only_what_changed(me, candidacy):
    decide(me, candidacy)
    decide(me, candidacy, version="1", outcome="reserve", keeps_reason="on")

    assert stored(candidacy)[0::4] == ("reserve", 2)
    assert (last_event().changed, last_event().values) == (
        ["outcome"],
        {"outcome": "en réserve"},
    )


def test_saving_what_is_stored_writes_nothing(me, candidacy):
    decide(me, candidacy)
    events = Event.objects.count()

    response = decide(me, candidacy, version="1")

    assert response.status_code == 302
    assert stored(candidacy)[-1] == 1
    assert Event.objects.count() == events


def test_an_outcome_is_cleared_and_its_texts_stay(me, candidacy):
    decide(me, candidacy)

    decide(me, candidacy, version="1", outcome="a-decider")

    assert stored(candidacy) == (
        "",
        None,
        "Un exemple à suivre.",
        "À l’unanimité.",
        2,
    )
    assert last_event().values == {"outcome": "à décider", "minutes": "aucune"}


@pytest.mark.parametrize("outcome", ["poster", "stand", "flash", "witness", "declined"])
def test_only_the_morning_takes_minutes(me, candidacy, outcome):
    decide(me, candidacy, outcome=outcome)

    assert stored(candidacy)[:2] == (outcome, None)


def test_minutes_wanted_are_suggested_until_some_are_stored(me, candidacy):
    assert seen(me, candidacy).context["form"]["minutes"].value() == "12"

    DecisionFactory(application=candidacy, minutes=8)

    assert seen(me, candidacy).context["form"]["minutes"].value() == "8"


def test_minutes_are_those_of_the_edition_and_the_stored_ones(me, candidacy):
    DecisionFactory(application=candidacy, minutes=20)

    choices = seen(me, candidacy).context["form"].fields["minutes"].choices

    assert [code for code, _ in choices] == ["8", "12", "15", "20", ""]
    assert decide(me, candidacy, version="1", minutes="9").status_code == 422


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        (
            {"minutes": ""},
            "minutes",
            "Un projet retenu a une durée\u00a0: choisissez-la.",
        ),
        (
            {"outcome": ""},
            "outcome",
            "Choisissez une décision, ou « pas encore décidé ».",
        ),
        ({"outcome": "maybe"}, "outcome", "Choisissez une réponse de la liste."),
        (
            {"reason": "é" * 1001},
            "reason",
            "1\u202f000 caractères au plus, 1 de trop.",
        ),
        (
            {"note": "é" * 2002},
            "note",
            "2\u202f000 caractères au plus, 2 de trop.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(me, candidacy, values, field, message):
    response = decide(me, candidacy, **values)

    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert form.errors[field] == [message]
    typed = {**CHOICE, **values}
    assert {name: form[name].value() for name in typed} == typed
    assert Decision.objects.count() == 0


# What another hand has done meanwhile.


def test_a_stale_page_gets_both_versions(me, candidacy):
    DecisionFactory(
        application=candidacy, outcome=Outcome.DECLINED, minutes=None, version=3
    )

    response = decide(me, candidacy, version="2")

    assert response.status_code == 409
    assert response.context["conflict"] == [
        ("Que devient cette proposition\u202f?", "Non retenu", "Retenu"),
        ("Durée de la présentation", "", "12\u00a0min"),
        ("Motif communiqué à la structure", "", "Un exemple à suivre."),
        ("Note de délibération", "", "À l’unanimité."),
    ]
    assert response.context["form"]["version"].value() == 3
    assert stored(candidacy)[0::4] == ("declined", 3)
    assert decide(me, candidacy, version="3").status_code == 302


def test_the_guarded_update_reads_its_own_table_once(me, candidacy):
    """PostgreSQL does not test a subquery on the same table again after waiting."""
    DecisionFactory(application=candidacy, outcome=Outcome.DECLINED, minutes=None)

    with CaptureQueriesContext(connection) as queries:
        decide(me, candidacy, version="1")

    [update] = [
        query["sql"]
        for query in queries.captured_queries
        if query["sql"].startswith('UPDATE "committee_decision"')
    ]
    assert 'FROM "committee_decision"' not in update
    assert '"version" = 1' in update


def test_two_first_decisions_do_not_overwrite_each_other(me, candidacy):
    decide(me, candidacy, outcome="declined")

    response = decide(me, candidacy)

    assert response.status_code == 409
    assert stored(candidacy)[0::4] == ("declined", 1)


def test_a_page_read_before_the_publication_writes_nothing_over_it(me, candidacy):
    DecisionFactory(application=candidacy, published_at=WHILE_OPEN, version=2)

    response = decide(me, candidacy, version="1")

    assert response.status_code == 409
    assert "Un exemple à suivre." in response.text
    assert stored(candidacy) == ("selected", 12, "", "", 2)


def test_a_published_decision_is_read_by_who_may_not_change_it(chair, candidacy):
    DecisionFactory(application=candidacy, published_at=WHILE_OPEN, reason="Le temps.")

    read = seen(chair.user, candidacy)
    response = decide(chair.user, candidacy, version="1")

    assert 'name="outcome"' not in read.text
    assert "Le temps." in read.text
    assert response.status_code == 403


def test_a_double_click_lands_where_the_first_did(me, candidacy):
    first = decide(me, candidacy, reason="Une ligne.\r\nUne autre.")
    again = decide(me, candidacy, reason="Une ligne.\r\nUne autre.")

    assert (first.status_code, again.status_code) == (302, 302)
    assert first.url == again.url
    assert stored(candidacy)[-1] == 1


def test_an_answer_changed_after_its_decision_is_said(me, candidacy):
    decision = DecisionFactory(application=candidacy)
    snapshot = candidacy.snapshots.get()
    told = "La structure a modifié son dossier"

    before = seen(me, candidacy)
    snapshot.pk, snapshot.number = None, snapshot.number + 1
    snapshot.at = decision.changed_at + timedelta(minutes=1)
    snapshot.save()
    after = seen(me, candidacy)

    assert told not in before.text
    assert told in after.text


def test_a_text_posted_after_the_session_is_given_back(client, candidacy):
    response = client.post(address(candidacy), CHOICE)

    assert response.status_code == 403
    assert "Un exemple à suivre." in response.text
    assert "Des robots" not in response.text
    assert response.context["chosen"] == [
        ("Décision", "retenu"),
        ("Durée", "12\u00a0min"),
    ]
    assert Decision.objects.count() == 0


# The process itself, behind the guards of the page.


def choice(**values):
    return {"outcome": "selected", "minutes": 12, "reason": "", "note": "", **values}


def written(**values):
    return {**choice(**values), "changed_at": WHILE_OPEN}


@pytest.mark.parametrize("same", [True, False])
def test_process_refuses_what_is_published(me, candidacy, same):
    DecisionFactory(application=candidacy, published_at=WHILE_OPEN)
    typed = choice() if same else choice(minutes=8)

    with pytest.raises(decisions.DecisionRefusedError):
        decisions.decide(candidacy, typed, seen=1, by=me, at=WHILE_OPEN)

    assert stored(candidacy) == ("selected", 12, "", "", 1)


@pytest.mark.parametrize("seen", [0, 1])
def test_process_refuses_what_was_withdrawn_meanwhile(me, candidacy, seen):
    if seen:
        DecisionFactory(application=candidacy, outcome="reserve")
    lifecycle.withdraw(candidacy, at=WHILE_OPEN)

    with pytest.raises(decisions.DecisionRefusedError):
        decisions.decide(candidacy, choice(), seen=seen, by=me, at=WHILE_OPEN)

    assert Decision.objects.filter(outcome="selected").count() == 0
    assert Event.objects.filter(verb="décision enregistrée").count() == 0


@pytest.mark.parametrize(
    ("meanwhile", "error"),
    [
        ({"published_at": WHILE_OPEN}, decisions.DecisionRefusedError),
        ({"version": 2}, decisions.StaleDecisionError),
    ],
)
def test_update_tests_again_what_was_read(candidacy, meanwhile, error):
    """As it happens when another hand writes between the reading and the UPDATE."""
    DecisionFactory(application=candidacy, outcome="reserve", **meanwhile)

    with pytest.raises(error):
        decisions.write_decision(candidacy, written(), seen=1)

    assert stored(candidacy)[0] == "reserve"


def test_creation_meets_the_decision_of_another_hand(candidacy):
    DecisionFactory(application=candidacy, outcome="reserve")

    with pytest.raises(decisions.StaleDecisionError):
        decisions.write_decision(candidacy, written(), seen=0)

    assert stored(candidacy)[0] == "reserve"


def test_creation_hides_no_other_fault_of_the_data(candidacy):
    with pytest.raises(IntegrityError):
        decisions.write_decision(candidacy, written(minutes=None), seen=0)
