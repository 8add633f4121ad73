"""Who sees what nobody was given yet, or what was taken back: organisers alone."""

import pytest
from django.urls import reverse

from assises.models import Structure
from assises.people.permissions import Role
from submissions.answering import lifecycle
from submissions.models import Application
from submissions.reading.visibility import applications_visible_to
from tests import factories, team
from tests.answers import begin, fill_all, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

LIST = reverse("admin:submissions_application_changelist")
STATES = ("draft", "sent", "withdrawn")


@pytest.fixture
def answers():
    """One answer in each state, of one structure."""
    structure = factories.StructureFactory()
    return {
        state: factories.ApplicationFactory(
            proposed=True,
            sent=True,
            structure=structure,
            state=state,
            withdrawn_at=factories.WHILE_OPEN,
        )
        for state in STATES
    }


def page(name, row):
    return reverse(f"admin:{name}", args=[row.pk])


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.ORGANISERS, set(STATES)),
        (Role.READERS, {"sent"}),
        (Role.MEMBERS, set()),
        (Role.DESK, set()),
    ],
)
def test_each_role_sees_the_answers_of_these_states(answers, role, seen):
    visible = applications_visible_to(team.member(role))

    assert set(visible.values_list("state", flat=True)) == seen


@pytest.mark.parametrize(
    ("role", "seen"), [(Role.ORGANISERS, set(STATES)), (Role.READERS, {"sent"})]
)
def test_every_page_of_the_admin_shows_these_answers_alone(answers, role, seen):
    client = team.signed_in(team.member(role))
    structure = client.get(page("assises_structure_change", answers["sent"].structure))

    listed = client.get(LIST).context["cl"].result_list
    searched = client.get(LIST, {"q": "comete"}).context["cl"].result_list
    opened = {
        state: client.get(page("submissions_application_change", answer))
        for state, answer in answers.items()
    }

    assert {answer.state for answer in listed} == seen
    assert {answer.state for answer in searched} == seen
    assert {state for state, it in opened.items() if it.status_code == 200} == seen
    assert {
        state for state, answer in answers.items() if answer.reference in structure.text
    } == seen


def test_what_a_reader_may_not_see_answers_as_if_unknown(answers):
    reader = team.signed_in(team.member(Role.READERS))
    history = page("submissions_application_history", answers["draft"])

    hidden = reader.get(page("submissions_application_change", answers["draft"]))
    unknown = reader.get(reverse("admin:submissions_application_change", args=[99_999]))

    assert (hidden.status_code, hidden.url) == (unknown.status_code, unknown.url)
    assert reader.get(history).status_code == 403


@pytest.mark.parametrize(
    ("listed", "state", "seen"),
    [
        (False, "draft", False),
        (False, "withdrawn", False),
        (False, "sent", True),
        (True, "draft", True),
        (False, None, True),
    ],
)
def test_a_reader_sees_no_structure_that_only_a_draft_describes(listed, state, seen):
    structure = factories.StructureFactory(listed=listed)
    if state:
        factories.ApplicationFactory(
            complete=True,
            structure=structure,
            state=state,
            withdrawn_at=factories.WHILE_OPEN,
        )
    url = reverse("admin:assises_structure_changelist")

    rows = {
        role: client.get(url).context["cl"].result_count
        for role in (Role.READERS, Role.ORGANISERS)
        for client in [team.signed_in(team.member(role))]
    }

    assert rows == {Role.READERS: int(seen), Role.ORGANISERS: 1}
    assert Structure.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "count"), [("K7QF", 1), ("k7qf-2m", 1), ("2m9x", 1), ("lol", 0)]
)
def test_half_a_reference_finds_for_every_role(query, count):
    factories.ApplicationFactory(proposed=True, sent=True, key="K7QF2M9X")

    found = [
        team.signed_in(team.member(role))
        .get(LIST, {"q": query})
        .context["cl"]
        .result_count
        for role in (Role.ORGANISERS, Role.READERS)
    ]

    assert found == [count, count]


def test_discarding_tells_who_may_have_read(client):
    application = begin(client, "participate")
    fill_all(client, application)
    discard = reverse("submissions:discard", args=[application.key])

    never_sent = client.get(discard).text
    send(client, application)
    application.refresh_from_db()
    lifecycle.withdraw(application, at=factories.WHILE_OPEN)
    lifecycle.resume(application, at=factories.WHILE_OPEN)
    resumed = client.get(discard).text

    assert "seule l’organisation pouvait l’ouvrir" in never_sent
    assert "seule l’organisation" not in resumed
    assert "avait été envoyée" in resumed
    assert Application.objects.get().is_draft
