"""Proposals as the deliberation finds them, and what its list shows of them."""

from committee.models import Decision
from tests import team
from tests.committee.factories import DecisionFactory, ReviewFactory, proposal

ADDRESS = "/admin/comite/deliberation/"
Outcome = Decision.Outcome


def reviewed(title, *means, outcome="", minutes=None, **values):
    """Return a proposal with one review for each of ``means``, and what is decided."""
    candidacy = proposal(title=title, **values)
    for mean in means:
        ReviewFactory(application=candidacy, done=True, mean=mean)
    if outcome:
        DecisionFactory(application=candidacy, outcome=outcome, minutes=minutes)
    return candidacy


def selected(title, minutes, *means, **values):
    return reviewed(title, *means, outcome=Outcome.SELECTED, minutes=minutes, **values)


def asked(user, query=""):
    response = team.signed_in(user).get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    return response


def listed(response):
    return [(row.standing.rank, row.title) for row in response.context["rows"]]
