"""Three hundred structures are invited, a thousand are listed: what does it cost?"""

import time

import pytest
from django.urls import reverse

from assises.models import Contact, Invitation, Mail, Structure
from submissions.models import Application
from tests.factories import ApplicationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
INVITE = reverse("admin:submissions_application_invite")
SEND = reverse("admin:assises_invitation_send")
State = Invitation.State


def answers(number):
    """Let ``number`` structures answer by two people each, at little cost."""
    model = ApplicationFactory(sent=True)
    known = {
        "kind": model.structure.kind,
        "seat_id": model.structure.seat_id,
        "search_text": "comete",
    }
    structures = Structure.objects.bulk_create(
        Structure(name=f"Comète {n}", **known) for n in range(number - 1)
    )
    people = Contact.objects.bulk_create(
        Contact(structure=each, last_name=f"Zola {n}", email=f"p{n}-{each.pk}@x.fr")
        for each in structures
        for n in range(2)
    )
    own = {"id", "key", "start_key", "structure", "contact", "second_contact"}
    columns = {
        field.attname: getattr(model, field.attname)
        for field in Application._meta.concrete_fields
        if field.name not in own | {"dated_at", "email"}
    }
    Application.objects.bulk_create(
        Application(
            structure=structure,
            contact=first,
            second_contact=second,
            email=first.email,
            **columns,
        )
        for structure, first, second in zip(
            structures, people[::2], people[1::2], strict=True
        )
    )


# One statement more for each two hundred rows that are written at once.
@pytest.mark.parametrize(("number", "queries"), [(30, 15), (300, 16)])
def test_preparing_asks_as_much_for_three_hundred_structures_as_for_thirty(
    organiser, django_assert_num_queries, number, queries
):
    answers(number)
    began = time.perf_counter()

    with django_assert_num_queries(queries):
        organiser.post(INVITE)

    assert time.perf_counter() - began < 3
    assert Invitation.objects.count() == number
    assert Contact.objects.count() == 2 * number - 1


@pytest.mark.parametrize(("number", "queries"), [(30, 13), (300, 14)])
def test_sending_asks_as_much_for_three_hundred_invitations_as_for_thirty(
    organiser, django_assert_num_queries, number, queries
):
    answers(number)
    organiser.post(INVITE)
    keys = list(Invitation.objects.values_list("key", flat=True))
    began = time.perf_counter()

    with django_assert_num_queries(queries):
        organiser.post(SEND, {"cle": keys})

    assert time.perf_counter() - began < 3
    assert Mail.objects.filter(kind="invited").count() == number


def test_of_three_hundred_invitations_all_leave_or_none(organiser, monkeypatch):
    answers(300)
    organiser.post(INVITE)
    keys = list(Invitation.objects.values_list("key", flat=True))

    def cut(*args, **options):
        raise ConnectionError("the machine stops after the mails are written")

    with monkeypatch.context() as patch:
        patch.setattr("assises.guests.invitations.audit.record", cut)
        with pytest.raises(ConnectionError):
            organiser.post(SEND, {"cle": keys})
    kept = Mail.objects.count(), Invitation.objects.filter(state=State.PREPARED).count()
    organiser.post(SEND, {"cle": keys})

    assert kept == (0, 300)
    assert Mail.objects.filter(kind="invited").count() == 300
    assert set(Invitation.objects.values_list("state", flat=True)) == {State.SENT}
