"""Withdrawing says what stops: by kind of answer, and whether one is still invited."""

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Kind, Mail
from tests.answers import begin, enter
from tests.factories import ApplicationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

DAY = "le jeudi 21\u00a0octobre 2027"
NO_MORE = f"Nous ne vous attendrons plus {DAY}."
STOPS = {
    Kind.PARTICIPATE: "",
    Kind.DECLARE: "La carte ne la comptera plus. ",
    Kind.PROPOSE: "Le comité ne la lira plus. La carte ne la comptera plus. ",
}
TRAITS = {
    Kind.PARTICIPATE: {},
    Kind.DECLARE: {"declared": True},
    Kind.PROPOSE: {"proposed": True},
}


def withdrawn(answer):
    """Return what is said before, and by mail after, to who withdraws ``answer``."""
    client = Client()
    enter(client, answer.email)
    address = reverse("submissions:withdraw", args=[answer.key])
    page = client.get(address).text
    client.post(address)
    told = Mail.objects.get(kind="application_withdrawn", reference=answer.key)
    return page, told.body


@pytest.mark.parametrize("kind", Kind)
def test_withdrawing_says_what_stops_by_kind(kind):
    answer = ApplicationFactory(sent=True, **TRAITS[kind])

    page, told = withdrawn(answer)

    assert f">{STOPS[kind]}{NO_MORE} Son texte est gardé." in page
    assert f"\n\n{STOPS[kind]}{NO_MORE} Son texte est gardé." in told


def test_a_structure_with_another_answer_is_still_invited(edition):
    answer = ApplicationFactory(sent=True)
    ApplicationFactory(sent=True, structure=answer.structure)

    said = withdrawn(answer)

    kept = f"Une autre réponse de la structure vous invite toujours {DAY}."
    assert [(kept in text, NO_MORE in text) for text in said] == [(True, False)] * 2


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_sent_invites_nobody(state):
    answer = ApplicationFactory(sent=True)
    ApplicationFactory(
        complete=True,
        structure=answer.structure,
        state=state,
        withdrawn_at=answer.sent_at if state == "withdrawn" else None,
    )

    assert all(NO_MORE in text for text in withdrawn(answer))


def test_an_answer_without_a_title_is_named_once(client):
    draft = begin(client, Kind.PARTICIPATE)

    page = client.get(reverse("submissions:discard", args=[draft.key])).text

    assert "<strong>Participer</strong>" in page
    assert f"Réponse {draft.reference}" not in page


def test_who_takes_an_answer_up_again_reads_that_it_must_be_sent_again(client):
    answer = ApplicationFactory(sent=True)
    enter(client, answer.email)

    page = client.post(
        reverse("submissions:withdraw", args=[answer.key]), follow=True
    ).text

    assert "vous devrez l’envoyer de nouveau" in page
    assert "Reprendre cette réponse" in page
