"""How far somebody has come: complete is what was filled, or seen and saved."""

import pytest
from django.urls import reverse

from assises.models import Kind
from submissions.answering.form_progress import Progress
from submissions.models import Application
from tests.answers import ANSWERS, begin, fill, fill_all, send
from tests.factories import ApplicationFactory, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

NOT_PUBLISHED = "ne sera pas publiée"


def states(application):
    stored = Application.objects.get(pk=application.pk)
    return {step.slug: state for step, state in Progress(stored, here="").stages}


def test_a_step_that_needs_nothing_is_to_see_until_it_was_saved_once(client):
    known = StructureFactory(listed=True)
    application = begin(client, Kind.PARTICIPATE)
    fill(client, application, "structure", {"known": str(known.pk)})
    fill(client, application, "contact", ANSWERS["contact"])

    before = states(application)
    page = client.get(reverse("submissions:check", args=[application.key])).text
    fill(client, application, "public", {})
    after = states(application)

    assert before == {"structure": "done", "contact": "done", "public": "unseen"}
    assert "(à voir)" in page
    assert after == {"structure": "done", "contact": "done", "public": "done"}


def test_other_steps_say_what_they_lack(client):
    application = begin(client, Kind.DECLARE)
    fill(client, application, "action", {**ANSWERS["action"], "pitch": "é" * 201})

    assert states(application) == {
        "structure": "todo",
        "contact": "todo",
        "action": "error",
        "territoire": "todo",
        "public": "unseen",
    }


def test_every_step_of_a_sent_answer_is_complete():
    sent = ApplicationFactory(declared=True, sent=True)

    assert set(states(sent).values()) == {"done"}


@pytest.mark.parametrize(
    ("kind", "publishes", "said"),
    [
        (Kind.DECLARE, "", True),
        (Kind.DECLARE, "on", False),
        (Kind.PARTICIPATE, "", False),
    ],
)
def test_an_action_without_consent_is_said_not_to_be_published(
    client, kind, publishes, said
):
    application = begin(client, kind)
    fill_all(client, application)
    fill(client, application, "public", {"publishes": publishes} if publishes else {})

    check = client.get(reverse("submissions:check", args=[application.key]))
    receipt = send(client, application)

    assert [NOT_PUBLISHED in page.text for page in (check, receipt)] == [said, said]
