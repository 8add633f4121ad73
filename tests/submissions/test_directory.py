"""Who lets a structure stand in the list that every applicant reads?"""

import pytest

from assises.models import Event, Kind, Structure
from submissions.answering import claiming
from submissions.answering.choice_lists import pickable
from submissions.models import Application
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send
from tests.factories import WHILE_OPEN, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]
HERS = "zoe@example.org"


@pytest.fixture
def sent(client):
    """An answer whose consent to the directory is ticked, sent by nobody known."""
    answer = begin(client, Kind.DECLARE)
    fill_all(client, answer)
    fill(client, answer, "public", {**ANSWERS["public"], "listed": "on"})
    send(client, answer)
    return Application.objects.get()


def listed():
    return pickable("autre@example.org").exists()


def test_an_answer_that_nobody_has_confirmed_lists_no_structure(sent):
    assert (sent.state, listed()) == ("sent", False)


def test_it_is_listed_once_its_address_is_used_where_it_was_begun(client, sent):
    enter(client, HERS)

    assert listed()
    told = Event.objects.about(Structure.objects.get()).get()
    assert (told.actor, told.values) == ("porteuse ou porteur", {"listed": "oui"})


@pytest.mark.parametrize("hers", [True, False])
def test_used_elsewhere_it_is_listed_once_she_says_it_is_hers(client, sent, hers):
    enter(type(client)(), HERS)
    before = listed()

    if hers:
        claiming.recognise(sent, hers=True, at=WHILE_OPEN)
    else:
        claiming.contest(sent, at=WHILE_OPEN)

    assert (before, listed()) == (False, hers)


def test_what_is_sent_by_its_person_lists_it_at_once_and_takes_it_out(client):
    answer = begin(client, Kind.DECLARE)
    fill_all(client, answer)
    enter(client, HERS)
    fill(client, answer, "public", {**ANSWERS["public"], "listed": "on"})
    send(client, answer)
    was_listed = listed()

    fill(client, answer, "public", ANSWERS["public"])

    assert (was_listed, listed()) == (True, False)


def test_the_step_of_consents_unlocks_no_structure_that_was_picked(client):
    known = StructureFactory(listed=True, name="Musée Démo des étoiles")
    answer = begin(client, Kind.DECLARE)
    fill_all(client, answer)
    fill(client, answer, "structure", {"known": str(known.pk)})
    enter(client, HERS)
    send(client, answer)

    stolen = {**ANSWERS["public"], "known": "", "name": "x"}
    fill(client, answer, "public", stolen)

    known.refresh_from_db()
    assert (known.listed, known.name) == (True, "Musée Démo des étoiles")
    assert Application.objects.get().structure == known
    assert Structure.objects.filter(name="x").count() == 0
