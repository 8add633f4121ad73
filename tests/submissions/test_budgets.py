"""How many queries does each page of the form cost? Constant, and at most twelve."""

import pytest
from django.urls import reverse

from assises.models import Term
from assises.people import access_links
from submissions.answering import steps
from submissions.models import Application
from tests.answers import ANSWERS, fingerprint
from tests.factories import WHILE_OPEN, ApplicationFactory, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


@pytest.fixture
def proposal():
    return ApplicationFactory(
        proposed=True, email="zoe@example.org", email_confirmed_at=WHILE_OPEN
    )


@pytest.fixture
def applicant(client):
    client.post(
        reverse("submissions:enter"),
        {"token": access_links.issue("zoe@example.org", at=WHILE_OPEN)},
    )
    return client


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("structure", 7),
        ("contact", 5),
        ("action", 5),
        ("territoire", 5),
        ("matinee", 5),
        ("public", 6),
    ],
)
def test_queries_of_a_step(
    applicant, proposal, django_assert_num_queries, slug, expected, rows
):
    grow(proposal, rows)
    address = reverse("submissions:step", args=[proposal.key, slug])

    with django_assert_num_queries(expected):
        response = applicant.get(address)

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("submissions:check", 6),
        ("submissions:withdraw", 5),
        ("submissions:discard", 5),
    ],
)
def test_queries_of_pages_of_an_answer(
    applicant, proposal, django_assert_num_queries, name, expected, rows
):
    grow(proposal, rows)

    with django_assert_num_queries(expected):
        response = applicant.get(reverse(name, args=[proposal.key]))

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_receipt(applicant, django_assert_num_queries, rows):
    sent = ApplicationFactory(
        proposed=True,
        sent=True,
        email="zoe@example.org",
        email_confirmed_at=WHILE_OPEN,
    )
    grow(sent, rows)

    with django_assert_num_queries(9):
        response = applicant.get(reverse("submissions:receipt", args=[sent.key]))

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_space(applicant, django_assert_num_queries, rows):
    hers = {"sent": True, "email": "zoe@example.org"}
    ApplicationFactory.create_batch(rows, email_confirmed_at=WHILE_OPEN, **hers)
    ApplicationFactory.create_batch(rows, **hers)

    with django_assert_num_queries(12):
        response = applicant.get(reverse("committee:space"))

    assert len(response.context["answers"]) == rows
    assert response.text.count("Est-ce la vôtre") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_first_screen(applicant, django_assert_num_queries, rows):
    ApplicationFactory.create_batch(
        rows, complete=True, email="zoe@example.org", email_confirmed_at=WHILE_OPEN
    )

    with django_assert_num_queries(4):
        response = applicant.get(reverse("submissions:start"))

    assert response.text.count("La reprendre\u00a0: Réponse") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_sending(applicant, proposal, django_assert_num_queries, rows):
    grow(proposal, rows)
    proposal.communes.clear()
    proposal.terms.clear()
    own = Application.objects.filter(pk=proposal.pk)
    own.update(structure=None, contact=None)
    address = reverse("submissions:check", args=[proposal.key])

    with django_assert_num_queries(18):
        response = applicant.post(address)

    assert response.status_code == 302


def test_queries_of_saving_a_step(applicant, proposal, django_assert_num_queries):
    seen = fingerprint(applicant, proposal, "action")
    address = reverse("submissions:step", args=[proposal.key, "action"])

    with django_assert_num_queries(7):
        response = applicant.post(address, {**ANSWERS["action"], "seen": seen})

    assert response.status_code == 302


def test_queries_of_saving_by_itself(applicant, proposal, django_assert_num_queries):
    seen = fingerprint(applicant, proposal, "action")
    address = reverse("submissions:step", args=[proposal.key, "action"])

    with django_assert_num_queries(4):
        response = applicant.post(
            address,
            {**ANSWERS["action"], "seen": seen},
            headers={"X-Autosave": "1"},
        )

    assert response.status_code == 200


def test_every_step_is_counted():
    counted = test_queries_of_a_step.pytestmark[0].args[1]

    assert [slug for slug, _ in counted] == list(steps.STEPS)


def grow(application, rows):
    """Give the answer and the lists it chooses from more rows."""
    application.communes.set(["91228", "91286", "91225"][:rows])
    application.terms.set(Term.objects.of(Term.Vocabulary.AXIS)[:rows])
    application.terms.add(Term.objects.get(code="filles"))
    StructureFactory.create_batch(rows, listed=True)
    ApplicationFactory.create_batch(
        rows, email="zoe@example.org", email_confirmed_at=WHILE_OPEN
    )
