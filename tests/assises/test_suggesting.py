"""A structure that the public signals: kept for organisers, shown to nobody else."""

import pytest
from django.urls import reverse

from assises.models import Event, Outreach, Structure, Suggestion
from assises.web import throttle
from tests import factories
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

PAGE = reverse("assises:suggest")
LIST = reverse("admin:assises_suggestion_changelist")
TYPED = {
    "name": "Club Nébuleuse",
    "commune_id": "91228",
    "website": "nebuleuse.example",
}


def act(client, action, *rows):
    keys = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(LIST, keys, follow=True)


def suggestion(**values):
    values = {"name": "Club Nébuleuse", "commune_id": "91228"} | values
    return Suggestion.objects.create(at=WHILE_OPEN, **values)


def test_what_is_signalled_waits_and_is_shown_nowhere(client, organiser):
    response = client.post(PAGE, TYPED, follow=True)

    kept = Suggestion.objects.get()
    assert "Merci" in response.text
    assert (kept.name, kept.website) == ("Club Nébuleuse", "https://nebuleuse.example")
    assert not Structure.objects.exists()
    for address in ("/", PAGE, reverse("submissions:start")):
        assert "Nébuleuse" not in client.get(address).text
    assert "structure signalée" in organiser.get(reverse("admin:index")).text


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "é" * 121}, "name"),
        ({"commune_id": ""}, "commune_id"),
        ({"commune_id": "00000"}, "commune_id"),
        ({"website": "pas un site"}, "website"),
    ],
    ids=str,
)
def test_what_is_wrong_is_shown_again(client, typed, wrong):
    response = client.post(PAGE, TYPED | typed)

    assert list(response.context["form"].errors) == [wrong]
    assert not Suggestion.objects.exists()


def test_one_network_signals_so_many_and_loses_nothing_that_it_typed(client):
    for _ in range(throttle.LIMITS["suggest-client"].times):
        client.post(PAGE, TYPED)

    response = client.post(PAGE, TYPED)

    assert response.status_code == 429
    assert "Club Nébuleuse" in response.text
    assert Suggestion.objects.count() == throttle.LIMITS["suggest-client"].times


def test_accepted_it_is_a_structure_to_contact_once(organiser, edition):
    row = suggestion(website="https://nebuleuse.example")

    act(organiser, "accept", row)
    again = act(organiser, "accept", row)

    structure = Structure.objects.get()
    assert (structure.name, structure.seat_id) == ("Club Nébuleuse", "91228")
    assert structure.website == "https://nebuleuse.example"
    assert Outreach.objects.get(edition=edition).state == Outreach.State.TO_CONTACT
    assert "Rien n’a changé" in again.text
    assert Suggestion.objects.get().structure == structure


def test_left_aside_it_is_no_structure(organiser):
    row = suggestion()

    act(organiser, "leave_aside", row)
    act(organiser, "accept", row)

    assert not Structure.objects.exists()
    assert list(organiser.get(f"{LIST}?suite=attente").context["cl"].result_list) == []


def test_what_is_left_aside_is_a_line_of_the_journal_once(organiser, me):
    row = suggestion()

    for _ in range(2):
        act(organiser, "leave_aside", row)

    told = Event.objects.about(row).get()
    assert (told.verb, told.user) == ("écarte", me)
    assert "Nébuleuse" not in f"{told.object_label} {told.values}"


def test_a_reader_accepts_nothing(reader):
    act(reader, "accept", suggestion())

    assert not Structure.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(organiser, count, django_assert_num_queries):
    for _ in range(count):
        suggestion(structure=factories.StructureFactory())

    with django_assert_num_queries(7):
        organiser.get(LIST)
