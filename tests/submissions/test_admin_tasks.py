"""What the first page of the administration counts is what its links list."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import WHILE_OPEN, ApplicationFactory
from tests.submissions.desk import LIST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

TODAY = {
    "réponses envoyées aujourd’hui": 2,
    "réponses à l’adresse non confirmée": 3,
    "réponse encore en brouillon": 1,
}


@pytest.fixture
def _answers():
    """Answers of each state, of yesterday and today, of this edition and another one."""
    yesterday = WHILE_OPEN - timedelta(days=1)
    other = factories.EditionFactory(slug="2026", is_current=False)
    for edition in (factories.EditionFactory(), other):
        ApplicationFactory.create_batch(2, sent=True, edition=edition)
        ApplicationFactory(sent=True, sent_at=yesterday, edition=edition)
        ApplicationFactory(
            sent=True,
            sent_at=yesterday,
            edition=edition,
            email_confirmed_at=WHILE_OPEN,
        )
        ApplicationFactory(edition=edition)
        ApplicationFactory(
            complete=True,
            state="withdrawn",
            sent_at=WHILE_OPEN,
            withdrawn_at=WHILE_OPEN,
            edition=edition,
        )


@pytest.mark.usefixtures("_answers")
def test_each_task_opens_the_list_of_what_it_counts(organiser):
    index = organiser.get(reverse("admin:index"))

    tasks = [task for task in index.context["tasks"] if task.url.startswith(LIST)]
    listed = {
        task.label: organiser.get(task.url).context["cl"].result_count for task in tasks
    }

    assert {task.label: task.count for task in tasks} == TODAY
    assert listed == TODAY


def test_nothing_to_count_is_nothing_to_do(organiser):
    ApplicationFactory(sent=True, sent_at=WHILE_OPEN - timedelta(days=1))

    tasks = organiser.get(reverse("admin:index")).context["tasks"]

    assert [task.count for task in tasks if "réponse" in task.label] == [1]


def test_what_one_opens_most_stands_first(organiser):
    sections = organiser.get(reverse("admin:index")).context["app_list"]

    names = {
        section["name"]: [str(page["name"]) for page in section["models"]]
        for section in sections
    }
    assert names["Les réponses"] == [
        *("Réponses", "Structures", "Contacts", "Structures signalées")
    ]
    assert names["L’édition"][:2] == ["Éditions", "Pages"]


def test_what_is_urgent_comes_first_and_tools_apart(organiser):
    ApplicationFactory.create_batch(2, sent=True)
    factories.MailFactory(state="failed", error="550")

    page = organiser.get(reverse("admin:index"))

    urgent, *others = page.context["tasks"]
    assert (urgent.label, urgent.count, urgent.urgent) == ("courriel en échec", 1, True)
    assert others
    assert not any(task.urgent or task.tool for task in others)
    text = page.text
    places = [text.index(words) for words in ("À faire<", "urgent<", "Outils<")]
    assert places == sorted(places)
