"""What organisers know of a structure, how far the call has reached it, and by which link it answers."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from assises.guests import answering, merging, seats
from assises.models import Event, Note, Outreach, Structure
from assises.people import audit
from assises.people.access_links import Applicant
from submissions.models import Application
from tests import factories
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

LIST = reverse("admin:assises_structure_changelist")


def page(name, *keys):
    return reverse(f"admin:assises_structure_{name}", args=keys)


def listed(client, **query):
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [structure.name for structure in response.context["cl"].result_list]


def act(client, action, *structures, **more):
    posted = {"action": action, "_selected_action": [s.pk for s in structures], **more}
    return client.post(LIST, posted, follow=True)


# The page of one structure.


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_tells_all_that_is_known(
    organiser, edition, me, count, django_assert_num_queries
):
    structure = factories.StructureFactory()
    for number in range(count):
        contact = factories.ContactFactory(structure=structure)
        factories.MailFactory(contact=contact, subject=f"Objet {number}")
        Note.objects.create(
            structure=structure, text=f"Appel {number}", by=me, at=WHILE_OPEN
        )
        factories.ApplicationFactory(sent=True, structure=structure, contact=contact)
    factories.InvitationFactory(structure=structure, contact=contact, edition=edition)
    factories.OutreachFactory(structure=structure, followed_by=me)

    ContentType.objects.get_for_model(Structure)  # Read once per process.

    with django_assert_num_queries(12):
        response = organiser.get(page("change", structure.pk))

    assert "suivie par Odile Garnier" in response.text
    assert response.text.count("Objet ") == count
    assert response.text.count("Appel ") == count
    assert response.text.count("?appel=") == count + 1
    assert "2 places" in response.text
    assert "a répondu" in response.text


def test_a_merged_structure_asks_two_queries_more(organiser, django_assert_num_queries):
    kept, merged = factories.StructureFactory.create_batch(2)
    factories.ApplicationFactory(sent=True, structure=merged)
    merging.merge(kept, merged, by=audit.SYSTEM, at=WHILE_OPEN)
    ContentType.objects.get_for_model(Structure)

    with django_assert_num_queries(14):
        response = organiser.get(page("change", kept.pk))

    assert "Annuler la fusion" in response.text


def test_a_person_is_shown_once_as_they_were_confirmed(organiser):
    structure = factories.StructureFactory()
    for confirmed in (None, WHILE_OPEN, None):
        factories.ContactFactory(
            structure=structure, email="zoe@example.org", email_confirmed_at=confirmed
        )

    people = organiser.get(page("change", structure.pk)).context["known"]["people"]

    assert [person.email_confirmed_at for person in people] == [WHILE_OPEN]


def test_a_contact_is_added_to_a_structure(organiser):
    structure = factories.StructureFactory()
    add = f"{reverse('admin:assises_contact_add')}?structure={structure.pk}"
    assert add in organiser.get(page("change", structure.pk)).text

    form = organiser.get(add).context["adminform"].form
    typed = {"last_name": "Martin", "email": "ZOE@example.org", "phone": "0199001234"}
    response = organiser.post(add, typed | {"structure": form["structure"].value()})

    contact = structure.contacts.get()
    assert response.status_code == 302
    assert (contact.email, contact.phone) == ("zoe@example.org", "+33199001234")
    assert contact.email_confirmed_at is None


def test_a_reader_sees_nothing_of_it(reader):
    structure = factories.StructureFactory()
    Note.objects.create(structure=structure, text="À rappeler", at=WHILE_OPEN)
    factories.ContactFactory(structure=structure, email="zoe@example.org")

    response = reader.get(page("change", structure.pk))

    assert response.status_code == 200
    assert "À rappeler" not in response.text
    assert "zoe@example.org" not in response.text


def test_a_note_has_its_author_and_its_date(organiser, me):
    structure = factories.StructureFactory()
    typed = {
        "state": "contacted",
        "followed_by": me.pk,
        "text": "Rappeler lundi.\nOui.",
    }

    response = organiser.post(page("follow", structure.pk), typed, follow=True)

    note, outreach = Note.objects.get(), Outreach.objects.get()
    assert (note.text, note.by, note.at) == ("Rappeler lundi.\nOui.", me, WHILE_OPEN)
    assert (outreach.state, outreach.followed_by) == ("contacted", me)
    assert "Rappeler lundi." in response.text
    assert "Odile Garnier, " in response.text


def test_what_is_typed_too_long_is_shown_again(organiser):
    structure = factories.StructureFactory()
    typed = {"state": "contacted", "followed_by": "", "text": "é" * 1001}

    response = organiser.post(page("follow", structure.pk), typed)

    assert response.status_code == 422
    assert "é" * 1001 in response.text
    assert not Note.objects.exists()
    assert not Outreach.objects.exists()


# The list.


@pytest.fixture
def known(edition):
    """A structure of each standing."""
    answered = factories.StructureFactory(name="Répond", kind="musee")
    factories.ApplicationFactory(sent=True, structure=answered)
    factories.ApplicationFactory(structure=factories.StructureFactory(name="Brouillon"))
    invited = factories.StructureFactory(name="Invitée", listed=True)
    factories.InvitationFactory(structure=invited, edition=edition)
    cancelled = factories.StructureFactory(name="Annulée", seat_id="77122")
    factories.InvitationFactory(structure=cancelled, edition=edition, state="cancelled")
    called = factories.StructureFactory(name="Relancée")
    factories.OutreachFactory(structure=called, edition=edition, state="reminded")
    factories.StructureFactory(name="Fusionnée", merged_into=called)
    return answered


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, {"Répond", "Brouillon", "Invitée", "Annulée", "Relancée"}),
        ({"kind__exact": "musee"}, {"Répond"}),
        ({"siege": "77122"}, {"Annulée"}),
        ({"departement": "77"}, {"Annulée"}),
        ({"listed__exact": "1"}, {"Invitée"}),
        ({"invitee": "oui"}, {"Invitée"}),
        ({"invitee": "non"}, {"Répond", "Brouillon", "Annulée", "Relancée"}),
        ({"appel": "oui"}, {"Répond"}),
        ({"appel": "non"}, {"Brouillon", "Invitée", "Annulée", "Relancée"}),
        ({"appel": "to_contact"}, {"Brouillon", "Invitée", "Annulée"}),
        ({"appel": "reminded"}, {"Relancée"}),
        ({"fusion": "oui"}, {"Fusionnée"}),
    ],
)
def test_the_list_is_filtered(organiser, known, query, names):
    assert set(listed(organiser, **query)) == names


def test_an_answer_says_by_itself_that_the_structure_answered(organiser, known):
    factories.OutreachFactory(structure=known, state="reminded")

    assert "a répondu" in organiser.get(LIST, {"appel": "oui"}).text
    assert "Répond" not in listed(organiser, appel="reminded")

    Application.objects.sent().update(state="withdrawn", withdrawn_at=WHILE_OPEN)
    assert "Répond" in listed(organiser, appel="reminded")


@pytest.mark.parametrize("query", ["invitee=oui", "appel=oui"])
def test_a_reader_filters_by_nothing_of_the_work_of_organisers(reader, query):
    assert reader.get(f"{LIST}?{query}").status_code == 400
    assert "à contacter" not in reader.get(LIST).text


def test_actions_note_where_one_stands(organiser, me, known):
    rows = list(Structure.objects.filter(name__in=["Brouillon", "Relancée"]))

    act(organiser, "note_contacted", *rows)
    response = act(organiser, "follow", *rows)

    assert "C’est noté pour 2 structures." in response.text
    assert set(
        Outreach.objects.values_list("structure__name", "state", "followed_by")
    ) == {
        ("Brouillon", "contacted", me.pk),
        ("Relancée", "contacted", me.pk),
    }
    assert Event.objects.filter(verb="suit").count() == 4
    assert "contactée, Odile" in organiser.get(LIST).text


def test_whom_the_call_has_not_reached_by_number_of_inhabitants(organiser, known):
    elsewhere = factories.StructureFactory(seat=None, seat_elsewhere=True, kind="musee")
    factories.ApplicationFactory(sent=True, structure=elsewhere)

    response = organiser.get(page("unreached"))

    communes = list(response.context["communes"])
    sizes = [commune.population for commune in communes]
    kinds = {kind.value: count for kind, count in response.context["kinds"]}
    assert (len(communes), sizes) == (22, sorted(sizes, reverse=True))
    assert known.seat not in communes
    assert {c.pk: c.known for c in communes}["77122"] == 1
    assert (kinds["association"], kinds["universite"]) == (4, 0)
    assert "musee" not in kinds


# Merging, as organisers do it.


def test_a_pair_is_merged_once_what_moves_was_read_and_parted_again(organiser):
    kept, merged = (
        factories.StructureFactory(name=name) for name in ("Comète", "COMETE")
    )
    factories.ContactFactory.create_batch(3, structure=merged)
    for row in (kept, merged):
        factories.InvitationFactory(structure=row, contact=None)

    found = organiser.get(page("duplicates"))
    preview = organiser.get(page("merge", kept.pk, merged.pk))
    done = organiser.post(page("merge", kept.pk, merged.pk), follow=True)

    assert page("merge", kept.pk, merged.pk) in found.text
    assert "Contacts\u00a0: 3" in preview.text
    assert "Invitations\u00a0: COMETE" in preview.text
    assert "Annuler la fusion" in done.text
    assert kept.contacts.count() == 3

    parted = organiser.post(page("part", kept.pk), follow=True)
    assert "La fusion est annulée." in parted.text
    assert (kept.contacts.count(), merged.contacts.count()) == (0, 3)
    again = organiser.post(page("part", kept.pk), follow=True)
    assert "La fusion ne s’annule plus" in again.text


@pytest.mark.parametrize(("state", "told"), [("prepared", True), ("cancelled", False)])
def test_two_invitations_that_stand_are_told_before_merging(organiser, state, told):
    kept, merged = factories.StructureFactory.create_batch(2)
    factories.InvitationFactory(structure=kept)
    factories.InvitationFactory(structure=merged, state=state)

    preview = organiser.get(page("merge", kept.pk, merged.pk))

    assert ("Deux invitations restent\u00a0: annulez l’une." in preview.text) is told


@pytest.mark.parametrize("emails", [("zoe", "ines"), ("zoe", "zoe")])
def test_once_merged_both_invitations_are_reached_with_their_seats_and_answers(
    organiser, edition, emails
):
    invited = []
    for name in emails:
        structure = factories.StructureFactory()
        contact = factories.ContactFactory(
            structure=structure,
            email=f"{name}@example.org",
            email_confirmed_at=WHILE_OPEN,
        )
        invitation = factories.InvitationFactory(
            structure=structure, contact=contact, accepted=True, seats=3
        )
        factories.GuestFactory.create_batch(2, invitation=invitation)
        invited.append(invitation)
    kept, merged = (invitation.structure for invitation in invited)
    colleague = factories.ContactFactory(structure=merged)
    before = seats.counts(edition, at=WHILE_OPEN)

    organiser.post(page("merge", kept.pk, merged.pk))

    assert seats.counts(edition, at=WHILE_OPEN) == before
    assert (before.given, before.answered) == (6, 4)
    known = organiser.get(page("change", kept.pk)).text
    for invitation, name in zip(invited, emails, strict=True):
        own = reverse("admin:assises_invitation_change", args=[invitation.pk])
        assert own in known
        assert (
            colleague
            in organiser.get(own).context["adminform"].form["contact"].field.queryset
        )
        person = Applicant(f"{name}@example.org", frozenset())
        assert invitation in answering.opened_by(person)
        assert invitation.guests.count() == 2


def test_two_rows_of_the_list_lead_to_their_merge(organiser):
    rows = factories.StructureFactory.create_batch(3)

    assert "Cochez deux structures" in act(organiser, "merge_two", *rows).text
    response = act(organiser, "merge_two", *rows[:2])

    assert response.redirect_chain[0][0] == page("merge", rows[0].pk, rows[1].pk)


def test_a_merged_structure_is_not_merged_again(organiser):
    kept, merged, other = factories.StructureFactory.create_batch(3)
    merging.merge(kept, merged, by=audit.SYSTEM, at=WHILE_OPEN)

    for keys in [(other.pk, merged.pk), (merged.pk, other.pk), (other.pk, other.pk)]:
        assert organiser.get(page("merge", *keys)).status_code == 404
