from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from assises.models import Event
from assises.people.permissions import Role
from submissions.answering import corrections
from submissions.models import Application
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

PROMISED = datetime(2027, 6, 20, 22, tzinfo=UTC)


def reopening(application):
    return reverse("admin:submissions_application_reopen", args=[application.pk])


@pytest.mark.parametrize("state", ["draft", "sent", "withdrawn"])
def test_answer_is_reopened_until_the_end_of_a_day(organiser, state):
    application = factories.ApplicationFactory(
        proposed=True,
        state=state,
        withdrawn_at=factories.WHILE_OPEN,
    )

    response = organiser.post(reopening(application), {"last_day": "2027-06-15"})

    application.refresh_from_db()
    evening = datetime(2027, 6, 15, 21, tzinfo=UTC)
    midnight = datetime(2027, 6, 15, 22, tzinfo=UTC)
    assert response.status_code == 302
    assert application.editable_until == midnight
    assert list(Application.objects.open_for_changes(evening)) == [application]
    assert list(Application.objects.open_for_changes(midnight)) == []
    event = Event.objects.get()
    assert (event.verb, event.changed) == ("réponse rouverte", ["editable_until"])
    assert event.values == {
        "editable_until": "jusqu’au mardi 15\u00a0juin 2027 inclus"
        " (23\u00a0h\u00a059, heure de\u00a0Paris)"
    }


@pytest.mark.parametrize("state", ["sent", "withdrawn"])
def test_a_reopened_answer_that_stays_withdrawn_says_so(organiser, state):
    application = factories.ApplicationFactory(
        proposed=True,
        state=state,
        withdrawn_at=factories.WHILE_OPEN,
    )

    asked = organiser.get(reopening(application)).text
    done = organiser.post(
        reopening(application), {"last_day": "2027-06-15"}, follow=True
    )

    said = str(*done.context["messages"])
    stays = state == "withdrawn"
    assert ("Elle est retirée, et le reste" in asked) is stays
    assert ("Elle reste retirée" in said) is stays


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Indiquez un jour."),
        ("2027-02-31", "Indiquez un jour."),
        ("2027-05-11", "Ce jour est passé."),
        ("9999-12-31", "Un an au plus."),
        (
            "2027-05-31",
            "Elle est déjà ouverte jusqu’au lundi 31\u00a0mai 2027 inclus"
            " (23\u00a0h\u00a059, heure de\u00a0Paris).",
        ),
    ],
)
def test_day_that_reopens_nothing_is_refused(organiser, typed, said):
    application = factories.ApplicationFactory(proposed=True)

    response = organiser.post(reopening(application), {"last_day": typed})

    application.refresh_from_db()
    assert response.context["form"].errors == {"last_day": [said]}
    assert (application.editable_until, Event.objects.count()) == (None, 0)


def test_a_day_that_was_promised_is_never_shortened(organiser):
    application = factories.ApplicationFactory(proposed=True, editable_until=PROMISED)

    refused = organiser.post(reopening(application), {"last_day": "2027-06-10"})
    until = corrections.reopen(
        application, date(2027, 6, 10), by="le site", at=factories.WHILE_OPEN
    )

    application.refresh_from_db()
    assert list(refused.context["form"].errors) == ["last_day"]
    assert until == application.editable_until == PROMISED
    assert not Event.objects.exists()


def test_only_organisers_reopen(organiser):
    application = factories.ApplicationFactory(proposed=True)
    page = reverse("admin:submissions_application_change", args=[application.pk])
    reader = team.signed_in(team.member(Role.READERS))

    refused = reader.post(reopening(application), {"last_day": "2027-06-15"})

    application.refresh_from_db()
    assert (refused.status_code, application.editable_until) == (403, None)
    assert [
        reopening(application) in who.get(page).text for who in (organiser, reader)
    ] == [
        True,
        False,
    ]
