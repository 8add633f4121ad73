"""A seat gives a role, and takes others away, in the edition of the moment alone."""

import pytest
from django.urls import reverse

from assises.people.permissions import Role
from committee import visibility
from committee.models import Member, Review
from committee.reviewing import seats
from tests import team
from tests.committee.factories import MemberFactory, proposal
from tests.factories import WHILE_OPEN, EditionFactory, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


@pytest.fixture
def client(me):
    return team.signed_in(me)


@pytest.fixture
def past(edition):
    return EditionFactory(slug="2025", title="Assises 2025", is_current=False)


def give(client, user, *roles, is_active=True):
    """Save the account of ``user`` with ``roles``, as the page of the account does."""
    return client.post(
        reverse("admin:assises_user_change", args=[user.pk]),
        {
            "email": user.email,
            "groups": [team.group(role).pk for role in roles],
            **({"is_active": "on"} if is_active else {}),
        },
    )


def roles_of(user):
    return set(user.groups.values_list("name", flat=True))


@pytest.mark.parametrize("role", [Role.ORGANISERS, Role.READERS])
def test_who_sits_takes_no_hand_in_the_answers_even_in_two_steps(client, member, role):
    assert give(client, member.user, Role.DESK).status_code == 302

    response = give(client, member.user, role)

    assert response.context["adminform"].form.errors == {
        "groups": [
            "Cette personne siège au comité de l’édition en cours\u00a0: elle ne peut ni"
            " organiser, ni lire toutes les réponses."
        ]
    }
    assert roles_of(member.user) == {Role.DESK}


def test_who_sat_in_the_past_may_organise(client, past):
    user = MemberFactory(edition=past, user=team.member(Role.MEMBERS)).user

    assert give(client, user, Role.ORGANISERS).status_code == 302
    assert roles_of(user) == {Role.ORGANISERS}


def test_a_seat_of_the_past_changes_no_role_of_today(client, chair, past):
    before = MemberFactory(edition=past, user=chair.user)

    response = client.post(
        reverse("admin:committee_member_change", args=[before.pk]), {"role": "member"}
    )

    assert response.status_code == 302
    assert roles_of(chair.user) == {Role.CHAIR}


def test_a_committee_gets_its_roles_when_its_edition_becomes_that_of_the_moment(
    client, edition, past
):
    newcomer = MemberFactory(edition=past, user=team.member())
    head = MemberFactory(edition=past, user=team.member(), role=Member.Role.CHAIR)

    response = make_current(client, edition, past)

    assert response.status_code == 302
    assert [roles_of(one.user) for one in (newcomer, head)] == [
        {Role.MEMBERS},
        {Role.CHAIR},
    ]


@pytest.mark.parametrize("role", [Role.ORGANISERS, Role.READERS])
def test_no_edition_becomes_current_while_a_member_reads_every_answer(
    client, edition, past, role
):
    newcomer = MemberFactory(edition=past, user=team.member())
    apart = MemberFactory(edition=past, user=team.member(role))

    refused = make_current(client, edition, past)
    apart.user.groups.clear()
    accepted = make_current(client, edition, past)

    errors = refused.context["adminform"].form.errors
    assert list(errors) == ["is_current"]
    assert (
        f"toutes les réponses\u00a0: {apart.user}. Retirez" in errors["is_current"][0]
    )
    assert (refused.status_code, accepted.status_code) == (200, 302)
    assert roles_of(newcomer.user) == roles_of(apart.user) == {Role.MEMBERS}


def test_who_reads_every_answer_gets_no_role_of_the_committee(edition):
    reader = MemberFactory(edition=edition, user=team.member(Role.READERS)).user

    seats.give_roles(edition)

    assert roles_of(reader) == {Role.READERS}


def test_a_seat_without_its_role_shows_no_names(edition):
    reader = MemberFactory(edition=edition, user=team.member(Role.READERS)).user
    member = MemberFactory(edition=edition, user=team.member(Role.MEMBERS)).user

    seen = [visibility.sight(user, edition, at=WHILE_OPEN) for user in (reader, member)]

    assert [sight.named for sight in seen] == [False, True]


def make_current(client, edition, other):
    """Save the page of ``other`` once ``edition`` is no longer that of the moment."""
    address = reverse("admin:assises_edition_change", args=[other.pk])
    type(edition).objects.filter(pk=edition.pk).update(is_current=False)
    form = client.get(address).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields}
    return client.post(address, {**flat(typed), "is_current": "on"})


def flat(typed):
    """Return what a browser sends of the initial values of a form."""
    return {name: value for name, value in typed.items() if value not in (None, "", [])}


def test_giving_a_role_twice_gives_it_once(member):
    seats.give_role(member)
    seats.give_role(member)

    assert roles_of(member.user) == {Role.MEMBERS}


def test_a_chair_seated_late_gets_what_there_is_to_read(client, edition, marks):
    application = proposal()
    user = team.member(Role.DESK)

    response = client.post(
        reverse("admin:committee_member_add"),
        {"user": user.pk, "edition": edition.pk, "role": "chair"},
    )

    assert response.status_code == 302
    assert roles_of(user) == {Role.CHAIR, Role.DESK}
    assert [
        review.application_id for review in Review.objects.filter(member__user=user)
    ] == [application.pk]


def test_who_comes_back_gets_what_came_meanwhile_at_the_next_run(
    client, member, assigned
):
    give(client, member.user, Role.MEMBERS, is_active=False)
    proposal()
    assert assigned() == 0

    give(client, member.user, Role.MEMBERS)

    assert assigned() == 1


def test_nobody_seated_after_publication_gets_anything(client, edition, marks):
    proposal()
    edition.results_published_at = WHILE_OPEN
    edition.save()
    user = team.member()

    response = client.post(
        reverse("admin:committee_member_add"),
        {"user": user.pk, "edition": edition.pk, "role": "member"},
    )

    assert response.status_code == 302
    assert Review.objects.count() == 0


def test_a_conflict_with_a_structure_merged_since_is_kept(client, member):
    whole = StructureFactory(name="Hélice")
    former = StructureFactory(name="Hélice (ancienne)", merged_into=whole)
    member.structures.add(former)
    other = StructureFactory(merged_into=whole)
    address = reverse("admin:committee_member_change", args=[member.pk])
    form = client.get(address).context["adminform"].form

    response = client.post(
        address, {"role": "chair", "structures": form["structures"].value()}
    )

    assert response.status_code == 302
    assert list(member.structures.all()) == [former]
    assert other not in form.fields["structures"].queryset
