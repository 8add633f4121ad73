"""Two organisers publish, one decides meanwhile, a bearer leaves: one result for each."""

from contextlib import suppress
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assises.models import Mail
from assises.people.permissions import Role
from committee.deliberation import decisions
from committee.models import Candidacy, Decision
from committee.publishing import letters, publication
from submissions.answering import lifecycle
from submissions.models import Application
from tests import team
from tests.committee.factories import DecisionFactory, proposal
from tests.factories import WHILE_OPEN, EditionFactory
from tests.together import together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("while_open"),
]
ROUNDS = 5
REFUSED = (
    publication.UndecidedError,
    publication.NothingToPublishError,
    decisions.DecisionRefusedError,
    decisions.StaleDecisionError,
)
STAND = {"outcome": "stand", "minutes": None, "reason": "", "note": ""}


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def organiser():
    return team.member(Role.ORGANISERS)


@pytest.fixture
def publish(edition, organiser):
    """Return a function that publishes, and says whether it did."""

    def publish():
        with suppress(*REFUSED):
            return publication.publish(edition, by=organiser, at=WHILE_OPEN)
        return None

    return publish


def decided(number, outcome="poster"):
    for place in range(number):
        candidacy = proposal(title=f"Action {place}", email_confirmed_at=WHILE_OPEN)
        DecisionFactory(application=candidacy, outcome=outcome, minutes=None)
    return list(Candidacy.objects.select_related("edition", "decision"))


def unpublish(edition):
    Decision.objects.all().delete()
    Mail.objects.all().delete()
    Application.objects.all().delete()
    edition.results_published_at = None
    edition.save()


def to_leave():
    """Return address → the mails of results that may still leave, or have left."""
    found = {}
    for mail in Mail.objects.filter(kind__in=letters.KINDS).exclude(state="cancelled"):
        found.setdefault(mail.address, []).append(mail)
    return found


@pytest.mark.postgresql
def test_of_two_who_publish_one_does(edition, publish):
    for _ in range(ROUNDS):
        decided(3)

        done = together(publish, publish)

        assert sorted(done, key=str) == [3, None]
        assert [len(mails) for mails in to_leave().values()] == [1, 1, 1]
        unpublish(edition)


@pytest.mark.postgresql
@pytest.mark.parametrize("verb", ["decide", "revise"])
def test_a_decision_changed_meanwhile_is_what_is_told(
    edition, organiser, publish, verb
):
    for _ in range(ROUNDS):
        candidacy = decided(1)[0]
        write = {"decide": decisions.decide, "revise": publication.revise}[verb]
        seen = {"decide": 1, "revise": 2}[verb]

        def change(write=write, candidacy=candidacy, seen=seen):
            with suppress(*REFUSED):
                write(candidacy, STAND, seen=seen, by=organiser, at=WHILE_OPEN)

        together(publish, change)

        (mails,) = to_leave().values()
        told = "stand" if Decision.objects.get().outcome == "stand" else "affiche"
        assert [told in mail.body for mail in mails] == [True]
        unpublish(edition)


@pytest.mark.postgresql
def test_who_leaves_meanwhile_is_told_nothing(edition, publish):
    for _ in range(ROUNDS):
        stays, leaves = decided(2)

        def leave(leaves=leaves):
            lifecycle.withdraw(leaves, at=WHILE_OPEN)

        together(publish, leave)

        assert list(to_leave()) == [stays.email]
        unpublish(edition)


def test_two_hundred_decisions_are_published_in_one_short_transaction(edition, publish):
    decided(200, outcome="reserve")

    with CaptureQueriesContext(connection) as queries:
        begun = perf_counter()
        assert publish() == 200
        lasted = perf_counter() - begun

    assert len(queries) <= 40
    assert lasted < 2
    assert Mail.objects.filter(kind="results_told", state="held").count() == 200
