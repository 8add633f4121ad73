import pytest
from django.urls import reverse

from assises.models import Event, Structure
from committee.models import Review
from submissions.answering import claiming
from tests.committee.factories import MemberFactory, proposal
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    ContactFactory,
    PartnerFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
State = Review.State


def states():
    pairs = Review.objects.values_list("member", "application", "state")
    return {(member, application): state for member, application, state in pairs}


def test_every_member_gets_every_proposal_and_nothing_else(member, other, assigned):
    wanted = [proposal(), proposal()]
    ApplicationFactory(declared=True, sent=True)
    ApplicationFactory(proposed=True)
    ApplicationFactory(sent=True)

    assert assigned() == 4
    assert states() == {
        (someone.pk, one.pk): State.TO_READ
        for someone in (member, other)
        for one in wanted
    }


def test_assigning_again_adds_what_is_missing_and_moves_nothing(member, assigned):
    proposal()
    assigned()
    before = Review.objects.get()
    Review.objects.update(state=State.DRAFT, comment="À relire.")

    assert assigned() == 0
    again = Review.objects.get()
    assert (again.state, again.comment, again.position) == (
        State.DRAFT,
        "À relire.",
        before.position,
    )

    proposal()
    newcomer = MemberFactory(edition=member.edition)
    assert assigned() == 3
    assert Review.objects.of(newcomer).count() == 2


def test_each_member_reads_in_an_order_of_their_own(member, other, assigned):
    for _ in range(12):
        proposal()
    assigned()

    orders = [
        list(
            Review.objects.of(one).in_own_order().values_list("application", flat=True)
        )
        for one in (member, other)
    ]

    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]  # Once in 479 million it would fail.


def conflicted_by_structure(member):
    structure = StructureFactory()
    member.structures.add(structure)
    return proposal(structure=structure)


def conflicted_by_merged_structure(member):
    structure = StructureFactory()
    member.structures.add(structure)
    return proposal(structure=StructureFactory(merged_into=structure))


def conflicted_by_structure_merged_since(member):
    structure = StructureFactory()
    member.structures.add(StructureFactory(merged_into=structure))
    return proposal(structure=structure)


def conflicted_by_structure_merged_into_the_same(member):
    structure = StructureFactory()
    member.structures.add(StructureFactory(merged_into=structure))
    return proposal(structure=StructureFactory(merged_into=structure))


def conflicted_by_partner_merged_since(member):
    structure = StructureFactory()
    merged = StructureFactory(merged_into=structure)
    member.partner = PartnerFactory(structure=merged)
    member.save()
    return proposal(structure=structure)


def conflicted_by_partner(member):
    structure = StructureFactory()
    member.partner = PartnerFactory(structure=structure)
    member.save()
    return proposal(structure=structure)


def conflicted_by_person(member):
    contact = ContactFactory(email="soeur@example.org")
    member.persons.add(contact)
    elsewhere = ContactFactory(email="soeur@example.org")
    return proposal(
        contact=elsewhere,
        structure=elsewhere.structure,
        email=elsewhere.email,
        email_confirmed_at=WHILE_OPEN,
    )


def conflicted_by_second_contact(member):
    second = ContactFactory(email="seconde@example.org")
    member.persons.add(second)
    return proposal(second_contact=second)


def conflicted_by_own_address(member):
    return proposal(email=member.user.email, email_confirmed_at=WHILE_OPEN)


CONFLICTS = [
    conflicted_by_structure,
    conflicted_by_merged_structure,
    conflicted_by_structure_merged_since,
    conflicted_by_structure_merged_into_the_same,
    conflicted_by_partner,
    conflicted_by_partner_merged_since,
    conflicted_by_person,
    conflicted_by_second_contact,
    conflicted_by_own_address,
]


@pytest.mark.parametrize("conflict", CONFLICTS)
def test_a_conflict_is_a_recusal_from_the_start(member, other, assigned, conflict):
    conflicted, free = conflict(member), proposal()

    assigned()

    assert states() == {
        (member.pk, conflicted.pk): State.RECUSED,
        (member.pk, free.pk): State.TO_READ,
        (other.pk, conflicted.pk): State.TO_READ,
        (other.pk, free.pk): State.TO_READ,
    }


