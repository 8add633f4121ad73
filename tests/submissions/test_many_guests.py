"""Three hundred structures are invited, a thousand are listed: what does it cost?"""

import time

import pytest
from django.urls import reverse

from assises.models import Contact, Edition, Invitation, Mail, Outreach, Structure
from submissions.models import Application
from tests.factories import WHILE_OPEN, ApplicationFactory

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


@pytest.mark.parametrize(("number", "queries"), [(30, 14), (300, 15)])
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


# The lists of a thousand structures.

STRUCTURES = reverse("admin:assises_structure_changelist")
INVITATIONS = reverse("admin:assises_invitation_changelist")


def follow_all(by):
    """Call and invite every structure; each state of outreach is that of one in four."""
    edition, states = Edition.objects.get(), Outreach.State.values
    Outreach.objects.bulk_create(
        Outreach(
            edition=edition,
            structure=structure,
            state=states[place % 4],
            followed_by=by,
            changed_at=WHILE_OPEN,
        )
        for place, structure in enumerate(Structure.objects.order_by("pk"))
    )
    Invitation.objects.bulk_create(
        Invitation(edition=edition, structure=structure, prepared_at=WHILE_OPEN)
        for structure in Structure.objects.all()
    )


@pytest.mark.parametrize(("number", "shown"), [(3, 3), (1000, 50)])
def test_lists_of_a_thousand_structures_ask_as_much_as_those_of_three(
    organiser, me, django_assert_num_queries, number, shown
):
    answers(number)
    follow_all(me)
    called = [f"appel={state}" for state in ("oui", "non", *Outreach.State.values)]
    expected = {
        **{f"{STRUCTURES}?{query}": 8 for query in ("", "q=comete", *called)},
        **{f"{STRUCTURES}?invitee={said}": 8 for said in ("oui", "non")},
        **{f"{INVITATIONS}?{query}": 10 for query in ("", "state__exact=prepared")},
    }
    organiser.get(STRUCTURES)  # What a process reads once.

    for address, queries in expected.items():
        began = time.perf_counter()
        with django_assert_num_queries(queries):
            response = organiser.get(address)
        assert time.perf_counter() - began < 1.5, address
        if address.endswith(("?", "appel=oui", "invitee=oui", "prepared")):
            assert len(response.context["cl"].result_list) == shown


def test_a_thousand_silent_structures_are_found_by_how_far_they_were_called(
    organiser, me
):
    answers(1000)
    follow_all(me)
    Application.objects.all().delete()

    counts = [
        organiser.get(f"{STRUCTURES}?appel={state}").context["cl"].result_count
        for state in ("oui", "non", *Outreach.State.values)
    ]

    assert counts == [0, 1000, *[250] * 4]
