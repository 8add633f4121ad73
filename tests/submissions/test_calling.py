"""The link and the held mail by which a structure that has not answered is called."""

from functools import partial

import pytest
from django.urls import reverse

from assises.guests import invitations, merging
from assises.models import Contact, Edition, Event, Mail, Outreach, Structure
from assises.people.permissions import Role
from submissions.answering import calling, corrections
from submissions.models import Application
from tests import factories, team
from tests.answers import link_of_last_mail
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

LIST = reverse("admin:assises_structure_changelist")


def page(name, *keys):
    return reverse(f"admin:assises_structure_{name}", args=keys)


def act(client, action, *structures, **more):
    posted = {"action": action, "_selected_action": [s.pk for s in structures], **more}
    return client.post(LIST, posted, follow=True)


# The link of the call.


def call_of(me, edition, **values):
    structure = factories.StructureFactory(name="Nébuleuse", **values)
    contact = factories.ContactFactory(structure=structure, email="zoe@example.org")
    return (
        structure,
        contact,
        calling.call_link(structure, contact, edition=edition, by=me),
    )


def test_the_link_of_a_call_leads_to_an_answer_of_that_structure(client, me, edition):
    structure, _, link = call_of(me, edition)
    start = client.get(link)
    assert "Odile, du secrétariat, vous a envoyé ce lien." in start.text
    assert start.context["form"]["email"].value() == "zoe@example.org"
    assert "zoe" not in link
    typed = {
        "email": "zoe@example.org",
        "kind": "participer",
        "start_key": start.context["start_key"],
    }
    client.post(
        link, typed | {"kind": start.context["form"].fields["kind"].choices[0][0]}
    )

    answer = Application.objects.get()
    assert (answer.structure, answer.structure_picked) == (structure, True)
    assert answer.said("structure", "known") == str(structure.pk)
    assert answer.structure_name == "Nébuleuse"
    assert link_of_last_mail("zoe@example.org")


def test_the_link_of_a_merged_structure_leads_to_the_one_that_stays(
    client, me, edition
):
    merged, _, link = call_of(me, edition)
    kept = factories.StructureFactory(name="Galaxie")
    merging.merge(kept, merged, by=me, at=WHILE_OPEN)

    assert client.get(link).context["call"].structure == kept


@pytest.mark.parametrize("change", ["", "x", "%00"])
def test_a_link_that_nobody_signed_fills_in_nothing(client, me, edition, change):
    _, _, link = call_of(me, edition)
    forged = link[:-3] + change if change else f"{link.partition('=')[0]}="

    response = client.get(forged)

    assert (response.status_code, response.context["call"]) == (200, None)


def test_a_link_of_another_edition_fills_in_nothing(client, me, edition):
    other = factories.EditionFactory(slug="2030", is_current=False)
    _, _, link = call_of(me, other)

    assert client.get(link).context["call"] is None


def test_a_link_fills_in_no_other_address_than_the_one_it_was_made_for(
    client, me, edition
):
    structure, contact, link = call_of(me, edition)
    contact.email = "corrigee@example.org"
    contact.save()

    start = client.get(link)

    assert start.context["call"].structure == structure
    assert start.context["form"]["email"].value() == ""
    assert "corrigee@example.org" not in start.text


# The held mail of the call.


