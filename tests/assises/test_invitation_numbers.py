"""What do those who only read learn of the invitations? Numbers, and no name."""

import pytest
from django.urls import reverse

from tests.factories import EditionFactory, GuestFactory, InvitationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]

PAGE = reverse("admin:assises_invitation_count")


@pytest.fixture
def coming(edition):
    """Nine seats given; five people come, of whom four eat and three stay."""
    invitation = InvitationFactory(accepted=True, edition=edition, seats=7)
    GuestFactory(invitation=invitation, name="Zoé Martin", headcount=3)
    GuestFactory(invitation=invitation, name="Inès", lunch=False, afternoon=False)
    GuestFactory(invitation=invitation, name="Adèle", morning=False, afternoon=False)
    InvitationFactory(sent=True, edition=edition, seats=2)
    return invitation


def test_readers_see_the_numbers_and_no_name(reader, coming):
    page = reader.get(PAGE)

    counts = page.context["counts"]
    assert (counts.given, counts.answered) == (9, 5)
    assert (counts.morning, counts.lunch, counts.afternoon) == (4, 4, 3)
    assert "5\u00a0: 4 le matin, 4 au déjeuner" in page.text
    named = {"Zoé", "Inès", "Adèle", str(coming.contact), str(coming.structure)}
    assert not {name for name in named if name in page.text}


def test_the_first_page_leads_readers_there(reader, organiser, edition):
    page = reader.get(reverse("admin:index"))

    assert PAGE in [tool.url for tool in page.context["tools"]]
    assert PAGE not in organiser.get(reverse("admin:index")).text


def test_without_an_edition_there_is_nothing_to_count(reader):
    assert "Aucune édition n’est en cours." in reader.get(PAGE).text
    tools = reader.get(reverse("admin:index")).context["tools"]
    assert PAGE not in [tool.url for tool in tools]


@pytest.mark.parametrize("count", [1, 3])
def test_the_numbers_cost_the_same(reader, count, django_assert_num_queries):
    GuestFactory.create_batch(count, invitation__edition=EditionFactory())

    with django_assert_num_queries(7):
        reader.get(PAGE)
