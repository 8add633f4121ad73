"""Two organisers decide together: one wins, the other sees both versions."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from assises.models import Event
from assises.people.permissions import Role
from committee.models import Decision
from tests import team
from tests.committee.factories import DecisionFactory, proposal
from tests.factories import EditionFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("while_open"),
    pytest.mark.postgresql,
]

ROUNDS = 10


@pytest.fixture
def decide():
    """Return a function that posts two decisions about one proposal at the same time."""
    EditionFactory()
    clients = [team.signed_in(team.member(Role.ORGANISERS)) for _ in range(2)]

    def decide(candidacy, *outcomes, version):
        barrier = threading.Barrier(2)
        address = reverse("screens:decision", args=[candidacy.pk])

        def post(client, outcome):
            try:
                barrier.wait(timeout=10)
                data = {"version": version, "outcome": outcome, "minutes": "12"}
                return client.post(address, data).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(post, clients, outcomes))

    return decide


@pytest.mark.parametrize("known", [False, True])
def test_of_two_decisions_one_wins(decide, known):
    for _ in range(ROUNDS):
        candidacy = proposal()
        if known:
            DecisionFactory(application=candidacy, outcome="flash", minutes=None)
        version = int(known)

        statuses = decide(candidacy, "selected", "reserve", version=version)

        stored = Decision.objects.get(application=candidacy.pk)
        assert sorted(statuses) == [302, 409]
        assert stored.outcome == ("selected", "reserve")[statuses.index(302)]
        assert stored.version == version + 1
    assert Event.objects.filter(verb="décision enregistrée").count() == ROUNDS
