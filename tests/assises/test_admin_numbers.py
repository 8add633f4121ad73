"""A number that no column of the database holds is an error like another one."""

import re

import pytest
from django.urls import get_resolver, reverse

from assises.people.permissions import Role
from committee.models import Member
from tests import factories, team
from tests.test_consistency import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

TOO_LARGE = "9" * 30


@pytest.fixture
def member(edition):
    return Member.objects.create(edition=edition, user=team.member(Role.MEMBERS))


@pytest.mark.parametrize("name", ["structures", "persons", "partner"])
def test_a_conflict_with_no_row_is_refused_beside_its_field(organiser, member, name):
    address = reverse("admin:committee_member_change", args=[member.pk])

    response = organiser.post(address, {"role": "member", name: TOO_LARGE})

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [name]


def test_a_role_that_is_no_row_is_refused_beside_its_field(organiser, member):
    address = reverse("admin:assises_user_change", args=[member.user.pk])

    response = organiser.post(
        address, {"email": member.user.email, "groups": TOO_LARGE}
    )

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["groups"]


@pytest.mark.parametrize("lookup", ["edition__exact", "edition__id__exact"])
def test_a_filter_on_no_row_shows_none_or_is_dropped(organiser, lookup):
    address = reverse("admin:committee_member_changelist")

    response = organiser.get(address, {lookup: TOO_LARGE}, follow=True)

    assert response.status_code == 200
    rows = response.context["cl"].result_list
    assert len(rows) == 0 or response.redirect_chain == [(f"{address}?e=1", 302)]


def test_a_page_of_no_row_is_not_found(organiser):
    address = reverse("admin:committee_member_change", args=[TOO_LARGE])

    response = organiser.get(address, follow=True)

    assert response.redirect_chain == [(reverse("admin:index"), 302)]
    assert "Cette page n’existe pas, ou votre rôle ne l’ouvre pas." in response.text
    assert str(TOO_LARGE) not in response.text


@pytest.mark.parametrize("typed", ["10000", "32768", TOO_LARGE])
@pytest.mark.parametrize("page", ["seats", "by hand", "quota"])
def test_more_seats_than_a_row_holds_are_refused_in_words(
    organiser, edition, typed, page
):
    """Not the largest number that fits either: seats of who presents are added to it."""
    invitation = factories.InvitationFactory(edition=edition)
    address, name = {
        "seats": (f"assises/invitation/{invitation.pk}/change/", "seats"),
        "by hand": ("assises/invitation/add/", "seats"),
        "quota": (f"assises/edition/{edition.pk}/change/", "seats_per_structure"),
    }[page]

    response = organiser.post(f"/admin/{address}", {name: typed})

    assert response.status_code == 200
    assert response.context["adminform"].form.errors[name] == [
        "Assurez-vous que cette valeur est inférieure ou égale à 9999."
    ]
    assert f'value="{typed}"' in response.text


def test_a_room_larger_than_any_is_refused_in_words(organiser, edition):
    address = reverse("admin:assises_edition_change", args=[edition.pk])

    response = organiser.post(address, {"capacity": TOO_LARGE})

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors["capacity"]) != []


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_fails_on_a_number_of_no_row(organiser, member, method):
    """Of members and of who answers too: a number too large is one that does not exist."""
    people = organiser, team.signed_in(member.user)
    known = {pattern for pattern, _ in addresses(get_resolver().url_patterns)}
    numbered = [
        re.sub(r"<(?:int:\w+|path:object_id)>", TOO_LARGE, pattern)
        for pattern in known
        if "<int:" in pattern or "<path:object_id>" in pattern
    ]

    found = {
        getattr(person, method)(f"/{re.sub('<[^>]*>', '1', address)}").status_code
        for address in numbered
        for person in people
    }

    assert len(numbered) > 20
    assert found <= {200, 302, 403, 404, 405}