def typed_as_ones_own(member):
    return proposal(email=member.user.email)


def typed_as_second(member):
    return proposal(second_contact=ContactFactory(email=member.user.email))


def typed_of_a_person(member):
    member.persons.add(ContactFactory(email="soeur@example.org"))
    return proposal(email="soeur@example.org")


@pytest.mark.parametrize(
    "cite", [typed_as_ones_own, typed_as_second, typed_of_a_person]
)
def test_an_address_that_anybody_could_type_recuses_nobody(member, assigned, cite):
    cited = cite(member)

    assigned()

    assert states() == {(member.pk, cited.pk): State.TO_READ}


@pytest.mark.parametrize("cite", [typed_as_ones_own, typed_as_second])
def test_organisers_are_told_that_a_member_is_cited(member, organiser, assigned, cite):
    cited, _other = cite(member), proposal()
    assigned()

    page = organiser.get(reverse("screens:progress"))
    index = organiser.get(reverse("admin:index"))

    assert page.context["citations"] == [(cited, member)]
    assert "Un membre est peut-être lié" in page.text
    assert "1 conflit d’intérêts possible" in index.text
    member.persons.add(cited.second_contact or cited.contact)
    assigned()
    assert organiser.get(reverse("screens:progress")).context["citations"] == []


def with_a_structure(member):
    member.structures.add(StructureFactory(name="Atelier Comète"))


def with_a_partner(member):
    member.partner = PartnerFactory(structure=StructureFactory(name="Atelier Comète"))
    member.save()


@pytest.mark.parametrize("tie", [with_a_structure, with_a_partner])
def test_organisers_are_told_of_a_structure_described_anew(
    member, organiser, assigned, tie
):
    tie(member)
    anew = proposal(structure__name="ATELIER COMÈTE")
    proposal(structure__name="Atelier Comète du Sud")
    proposal(structure=Structure.objects.get(name="Atelier Comète"))
    assigned()

    page = organiser.get(reverse("screens:progress"))

    assert page.context["citations"] == [(anew, member)]
    assert set(states().values()) == {State.TO_READ, State.RECUSED}


def test_marks_handed_in_outlive_what_an_applicant_types(member, assigned):
    one = proposal()
    assigned()
    Review.objects.update(state=State.DONE, mean=2, handed_in_at=WHILE_OPEN)
    conflicted = StructureFactory()
    member.structures.add(conflicted)
    type(one).objects.filter(pk=one.pk).update(structure=conflicted)

    assigned()

    assert Review.objects.get().state == State.DONE


def test_a_conflict_met_later_becomes_a_recusal_at_the_next_run(member, assigned):
    one = proposal()
    assigned()
    member.structures.add(one.structure)

    assigned()

    assert Review.objects.get().state == State.RECUSED
    assert Event.objects.filter(verb="déport").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_queries_grow_with_members_and_not_with_proposals(
    member, assigned, django_assert_num_queries, count
):
    for _ in range(count):
        proposal()

    with django_assert_num_queries(13):
        assigned()


def test_a_conflict_with_a_person_follows_who_confirms_their_address(member, assigned):
    structure = StructureFactory()
    twin = ContactFactory(
        structure=structure, email="zoe@example.org", email_confirmed_at=WHILE_OPEN
    )
    one = ContactFactory(structure=structure, email="zoe@example.org")
    conflicted = proposal(structure=structure, contact=one, email="zoe@example.org")
    member.persons.add(one)

    claiming.recognise(conflicted, hers=True, at=WHILE_OPEN)
    assigned()

    assert list(member.persons.all()) == [twin]
    assert states() == {(member.pk, conflicted.pk): State.RECUSED}


def test_a_closed_account_is_given_nothing(member, other, assigned):
    other.user.is_active = False
    other.user.save()
    proposal()

    assert assigned() == 1
    assert Review.objects.get().member == member
