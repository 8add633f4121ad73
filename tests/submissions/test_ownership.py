"""Whose is an answer, in one row or in a list, and whose the row of its contact?"""

from itertools import product

import pytest

from assises.people.access_links import NOBODY, Applicant
from submissions.models import Application
from submissions.people import identity
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    ContactFactory,
    StructureFactory,
)

pytestmark = pytest.mark.django_db

STATES = ("draft", "sent", "withdrawn")
HERS = "zoe@example.org"


@pytest.fixture
def _answers():
    """Every state, of her or another, with her as second or nobody, claimed, confirmed
    or not."""
    instants = (WHILE_OPEN, None)
    for state, email, second, claimed, confirmed in product(
        STATES, (HERS, "autre@example.org"), (HERS, None), instants, instants
    ):
        ApplicationFactory(
            complete=True,
            state=state,
            withdrawn_at=WHILE_OPEN,
            email=email,
            second_contact=ContactFactory(email=second) if second else None,
            claimed_at=claimed,
            email_confirmed_at=confirmed,
        )


@pytest.mark.usefixtures("_answers")
@pytest.mark.parametrize("email", [HERS, None])
@pytest.mark.parametrize("began", [True, False])
def test_the_property_and_the_list_agree_on_whose_answer_it_is(email, began):
    answers = Application.objects.order_by("pk")
    started = frozenset(answers.values_list("key", flat=True)) if began else frozenset()
    her = Applicant(email, started)

    owned = [answer.pk for answer in answers if answer.is_owned_by(her)]
    seconded = [answer.pk for answer in answers if answer.is_seconded_by(her)]

    editable = list(answers.editable_by(her).values_list("pk", flat=True))
    assert owned == list(answers.owned_by(her).values_list("pk", flat=True))
    assert sorted({*owned, *seconded}) == editable
    assert bool(owned) is (began or email is not None)
    assert bool(seconded) is (email is not None)


def test_a_row_that_another_hand_moves_is_no_more_confirmed():
    contact = ContactFactory(email=HERS, email_confirmed_at=WHILE_OPEN)
    answer = ApplicationFactory(
        sent=True, email=HERS, contact=contact, structure=StructureFactory()
    )

    identity.write_contact(answer, {}, by=NOBODY, at=WHILE_OPEN)

    contact.refresh_from_db()
    assert (contact.structure, contact.email_confirmed_at) == (answer.structure, None)


def test_her_hand_closes_the_browsers_that_began_under_her_name():
    twin = ContactFactory(email=HERS, email_confirmed_at=WHILE_OPEN)
    one, other = (
        ApplicationFactory(sent=True, email=HERS, structure=twin.structure, **values)
        for values in ({}, {"contact": twin})
    )
    her = Applicant(HERS, frozenset())

    identity.write_contact(one, {}, by=her, at=WHILE_OPEN)

    other.refresh_from_db()
    assert (one.contact, other.claimed_at) == (twin, WHILE_OPEN)
