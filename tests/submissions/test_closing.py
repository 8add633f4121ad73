"""A call that closes while somebody is writing loses nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from assises.models import Kind, Mail
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


PROPOSALS = "Les propositions pour la matinée sont closes depuis le lundi 31\u00a0mai 2027 au soir."
EVERYTHING = (
    "Les réponses ne sont plus reçues depuis le lundi 31\u00a0mai 2027 au soir."
)


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
    assert proposal.typed["matinee"]["takeaway"] == [ANSWERS["matinee"]["takeaway"]]


def test_no_kind_leads_back_to_the_morning_once_closed(client):
    application = begin(client, Kind.DECLARE)

    with closed():
        response = client.post(
            reverse("submissions:change-kind", args=[application.key]),
            {"kind": "propose"},
        )

    application.refresh_from_db()
    assert response.status_code == 403
    assert application.kind == Kind.DECLARE
    assert PROPOSALS in response.text


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


STILL_OPEN = "voir ce qui reste possible"
TO_SEND = "À envoyer jusqu’au"


def test_a_step_of_a_closed_draft_says_so_and_what_is_still_open(client, proposal):
    address = reverse("submissions:step", args=[proposal.key, "action"])

    before = client.get(address).text
    with closed():
        after = client.get(address).text

    assert [TO_SEND in text for text in (before, after)] == [True, False]
    assert ["ne s’envoie plus" in text for text in (before, after)] == [False, True]
    assert [STILL_OPEN in text for text in (before, after)] == [False, True]


@pytest.mark.usefixtures("nothing_after")
def test_a_step_offers_nothing_once_every_kind_is_closed(client, proposal):
    with closed():
        page = client.get(reverse("submissions:step", args=[proposal.key, "action"]))

    assert "ne s’envoie plus" in page.text
    assert STILL_OPEN not in page.text


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


@pytest.mark.parametrize(
    "name", ["submissions:home", "submissions:start", "committee:call"]
)
def test_every_page_says_the_same_of_closed_proposals(client, name):
    with closed():
        page = client.get(reverse(name)).text

    assert PROPOSALS in page
    assert EVERYTHING not in page


@pytest.mark.usefixtures("nothing_after")
@pytest.mark.parametrize("name", ["submissions:home", "submissions:start"])
def test_every_page_says_the_same_of_a_closed_call(client, name):
    with closed():
        page = client.get(reverse(name)).text

    assert EVERYTHING in page
    assert PROPOSALS not in page


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


def test_an_address_typed_on_a_page_of_before_the_opening_is_shown(client, edition):
    typed = {"email": "zoe@example.org", "kind": "declare", "start_key": ""}

    with time_machine.travel(edition.opens_at - timedelta(hours=1), tick=False):
        response = client.post(reverse("submissions:start"), typed)

    assert response.status_code == 403
    assert ">zoe@example.org</textarea>" in response.text


def test_what_was_typed_beside_the_button_that_sends_is_shown(client, proposal):
    typed = {"seen": "", "difficulty": "Garder les bénévoles."}

    with closed():
        check = reverse("submissions:check", args=[proposal.key])
        response = client.post(check, typed)

    assert response.status_code == 403
    assert ">Garder les bénévoles.</textarea>" in response.text


def test_between_both_closings_two_kinds_stay_open(client):
    with closed():
        shown = client.get(reverse("submissions:start"))
        refused = client.post(
            reverse("submissions:start"),
            {"email": "zoe@example.org", "kind": "propose", "start_key": ""},
        )

    kinds = [value for value, _ in shown.context["form"].fields["kind"].choices]
    assert kinds == ["participate", "declare"]
    assert list(refused.context["form"].errors) == ["kind"]
    assert 'value="zoe@example.org"' in refused.text


def test_without_an_edition_every_page_of_the_form_answers(client, edition):
    edition.is_current = False
    edition.save()

    response = client.get(reverse("submissions:start"))

    assert response.status_code == 200
    assert "Aucun appel en cours" in response.text


@pytest.mark.usefixtures("nothing_after")
def test_an_answer_is_withdrawn_after_closing_without_a_promise_to_resume(
    client, proposal
):
    send(client, proposal)
    address = reverse("submissions:withdraw", args=[proposal.key])
    open_page = client.get(address)

    with closed():
        closed_page = client.get(address)
        client.post(address)

    proposal.refresh_from_db()
    received = Mail.objects.get(kind="application_received")
    told = Mail.objects.get(kind="application_withdrawn")
    over = "L’appel est clos\u00a0: elle ne p"
    deadline = "jusqu’au lundi 31\u00a0mai 2027 inclus (23\u00a0h\u00a059, heure de\u00a0Paris)"
    assert proposal.state == Application.State.WITHDRAWN
    assert f"Vous pourrez la reprendre {deadline}." in open_page.text
    assert f"{over}ourra plus être reprise." in closed_page.text
    assert f"{over}eut plus être reprise." in told.body
    assert [page.count("jusqu’au") for page in (closed_page.text, told.body)] == [0, 0]
    assert (
        f"Vous pouvez modifier votre réponse {deadline}. Vous pouvez la retirer"
        " à tout moment." in received.body
    )


def test_an_answer_sent_within_grace_is_not_said_to_be_changed_later(client, proposal):
    with time_machine.travel(CLOSES_AT, tick=False):
        send(client, proposal)

    received = Mail.objects.get(kind="application_received")
    assert "L’appel est clos\u00a0: votre réponse ne se modifie plus." in received.body