def test_one_mail_is_held_for_each_address_that_may_be_written_to(organiser, edition):
    silent, other = factories.StructureFactory.create_batch(2)
    known = factories.ApplicationFactory(sent=True).structure
    for structure in (silent, silent, other):
        factories.ContactFactory(structure=structure, email="zoe@example.org")
    factories.ContactFactory(structure=silent, email="autre@example.org")
    factories.ContactFactory(structure=silent, email="pas-moi@example.org")
    factories.ApplicationFactory(email="pas-moi@example.org", contested_at=WHILE_OPEN)
    factories.ContactFactory(structure=known, email="repond@example.org")
    no = factories.OutreachFactory(edition=edition, state="declined").structure
    factories.ContactFactory(structure=no, email="non@example.org")

    response = act(organiser, "hold_calls", *Structure.objects.all())
    again = act(organiser, "hold_calls", *Structure.objects.all())

    held = Mail.objects.filter(kind="call_for_answer")
    assert "Rien n’est parti." in response.text
    assert set(held.values_list("state", flat=True)) == {Mail.State.HELD}
    written = list(held.values_list("address", flat=True))
    assert written.count("zoe@example.org") == 1
    assert "autre@example.org" in written
    assert not {"pas-moi@example.org", "repond@example.org", "non@example.org"} & set(
        written
    )
    assert "Aucun courriel" in again.text
    assert not Mail.objects.due(WHILE_OPEN).exists()


def test_the_held_mail_brings_the_link_and_says_who_writes(organiser, me, edition):
    structure, _, link = call_of(me, edition)

    act(organiser, "hold_calls", structure)

    body = Mail.objects.get().body
    assert link in body
    assert "Odile\n" in body
    assert "jusqu’au lundi 31" in body


def test_what_is_held_leaves_when_an_organiser_sends_it(organiser):
    factories.ContactFactory()
    act(organiser, "hold_calls", *Structure.objects.all())
    row = Mail.objects.get()
    later = {"action": "release", "_selected_action": [row.pk]}

    for told in ("À envoyer\u00a0: 1 courriel.", "Ne part que ce qui est retenu."):
        response = organiser.post(
            reverse("admin:assises_mail_changelist"), later, follow=True
        )
        assert told in response.text

    assert list(Mail.objects.due(WHILE_OPEN)) == [row]


@pytest.mark.parametrize(
    "change",
    [
        lambda contact: factories.ApplicationFactory(
            sent=True, structure=contact.structure
        ),
        lambda contact: factories.OutreachFactory(
            edition=Edition.objects.get(), structure=contact.structure, state="declined"
        ),
        lambda contact: factories.ApplicationFactory(
            email=contact.email, contested_at=WHILE_OPEN
        ),
        lambda contact: Contact.objects.update(email="autre@example.org"),
    ],
    ids=["answered", "declined", "contested", "changed"],
)
def test_a_call_that_nobody_waits_for_any_more_stays_held(organiser, edition, change):
    contact = factories.ContactFactory()
    act(organiser, "hold_calls", contact.structure)
    call = Mail.objects.get()
    other = factories.MailFactory(state=Mail.State.HELD)
    change(contact)

    rows = {"action": "release", "_selected_action": [call.pk, other.pk]}
    address = reverse("admin:assises_mail_changelist")
    response = organiser.post(address, rows, follow=True)

    assert "À envoyer\u00a0: 1 courriel." in response.text
    assert "Un appel ne part plus vers qui a répondu" in response.text
    assert list(Mail.objects.filter(state=Mail.State.HELD)) == [call]


def test_a_held_call_waits_for_the_corrected_address(organiser, me):
    contact = factories.ContactFactory(email="faux@example.org")
    act(organiser, "hold_calls", contact.structure)
    contact.email = "juste@example.org"

    corrections.change_address(contact, former="faux@example.org", by=me, at=WHILE_OPEN)

    call = Mail.objects.get(kind=calling.CALL)
    assert (call.address, call.link_email) == ("juste@example.org", "")
    assert call.state == Mail.State.HELD
    assert "juste" in call.search_text


@pytest.mark.parametrize("state", [Mail.State.QUEUED, Mail.State.FAILED])
def test_a_call_that_has_not_left_leaves_for_the_corrected_address(
    organiser, me, state
):
    contact = factories.ContactFactory(email="faux@example.org")
    act(organiser, "hold_calls", contact.structure)
    Mail.objects.update(state=state)
    contact.email = "juste@example.org"

    corrections.change_address(contact, former="faux@example.org", by=me, at=WHILE_OPEN)

    call = Mail.objects.get(kind=calling.CALL)
    assert (call.address, call.state) == ("juste@example.org", Mail.State.QUEUED)


