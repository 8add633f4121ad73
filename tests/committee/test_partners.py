"""A partner has a structure: its representatives stay away from what that one answers."""

import pytest
from django.urls import reverse

from assises.models import Event, Partner, Structure
from assises.people.permissions import Role
from committee.models import Member, Review
from tests import team
from tests.committee.factories import proposal
from tests.factories import StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State


@pytest.fixture
def client(me):
    return team.signed_in(me)


@pytest.fixture
def partner(edition):
    return Partner.objects.create(edition=edition, name="Association Comète")


def page_of(partner):
    return reverse("admin:assises_partner_change", args=[partner.pk])


def save(client, partner, structure):
    """Save the page of ``partner`` as a browser does, with ``structure`` chosen."""
    typed = {
        "edition": partner.edition_id,
        "name": partner.name,
        "role": partner.role,
        "order": partner.order,
        "structure": structure.pk if structure else "",
    }
    return client.post(page_of(partner), typed)


def test_the_structure_of_a_partner_recuses_who_represents_it(
    client, partner, member, other, assigned
):
    application = proposal(structure=StructureFactory(name="Comète"))
    assigned()
    member.partner = partner
    member.save()

    response = save(client, partner, application.structure)

    assert response.status_code == 302
    partner.refresh_from_db()
    assert partner.structure == application.structure
    assert Review.objects.get(member=member).state == State.RECUSED
    assert Review.objects.get(member=other).state == State.TO_READ
    assert Event.objects.filter(verb="déport").count() == 1


def test_the_journal_does_not_name_the_structure(client, partner):
    save(client, partner, StructureFactory(name="Zoé Martin", kind="individuel"))

    event = Event.objects.get()
    assert (event.changed, event.values) == (["structure"], {})


def test_a_structure_merged_since_is_kept_and_no_other_is_offered(client, partner):
    whole = StructureFactory(name="Hélice")
    former = StructureFactory(name="Hélice (ancienne)", merged_into=whole)
    other = StructureFactory(merged_into=whole)
    partner.structure = former
    partner.save()

    response = save(client, partner, former)
    form = client.get(page_of(partner)).context["adminform"].form

    assert response.status_code == 302
    offered = form.fields["structure"].queryset
    assert {whole, former} <= set(offered)
    assert other not in offered


def test_who_reads_no_names_reads_no_structure(partner):
    partner.structure = StructureFactory(name="Zoé Martin", kind="individuel")
    partner.save()

    page = team.signed_in(team.member(Role.READERS)).get(page_of(partner))

    assert page.status_code == 200
    assert Structure.objects.get().name not in page.text


def test_a_partner_whom_somebody_represents_is_not_deleted(client, partner, member):
    member.partner = partner
    member.save()
    address = reverse("admin:assises_partner_delete", args=[partner.pk])

    pages = client.get(address), client.post(address, {"post": "yes"})
    kept = Partner.objects.filter(pk=partner.pk).exists()
    Member.objects.update(partner=None)
    gone = client.post(address, {"post": "yes"})

    named = reverse("admin:committee_member_change", args=[member.pk])
    named = f'<a href="{named}">{member}</a>'
    assert [named in page.text for page in pages] == [True, True]
    assert kept
    assert gone.status_code == 302
    assert not Partner.objects.exists()
