"""The person named by somebody else: told once, free to leave, master of nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Contact, Kind, Mail, Structure
from assises.people.permissions import Role
from submissions.answering import corrections, steps
from submissions.models import Application
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send
from tests.factories import WHILE_OPEN
from tests.team import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def named_second(client, email="ines@example.org"):
    """Return an answer begun by ``client`` that names ``email`` as second contact."""
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    fill(client, application, "contact", naming("Inès", "Petit", email))
    return application


def naming(first_name, last_name, email):
    """Return what is typed at the step « Vous » to name a second contact."""
    return {
        **ANSWERS["contact"],
        "second_first_name": first_name,
        "second_last_name": last_name,
        "second_email": email,
    }


def test_a_second_contact_sees_nothing_before_the_answer_is_sent(client):
    application = named_second(client)
    hers = Client()

    space = enter(hers, "ines@example.org")

    draft = hers.get(reverse("submissions:check", args=[application.key]))
    assert space.context["answers"] == []
    assert draft.status_code == 404


def test_a_second_contact_neither_withdraws_nor_deletes(client):
    application = named_second(client)
    send(client, application)
    hers = Client()

    space = enter(hers, "ines@example.org")

    withdraw = reverse("submissions:withdraw", args=[application.key])
    assert withdraw not in space.text
    assert hers.post(withdraw).status_code == 404
    assert client.get(withdraw).status_code == 200


def test_a_second_contact_neither_resumes_nor_answers_for_the_first_person(client):
    application = named_second(client)
    send(client, application)
    hers = Client()
    enter(hers, "ines@example.org")
    another = reverse("submissions:another", args=[application.key])
    resume = reverse("submissions:resume", args=[application.key])
    space, receipt = (
        reverse("committee:space"),
        reverse("submissions:receipt", args=[application.key]),
    )

    sent = [hers.get(space).text, hers.get(receipt).text]
    own = [client.get(space).text, client.get(receipt).text]
    declared = hers.post(another, {"start_key": ""})
    client.post(reverse("submissions:withdraw", args=[application.key]))
    withdrawn = hers.get(space).text
    resumed = hers.post(resume)

    application.refresh_from_db()
    assert [another in page for page in own] == [True, True]
    assert [another in page for page in sent] == [False, False]
    assert (resume in withdrawn, resume in client.get(space).text) == (False, True)
    assert (declared.status_code, resumed.status_code) == (404, 404)
    assert application.state == Application.State.WITHDRAWN
    assert Application.objects.count() == 1


CONSENTS = ("shows_email", "on_shared_list", "keep_informed")


def consents(application):
    application.refresh_from_db()
    contact = Contact.objects.get(pk=application.contact_id)
    structure = Structure.objects.get(pk=application.structure_id)
    return [*(getattr(contact, name) for name in CONSENTS), structure.listed]


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("given", [True, False])
def test_a_second_contact_changes_no_consent_of_the_first_person(
    client, confirmed, given
):
    application = named_second(client)
    ticked = dict.fromkeys([*CONSENTS, "listed"], "on")
    fill(client, application, "public", ticked if given else {})
    send(client, application)
    if confirmed:
        enter(client, "zoe@example.org")
    hers = Client()
    enter(hers, "ines@example.org")

    fill(
        hers,
        application,
        "public",
        {"difficulty": "Un lieu", **({} if given else ticked)},
    )

    assert consents(application) == [*[given] * 3, given and confirmed]
    assert application.difficulty == "Un lieu"
    page = hers.get(reverse("submissions:step", args=[application.key, "public"]))
    assert not {*CONSENTS, "listed"} & set(page.context["form"].fields)


def test_a_withdrawal_is_told_to_everybody_named(client):
    application = named_second(client)
    send(client, application)

    client.post(reverse("submissions:withdraw", args=[application.key]))

    told = Mail.objects.filter(kind="application_withdrawn").order_by("pk")
    assert list(told.values_list("address", "link_email")) == [
        ("zoe@example.org", "zoe@example.org"),
        ("ines@example.org", "ines@example.org"),
    ]


def test_the_second_contact_can_read_and_leave_in_one_click(client):
    application = named_second(client)
    send(client, application)
    hers = Client()
    space = enter(hers, "ines@example.org")

    response = hers.post(
        reverse("submissions:leave-application", args=[application.key]), follow=True
    )

    application.refresh_from_db()
    assert "Me retirer de ce dossier" in space.text
    assert "Vous ne figurez plus" in response.text
    assert application.second_contact is None
    assert not Contact.objects.filter(email="ines@example.org").exists()
    assert application.snapshots.count() == 2
    assert told(state=Mail.State.CANCELLED) == ["ines@example.org"]


@pytest.fixture
def resumed(client):
    """An answer sent with a second contact, withdrawn, then taken up again."""
    application = named_second(client)
    send(client, application)
    client.post(reverse("submissions:withdraw", args=[application.key]))
    client.post(reverse("submissions:resume", args=[application.key]))
    return application


def test_once_told_the_second_contact_keeps_reading_and_leaving(resumed):
    hers = Client()
    space = enter(hers, "ines@example.org")
    check = hers.get(reverse("submissions:check", args=[resumed.key]))
    discard = reverse("submissions:discard", args=[resumed.key])

    left = hers.post(
        reverse("submissions:leave-application", args=[resumed.key]), follow=True
    )

    resumed.refresh_from_db()
    assert resumed.is_draft
    assert "Me retirer de ce dossier" in space.text
    assert check.status_code == 200
    assert discard not in space.text + check.text
    assert hers.get(discard).status_code == 404
    assert "Vous ne figurez plus" in left.text
    assert resumed.second_contact is None


def test_who_was_named_since_the_sending_waits_for_the_next_one(client, resumed):
    typed = {
        **ANSWERS["contact"],
        "second_first_name": "Lou",
        "second_last_name": "Grand",
        "second_email": "lou@example.org",
    }
    fill(client, resumed, "contact", typed)

    for former_or_next in ("ines@example.org", "lou@example.org"):
        theirs = Client()
        assert enter(theirs, former_or_next).context["answers"] == []
    assert told(state=Mail.State.CANCELLED) == ["ines@example.org"]


def test_a_replaced_second_contact_is_told_too(client):
    application = named_second(client)
    send(client, application)

    fill(client, application, "contact", naming("Lou", "Grand", "lou@example.org"))

    told = Mail.objects.filter(kind="second_contact_named").order_by("pk")
    assert [mail.address for mail in told] == ["ines@example.org", "lou@example.org"]


def test_a_second_contact_cannot_take_the_answer_over(client):
    application = named_second(client)
    send(client, application)
    hers = Client()
    enter(hers, "ines@example.org")

    response = fill(
        hers,
        application,
        "contact",
        {**ANSWERS["contact"], "email": "ines@example.org"},
        seen="",
    )

    application.refresh_from_db()
    assert response.redirect_chain[-1][0] == reverse(
        "submissions:receipt", args=[application.key]
    )
    assert application.email == "zoe@example.org"


def test_a_name_carries_no_address_to_a_stranger(client):
    application = named_second(client)
    typed = naming("Voir https://evil.example", "Petit", "ines@example.org")

    response = fill(client, application, "contact", typed)

    assert list(response.context["form"].errors) == ["second_first_name"]


def second(number):
    return naming("Lou", "Grand", f"lou{number}@example.org")


def deliver():
    """Let the worker deliver what is due."""
    due = Mail.objects.filter(state=Mail.State.QUEUED, due_at__lte=WHILE_OPEN)
    due.update(state=Mail.State.SENT, sent_at=WHILE_OPEN)


def told(**about):
    mails = Mail.objects.filter(kind="second_contact_named", **about)
    return list(mails.order_by("pk").values_list("address", flat=True))


def test_one_answer_cannot_write_to_ever_more_strangers(client):
    application = named_second(client)
    send(client, application)

    for number in range(8):
        deliver()
        fill(client, application, "contact", second(number))

    assert len(told(state=Mail.State.SENT)) == 4
    assert told(state=Mail.State.QUEUED, due_at__gt=WHILE_OPEN) == ["lou7@example.org"]
    assert len(told(state=Mail.State.CANCELLED)) == 4
    # Those were told nothing: named again, they are.
    fill(client, application, "contact", second(5))
    assert told(state=Mail.State.QUEUED, due_at__gt=WHILE_OPEN) == ["lou5@example.org"]


def test_a_second_contact_is_told_once_however_often_the_answer_is_sent(client):
    application = named_second(client)
    send(client, application)
    deliver()

    for _ in range(2):
        client.post(reverse("submissions:withdraw", args=[application.key]))
        client.post(reverse("submissions:resume", args=[application.key]))
        send(client, application)
    fill(client, application, "contact", ANSWERS["contact"])
    fill(client, application, "contact", second(1))
    deliver()
    fill(
        client,
        application,
        "contact",
        {**second(1), "second_email": "ines@example.org"},
    )

    application.refresh_from_db()
    assert application.second_contact.email == "ines@example.org"
    assert told() == ["ines@example.org", "lou1@example.org"]


@pytest.mark.parametrize("draft", [True, False])
def test_whoever_left_is_not_named_again(client, draft):
    application = named_second(client)
    send(client, application)
    hers = Client()
    enter(hers, "ines@example.org")
    hers.post(reverse("submissions:leave-application", args=[application.key]))
    if draft:
        client.post(reverse("submissions:withdraw", args=[application.key]))
        client.post(reverse("submissions:resume", args=[application.key]))
    again = {**second(1), "second_email": "ines@example.org"}

    response = fill(client, application, "contact", again)

    application.refresh_from_db()
    assert list(response.context["form"].errors) == ["second_email"]
    assert "s’est retirée de ce dossier" in response.text
    assert application.second_contact is None
    assert told() == ["ines@example.org"]
    other = begin(client, Kind.PARTICIPATE)
    fill(client, other, "contact", again)
    other.refresh_from_db()
    assert other.said("contact", "second_email") == "ines@example.org"
    assert "second_email" not in steps.step_form(other, "contact").errors


def test_organisers_alone_name_again_who_has_left(client):
    application = named_second(client)
    send(client, application)
    hers = Client()
    enter(hers, "ines@example.org")
    hers.post(reverse("submissions:leave-application", args=[application.key]))
    fill(client, application, "contact", second(1))
    lou = Contact.objects.get(email="lou1@example.org")

    lou.email = "ines@example.org"
    corrections.change_address(
        lou, former="lou1@example.org", by=member(Role.ORGANISERS), at=WHILE_OPEN
    )

    application.refresh_from_db()
    assert told() == ["ines@example.org", "lou1@example.org", "ines@example.org"]
    assert told(state=Mail.State.QUEUED) == ["ines@example.org"]
    assert not application.was_left_by("ines@example.org")
