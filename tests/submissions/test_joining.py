"""Two contacts who are one person become one, and nobody else's row changes."""

import pytest
from django.urls import reverse

from assises.guests import merging
from assises.models import Contact, Event, Mail
from submissions.answering import joining
from submissions.models import Application
from tests import factories
from tests.committee.factories import MemberFactory
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


def person(structure, email, **values):
    values = {"email_confirmed_at": WHILE_OPEN, "last_name": "Martin"} | values
    return factories.ContactFactory(structure=structure, email=email, **values)


@pytest.fixture
def structure():
    return factories.StructureFactory()


@pytest.fixture
def kept(structure):
    return person(structure, "zoe@comete.example", first_name="Zoé", function="")


@pytest.fixture
def merged(structure):
    return person(
        structure,
        "zoe@example.org",
        first_name="Z.",
        function="Directrice",
        keep_informed=True,
    )


def answer_of(contact, **values):
    values = {"sent": True, "email": contact.email, "contact": contact} | values
    return factories.ApplicationFactory(structure=contact.structure, **values)


def page(structure):
    return reverse("admin:assises_structure_join", args=[structure.pk])


def join(kept, merged, me):
    joining.join_contacts(kept, merged, by=me, at=WHILE_OPEN)


def test_all_that_named_one_names_the_other_and_one_row_is_left(me, kept, merged):
    answer = answer_of(merged)
    mail = factories.MailFactory(contact=merged)
    invitation = factories.InvitationFactory(
        structure=merged.structure, contact=merged, sent=True
    )
    member = MemberFactory()
    member.persons.add(merged)
    named = {
        field: merging._pointing(field, merged.pk).count()
        for field in merging.relations(Contact)
    }
    key = merged.pk

    join(kept, merged, me)

    for row in (answer, mail, invitation):
        row.refresh_from_db()
        assert row.contact == kept
    assert sum(named.values()) == 4
    assert list(member.persons.all()) == [kept]
    assert list(kept.structure.contacts.all()) == [kept]
    told = Event.objects.get(verb=merging.MERGED)
    assert (told.object_key, told.values) == (str(kept.pk), {"merged": str(key)})


def test_what_is_missing_is_filled_and_nothing_is_replaced_nor_agreed_to(
    me, kept, merged
):
    answer = answer_of(merged)

    join(kept, merged, me)

    kept.refresh_from_db()
    answer.refresh_from_db()
    assert (kept.first_name, kept.function) == ("Zoé", "Directrice")
    assert not kept.keep_informed
    assert answer.said("contact", "first_name") == "Zoé"


def test_its_answers_follow_to_the_address_that_stays_and_both_are_told(
    me, kept, merged
):
    answer = answer_of(merged, email_confirmed_at=WHILE_OPEN)
    invitation = factories.InvitationFactory(
        structure=merged.structure, contact=merged, sent=True
    )
    waiting = factories.MailFactory(
        reference=invitation.key, address=merged.email, link_email=merged.email
    )

    join(kept, merged, me)

    answer.refresh_from_db()
    waiting.refresh_from_db()
    assert (answer.email, answer.is_confirmed) == (kept.email, False)
    assert waiting.address == kept.email
    told = Mail.objects.exclude(pk=waiting.pk).values_list("kind", "address")
    assert set(told) == {
        ("address_changed", kept.email),
        ("address_replaced", "zoe@example.org"),
    }


def test_the_browser_that_began_an_answer_opens_it_no_more(me, kept, structure):
    unknown = person(structure, kept.email, email_confirmed_at=None)
    answer = answer_of(unknown)

    join(kept, unknown, me)

    answer.refresh_from_db()
    assert (answer.contact, answer.claimed_at) == (kept, WHILE_OPEN)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("named", ["second", "contested"])
@pytest.mark.parametrize("side", [0, 1])
def test_who_is_named_by_somebody_else_is_not_joined(me, kept, merged, named, side):
    apart = (kept, merged)[side]
    if named == "second":
        answer_of(person(kept.structure, "autre@example.org"), second_contact=apart)
    else:
        answer_of(apart, contested_at=WHILE_OPEN)

    with pytest.raises(merging.MergeRefusedError):
        join(kept, merged, me)

    assert apart not in joining.joinable(kept.structure)
    assert {kept, merged} <= set(Contact.objects.all())


def test_all_that_moves_is_read_before_it_does(organiser, structure, kept, merged):
    answer_of(merged)
    pair = {"kept": kept.pk, "merged": merged.pk}

    known = organiser.get(
        reverse("admin:assises_structure_change", args=[structure.pk])
    )
    asked = organiser.get(page(structure))
    preview = organiser.get(page(structure), pair)
    before = Contact.objects.count()
    done = organiser.post(page(structure), pair, follow=True)
    again = organiser.post(page(structure), pair)

    assert page(structure) in known.text
    assert "zoe@example.org" in asked.text
    assert preview.context["moves"] == [("réponses", 1)]
    assert ("fonction", "", "Directrice") in preview.context["facts"]
    assert "Cette fusion ne s’annule pas." in preview.text
    assert (before, Contact.objects.count()) == (2, 1)
    assert "ne figure plus qu’une fois" in done.text
    assert again.status_code == 422


def test_one_contact_is_no_pair_nor_is_somebody_of_another_structure(
    organiser, structure, kept, merged
):
    other = person(factories.StructureFactory(), "ailleurs@example.org")

    for key in (kept.pk, other.pk, "", "x"):
        pair = {"kept": kept.pk, "merged": key}
        assert organiser.post(page(structure), pair).status_code == 422
    assert Contact.objects.count() == 3
    assert not Application.objects.exists()


def test_a_single_contact_is_offered_nothing(organiser, structure, kept):
    asked = organiser.get(page(structure))
    known = organiser.get(
        reverse("admin:assises_structure_change", args=[structure.pk])
    )

    assert "n’a pas deux contacts à fusionner" in asked.text
    assert page(structure) not in known.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same(
    organiser, structure, kept, merged, count, django_assert_num_queries
):
    for number in range(count):
        person(structure, f"p{number}@example.org")

    with django_assert_num_queries(7):
        organiser.get(page(structure))
    with django_assert_num_queries(14):
        organiser.get(page(structure), {"kept": kept.pk, "merged": merged.pk})
