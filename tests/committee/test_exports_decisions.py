"""What does the list of decisions tell, to organisers, to the chair, to readers?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assises.models import Event, Structure
from assises.people.permissions import Role
from committee.deliberation import decisions
from committee.models import Decision, Review
from tests import team
from tests.committee import exports
from tests.committee.exports import DECISIONS, NAMES
from tests.committee.factories import DecisionFactory, ReviewFactory
from tests.committee.mornings import reviewed, selected
from tests.factories import WHILE_OPEN, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

PAGE = reverse("screens:exports")
FILE = exports.address(DECISIONS, "csv")
Outcome = Decision.Outcome
CHOICE = {
    "outcome": Outcome.SELECTED,
    "minutes": 12,
    "reason": "Un exemple à suivre.",
    "note": "À l’unanimité.",
}


@pytest.fixture
def decided(me):
    """A proposal of a person alone, decided by Odile Garnier."""
    alone = StructureFactory(name="Zoé Nguyễn", kind=Structure.Kind.INDIVIDUAL)
    candidacy = reviewed("Des robots", 2.0, 3.0, key="K7QF2M9X", structure=alone)
    decisions.decide(candidacy, CHOICE, seen=0, by=me, at=WHILE_OPEN)
    candidacy.refresh_from_db()
    return candidacy


def test_organisers_read_every_column(organiser, decided):
    [row] = exports.csv_rows(organiser, DECISIONS)

    assert row == {
        "Rang": "1",
        "Dossier": "K7QF-2M9X",
        "Titre": "Des robots",
        "Structure": "Zoé Nguyễn",
        "Type de structure": "Personne à titre individuel (sans structure)",
        "Décision": "retenu",
        "Minutes": "12",
        "Moyenne sur 3": "2,50",
        "Évaluations": "2",
        "Motif communiqué": "Un exemple à suivre.",
        "Note de délibération": "À l’unanimité.",
        "Enregistrée le": "12/05/2027 14:32",
        "Enregistrée par": "Odile Garnier",
        "Publiée le": "",
    }


def test_workbook_holds_the_same(organiser, decided):
    [row] = exports.workbook_rows(organiser, DECISIONS)

    assert (row["Rang"], row["Minutes"], row["Moyenne sur 3"]) == (1, 12, 2.5)
    assert row["Enregistrée le"].isoformat() == "2027-05-12T14:32:00"
    assert row["Motif communiqué"] == "Un exemple à suivre."


def test_whoever_decided_last_is_told(organiser, decided):
    other = team.member(Role.ORGANISERS, first_name="Nour", last_name="Petit")
    choice = {**CHOICE, "outcome": Outcome.RESERVE}
    decisions.decide(decided, choice, seen=1, by=other, at=WHILE_OPEN)

    [row] = exports.csv_rows(organiser, DECISIONS)

    assert (row["Décision"], row["Enregistrée par"]) == ("en réserve", "Nour Petit")


def test_every_outcome_is_there_by_rank_and_nothing_undecided(organiser):
    for mean, outcome in enumerate(Outcome):
        minutes = 12 if outcome == Outcome.SELECTED else None
        reviewed(outcome.label, mean / 3, outcome=outcome, minutes=minutes)
    undecided = reviewed("À décider", 3.0)
    DecisionFactory(application=undecided, outcome="", minutes=None, note="Y revenir.")
    reviewed("Jamais vue", 1.0)

    rows = exports.csv_rows(organiser, DECISIONS)

    assert [row["Décision"] for row in rows] == [
        outcome.label for outcome in reversed(Outcome)
    ]
    assert [row["Titre"] for row in rows] == [row["Décision"] for row in rows]


def test_chair_reads_reasons_and_notes(chair, decided):
    [row] = exports.csv_rows(team.signed_in(chair.user), DECISIONS)

    assert row["Structure"] == "Zoé Nguyễn"
    assert row["Motif communiqué"] == "Un exemple à suivre."
    assert row["Enregistrée par"] == "Odile Garnier"
    assert row["Note de délibération"] == "À l’unanimité."


@pytest.mark.usefixtures("published")
def test_reader_is_told_no_name(reader, decided):
    with CaptureQueriesContext(connection) as queries:
        text = exports.csv_text(reader, DECISIONS)

    assert "Des robots" in text
    assert "Personne à titre individuel" in text
    for hidden in ("Nguyễn", "Garnier", "exemple à suivre", "unanimité", "Motif"):
        assert hidden not in text
    # Nor is it read, to be left out afterwards.
    assert not any("assises_contact" in query["sql"] for query in queries)


def test_conflicted_chair_gets_nothing_of_it(chair, organiser):
    conflicted = selected("Des fusées secrètes", 15, 3.0)
    selected("Ouverte", 12, 1.0)
    chair.structures.add(conflicted.structure)

    seen = exports.csv_rows(team.signed_in(chair.user), DECISIONS)

    assert [row["Rang"] for row in exports.csv_rows(organiser, DECISIONS)] == ["1", "2"]
    assert [(row["Rang"], row["Titre"]) for row in seen] == [("1", "Ouverte")]


def test_chair_takes_nothing_of_what_they_have_still_to_review(chair):
    own = ReviewFactory(application=selected("Une", 12, 3.0), member=chair)
    client = team.signed_in(chair.user)

    before, page = exports.csv_rows(client, DECISIONS), client.get(PAGE)
    Review.objects.filter(pk=own.pk).update(state=Review.State.ABSTAINED)

    assert before == []
    assert "Il vous reste 1 évaluation à rendre" in page.text
    assert len(exports.csv_rows(client, DECISIONS)) == 1


def test_chair_without_seat_takes_nothing():
    selected("Des robots secrets", 12, 3.0)
    client = team.signed_in(team.member(Role.CHAIR))

    page = client.get(PAGE)

    assert client.get(FILE).status_code == 403
    assert "Vous ne siégez pas encore au comité" in page.text
    assert not Event.objects.exists()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.READERS])
def test_chair_and_readers_take_this_list_alone(role, chair, organiser):
    user = chair.user if role == Role.CHAIR else team.member(role)
    client = team.signed_in(user)
    exports.csv_rows(organiser, DECISIONS)

    page = client.get(PAGE)

    others = [exports.address(name, "csv") for name in NAMES if name != DECISIONS]
    assert [client.get(address).status_code for address in others] == [403] * 4
    assert [address for address in others if address in page.text] == []
    assert FILE in page.text
    assert "téléchargement" not in page.text
    assert Event.objects.count() == 1
    assert f'href="{PAGE}"' in client.get(reverse("admin:index")).text


def test_chair_s_download_is_in_the_journal(chair, decided):
    exports.csv_rows(team.signed_in(chair.user), DECISIONS)

    event = Event.objects.get(verb="export")
    assert event.user == chair.user
    assert event.values == {"liste": DECISIONS, "format": "csv", "lignes": "1"}


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_the_chair_does_not_grow(
    chair, me, django_assert_num_queries, count
):
    for number in range(count):
        candidacy = reviewed(f"Projet {number}", 2.0)
        decisions.decide(candidacy, CHOICE, seen=0, by=me, at=WHILE_OPEN)
    client = team.signed_in(chair.user)

    # Session, account, second factor, edition, rights, seat, what is left to judge, the
    # journal; ranks, keys, rows, authors.
    with django_assert_num_queries(7 + 4):
        rows = exports.csv_rows(client, DECISIONS)

    assert len(rows) == count
