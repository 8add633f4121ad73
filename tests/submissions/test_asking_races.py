"""Two people say yes, or yes and no, together: one wins, and nothing is done twice."""

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Event, Kind, Mail
from assises.people import audit
from submissions.answering import lifecycle
from submissions.models import Application, Snapshot
from submissions.offers import asking
from tests.answers import link_of_last_mail
from tests.factories import ASKED_AT, EditionFactory, declared_action
from tests.offers import MISSING, NOBODY, address, bound
from tests.together import together

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=False),
    pytest.mark.usefixtures("while_open"),
]


@pytest.fixture
def application():
    EditionFactory()
    return declared_action(asked=True, email="zoe@example.org")


def yes(application, takeaway):
    """Return a function that says yes with these words, from a page of its own."""
    copy = Application.objects.get(pk=application.pk)
    typed = {**MISSING, "takeaway": takeaway}
    form = bound(copy, typed)
    return lambda: attempt(asking.accept, form, applicant=NOBODY, by=audit.APPLICANT)


def no(application):
    copy = Application.objects.get(pk=application.pk)
    return lambda: attempt(asking.decline, copy)


def attempt(gesture, *args, **options):
    try:
        gesture(*args, at=ASKED_AT, **options)
    except lifecycle.MoveRefusedError:
        return "refused"
    return "done"


@pytest.mark.postgresql
def test_of_two_who_accept_one_wins(application):
    results = together(yes(application, "Le premier"), yes(application, "Le second"))

    application.refresh_from_db()
    assert sorted(results) == ["done", "refused"]
    assert application.kind == Kind.PROPOSE
    assert application.takeaway == ("Le premier", "Le second")[results.index("done")]
    assert (application.version, Snapshot.objects.count()) == (2, 1)
    assert (Mail.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.postgresql
def test_of_yes_and_no_one_wins(application):
    results = together(yes(application, "Oui"), no(application))

    application.refresh_from_db()
    assert sorted(results) == ["done", "refused"]
    assert (application.kind == Kind.PROPOSE) is (results[0] == "done")
    assert application.has_declined_to_present is (results[1] == "done")
    assert Event.objects.count() == 1


@pytest.mark.postgresql
def test_of_two_organisers_who_ask_one_mails(application):
    Application.objects.update(asked_to_present_at=None, editable_until=None)
    copies = [Application.objects.get(pk=application.pk) for _ in range(2)]
    day = ASKED_AT.date()

    results = together(
        *(
            lambda copy=copy: attempt(asking.ask_to_present, copy, day, by=audit.SYSTEM)
            for copy in copies
        )
    )

    assert sorted(results) == ["done", "refused"]
    assert (Mail.objects.count(), Event.objects.count()) == (1, 1)


def test_two_browsers_that_say_the_same_both_see_the_receipt(application):
    page = address(application)
    clients = [signed_in(application.email) for _ in range(2)]
    seen = clients[0].get(page).context["seen"]
    typed = {**MISSING, "reponse": "oui", "seen": seen}

    responses = together(
        *(lambda client=client: client.post(page, typed) for client in clients)
    )

    receipt = reverse("submissions:receipt", args=[application.key])
    assert [response.url for response in responses] == [receipt, receipt]
    assert Mail.objects.filter(kind="proposal_received").count() == 1
    assert Snapshot.objects.count() == 1


def signed_in(email):
    client = Client()
    client.post(
        reverse("submissions:enter"),
        {"token": link_of_last_mail(email)},
    )
    return client