def test_a_call_that_failed_calls_nobody_who_has_answered_since(organiser, me):
    contact = factories.ContactFactory(email="faux@example.org")
    act(organiser, "hold_calls", contact.structure)
    Mail.objects.update(state=Mail.State.FAILED)
    factories.ApplicationFactory(sent=True, structure=contact.structure)
    contact.email = "juste@example.org"

    corrections.change_address(contact, former="faux@example.org", by=me, at=WHILE_OPEN)

    call = Mail.objects.get(kind=calling.CALL)
    assert (call.address, call.state) == ("faux@example.org", Mail.State.FAILED)


def reach_of(structure):
    row = Outreach.objects.filter(structure=structure).first()
    return row and (row.state, row.followed_by)


def test_a_call_that_leaves_marks_its_structure_and_a_held_one_does_not(
    organiser, me, edition
):
    new, followed, reminded = (
        f.structure for f in factories.ContactFactory.create_batch(3)
    )
    factories.OutreachFactory(edition=edition, structure=followed, followed_by=me)
    factories.OutreachFactory(edition=edition, structure=reminded, state="reminded")
    act(organiser, "hold_calls", new, followed, reminded)
    before = [reach_of(each) for each in (new, followed, reminded)]

    release(organiser, *Mail.objects.all())

    assert before == [None, ("to_contact", me), ("reminded", None)]
    assert reach_of(new) == ("contacted", None)
    assert reach_of(followed) == ("contacted", me)
    assert reach_of(reminded) == ("reminded", None)
    told = Event.objects.filter(verb="suit").values_list("object_key", flat=True)
    assert sorted(told) == sorted(str(each.pk) for each in (new, followed))


def test_a_call_that_stays_held_and_any_other_mail_mark_nothing(organiser):
    contact = factories.ContactFactory()
    act(organiser, "hold_calls", contact.structure)
    factories.ApplicationFactory(sent=True, structure=contact.structure)
    other = factories.MailFactory(
        state=Mail.State.HELD, contact=factories.ContactFactory()
    )

    release(organiser, Mail.objects.get(kind=calling.CALL), other)

    assert not Outreach.objects.exists()


def release(client, *mails):
    rows = {"action": "release", "_selected_action": [mail.pk for mail in mails]}
    return client.post(reverse("admin:assises_mail_changelist"), rows, follow=True)


def test_of_two_organisers_who_hold_calls_together_the_second_finds_those_of_the_first(
    me, edition, monkeypatch
):
    factories.ContactFactory()
    everyone = Structure.objects.all()

    def wait(edition):
        monkeypatch.undo()
        calling.hold_calls(everyone, edition=edition, by=me, at=WHILE_OPEN)

    monkeypatch.setattr(invitations, "hold_edition", wait)
    held = calling.hold_calls(everyone, edition=edition, by=me, at=WHILE_OPEN)

    assert (held, Mail.objects.count()) == (0, 1)


def test_a_call_that_is_about_to_leave_is_not_held_again(me, edition):
    factories.ContactFactory()
    hold = partial(calling.hold_calls, Structure.objects.all(), edition=edition, by=me)

    assert hold(at=WHILE_OPEN) == 1
    calling.release(Mail.objects.all(), by=me, at=WHILE_OPEN)
    assert hold(at=WHILE_OPEN) == 0


@pytest.mark.parametrize("role", [Role.READERS, Role.DESK, Role.CHAIR, Role.MEMBERS])
def test_only_organisers_hold_mails(role):
    structure = factories.StructureFactory()
    factories.ContactFactory(structure=structure)

    act(team.signed_in(team.member(role)), "hold_calls", structure)

    assert not Mail.objects.exists()
