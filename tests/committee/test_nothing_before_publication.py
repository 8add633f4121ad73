"""Before the results are published, nobody outside the deliberation reads one, anywhere."""

import pytest
from django.test import Client
from django.urls import reverse

from assises.people.permissions import Role
from committee.models import Decision
from committee.publishing import letters, publication
from tests import factories
from tests.answers import enter
from tests.committee.factories import FROZEN, DecisionFactory, proposal
from tests.factories import WHILE_OPEN
from tests.test_every_address import answer_of, client_of, concrete, expected, things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]
REASON = "Un motif reconnaissable entre mille"
SPACE = reverse("committee:space")
__all__ = ["things"]


@pytest.fixture
def decided(things):
    """One proposal, about which something is decided that every page would show."""
    decision = Decision.objects.get()
    decision.reason = REASON
    decision.save()
    return decision


def applicant(application):
    client = Client()
    enter(client, application.email)
    return client


def pages(client, things):
    """Yield every address with what it shows to ``client``."""
    for pattern in expected():
        answer = answer_of(client, "get", concrete(pattern, things))
        body = (
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        )
        yield pattern, body.decode(errors="replace")


def told(text):
    return REASON in text or "retenu</span>" in text or "retenu pour la matinée" in text


@pytest.mark.parametrize(
    "person", ["nobody", "applicant", Role.READERS, Role.MEMBERS, Role.DESK]
)
def test_no_page_shows_an_outcome(edition, things, decided, person):
    client = (
        applicant(decided.application)
        if person == "applicant"
        else client_of(person, edition)
    )

    assert [pattern for pattern, text in pages(client, things) if told(text)] == []


def test_applicant_reads_it_once_published(edition, me, decided):
    client = applicant(decided.application)
    assert "retenu pour la matinée" not in client.get(SPACE).text

    publication.publish(edition, by=me, at=WHILE_OPEN)
    page = client.get(SPACE).text

    assert "Votre projet est retenu pour la matinée." in page
    assert REASON in page


def test_another_applicant_reads_nothing_of_it(edition, me, decided):
    publication.publish(edition, by=me, at=WHILE_OPEN)
    other = factories.ApplicationFactory(
        declared=True, sent=True, email="autre@example.org"
    )

    assert not told(applicant(other).get(SPACE).text)


def test_results_never_leave_before_the_second_click(edition, me, decided):
    publication.publish(edition, by=me, at=WHILE_OPEN)

    mail = letters.written_in(edition).get()
    assert (mail.state, mail.sent_at) == ("held", None)


@pytest.mark.parametrize("number", [1, 3])
def test_space_costs_the_same_for_any_number_of_results(
    edition, me, django_assert_num_queries, number
):
    for place in range(number):
        candidacy = proposal(title=f"Action {place}", email="zoe@example.org")
        DecisionFactory(application=candidacy, published_at=WHILE_OPEN, frozen=FROZEN)
    client = Client()
    enter(client, "zoe@example.org")

    with django_assert_num_queries(12):
        client.get(SPACE)
