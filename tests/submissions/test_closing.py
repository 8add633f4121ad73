"""A call that closes while somebody is writing loses nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from assises.models import Kind
from submissions.models import Application
from tests.answers import ANSWERS, begin, fill, fill_all, fingerprint, send
from tests.factories import CLOSES_AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("last_hour", "edition")]


@pytest.fixture
def last_hour():
    with time_machine.travel(CLOSES_AT - timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def nothing_after(edition):
    """The inventory closes together with the proposals."""
    edition.inventory_closes_at = CLOSES_AT
    edition.save()


@pytest.fixture
def proposal(client):
    application = begin(client, Kind.PROPOSE)
    fill_all(client, application)
    return application


def closed():
    """A day after closing, grace over."""
    return time_machine.travel(CLOSES_AT + timedelta(days=1), tick=False)


def test_sending_after_closing_is_refused_and_the_draft_kept(client, proposal):
    with closed():
        response = send(client, proposal)

    proposal.refresh_from_db()
    assert response.status_code == 403
    assert proposal.state == Application.State.DRAFT
    assert proposal.title == ANSWERS["action"]["title"]
    assert "L’appel est clos" in response.text
    assert "Déclarer cette action" in response.text


def test_a_closed_proposal_becomes_a_declaration_without_retyping(client, proposal):
    with closed():
        client.post(
            reverse("submissions:change-kind", args=[proposal.key]), {"kind": "declare"}
        )
        send(client, proposal)

    proposal.refresh_from_db()
    assert (proposal.kind, proposal.state) == (Kind.DECLARE, Application.State.SENT)
    assert proposal.takeaway == ANSWERS["matinee"]["takeaway"]


def test_no_door_leads_back_to_the_morning_once_closed(client):
    application = begin(client, Kind.DECLARE)

    with closed():
        response = client.post(
            reverse("submissions:change-kind", args=[application.key]),
            {"kind": "propose"},
        )

    application.refresh_from_db()
    assert response.status_code == 403
    assert application.kind == Kind.DECLARE


@pytest.mark.usefixtures("nothing_after")
def test_a_step_posted_to_a_draft_after_closing_is_kept(client, proposal):
    seen = fingerprint(client, proposal, "action")

    with closed():
        response = fill(
            client,
            proposal,
            "action",
            {**ANSWERS["action"], "title": "À minuit"},
            seen=seen,
        )

    proposal.refresh_from_db()
    assert response.status_code == 200
    assert proposal.title == "À minuit"


@pytest.mark.usefixtures("nothing_after")
def test_a_change_of_a_sent_answer_after_closing_shows_its_text(client, proposal):
    send(client, proposal)
    seen = fingerprint(client, proposal, "action")

    with closed():
        response = fill(
            client,
            proposal,
            "action",
            {**ANSWERS["action"], "title": "Trop tard"},
            seen=seen,
        )

    proposal.refresh_from_db()
    assert response.status_code == 403
    assert "Trop tard" in response.text
    assert proposal.title == ANSWERS["action"]["title"]
    assert proposal.snapshots.count() == 1


def test_within_grace_a_draft_begun_before_can_be_sent(client, proposal):
    with time_machine.travel(CLOSES_AT, tick=False):
        send(client, proposal)

    proposal.refresh_from_db()
    assert proposal.state == Application.State.SENT


@pytest.mark.usefixtures("nothing_after")
def test_the_closed_call_says_so_to_newcomers(client):
    with closed():
        shown = client.get(reverse("submissions:start"))
        posted = client.post(
            reverse("submissions:start"),
            {"email": "zoe@example.org", "kind": "declare", "start_key": ""},
        )

    assert (shown.status_code, posted.status_code) == (200, 403)
    assert "L’appel est clos" in shown.text
    assert not Application.objects.exists()


def test_between_both_closings_two_doors_stay_open(client):
    with closed():
        shown = client.get(reverse("submissions:start"))
        refused = client.post(
            reverse("submissions:start"),
            {"email": "zoe@example.org", "kind": "propose", "start_key": ""},
        )

    doors = [value for value, _ in shown.context["form"].fields["kind"].choices]
    assert doors == ["participate", "declare"]
    assert list(refused.context["form"].errors) == ["kind"]
    assert 'value="zoe@example.org"' in refused.text


def test_without_an_edition_every_page_of_the_form_answers(client, edition):
    edition.is_current = False
    edition.save()

    response = client.get(reverse("submissions:start"))

    assert response.status_code == 200
    assert "Aucun appel en cours" in response.text
