"""One proposal in deliberation, as its page shows it and as it is decided there."""

from django.urls import reverse

from assises.models import Event
from committee.models import Decision
from tests import team

CHOICE = {
    "version": "0",
    "outcome": "selected",
    "minutes": "12",
    "reason": "Un exemple à suivre.",
    "note": "À l’unanimité.",
}


def address(candidacy):
    return reverse("screens:decision", args=[candidacy.pk])


def seen(user, candidacy):
    response = team.signed_in(user).get(address(candidacy))
    assert response.status_code == 200
    return response


def decide(user, candidacy, **values):
    """Post a decision, as a page that saw ``version`` would."""
    return team.signed_in(user).post(address(candidacy), {**CHOICE, **values})


def stored(candidacy):
    columns = ("outcome", "minutes", "reason", "note", "version")
    return Decision.objects.values_list(*columns).get(application=candidacy.pk)


def last_event():
    return Event.objects.order_by("pk").last()
