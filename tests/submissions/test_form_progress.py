"""How far somebody has come: complete is what was filled, or seen and saved."""

import pytest
from django.urls import reverse

from assises.models import Kind
from submissions.answering.form_progress import Progress
from submissions.models import Application
from tests.answers import ANSWERS, begin, fill, fill_all, send
from tests.factories import ApplicationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

NOT_PUBLISHED = "ne sera pas publiée"


def states(application):
    stored = Application.objects.get(pk=application.pk)
    stages = Progress(stored, here="").stages
    return {stage.step.slug: stage.state for stage in stages}


def test_what_is_asked_last_is_no_step_but_on_the_check_page(client):
    application = begin(client, Kind.PARTICIPATE)
    fill(client, application, "structure", ANSWERS["structure"])

    page = fill(client, application, "contact", ANSWERS["contact"])

    assert states(application) == {"structure": "done", "contact": "done"}
    assert page.redirect_chain[-1][0].endswith("/verifier/")
    assert 'name="difficulty"' in page.text
    assert "Étape 3 sur 3" in page.text


def test_the_next_page_and_the_list_say_what_a_step_lacks(client):
    application = begin(client, Kind.DECLARE)

    page = fill(client, application, "structure", {"kind": "association"})
    later = client.get(reverse("submissions:step", args=[application.key, "action"]))
    mended = fill(client, application, "structure", ANSWERS["structure"])

    told = (
        "il manque «\u00a0Nom de la structure\u00a0», «\u00a0Commune du siège\u00a0»."
    )
    assert "Étape 2 sur 5" in page.text
    assert [told in each.text for each in (page, later, mended)] == [True, False, False]
    informed = "La direction ou la présidence est informée de cette réponse"
    assert f"il manque «\u00a0Nom\u00a0», «\u00a0{informed}\u00a0»." in later.text
    # The structure, then the person and the territory, which nobody has opened.
    told = [each.text.count("il manque 2 réponses") for each in (page, mended)]
    assert told == [3, 2]


def test_other_steps_say_what_they_lack(client):
    application = begin(client, Kind.DECLARE)
    fill(client, application, "action", {**ANSWERS["action"], "pitch": "é" * 201})

    assert states(application) == {
        "structure": "todo",
        "contact": "todo",
        "action": "error",
        "territoire": "todo",
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

    consent = check.context["form"].fields.get("publishes")
    assert NOT_PUBLISHED not in check.text
    assert (consent is not None) is (kind == Kind.DECLARE)
    assert (NOT_PUBLISHED in receipt.text) is said
