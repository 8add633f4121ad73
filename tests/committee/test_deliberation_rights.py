"""Who sees the deliberation, and what the chair may not know of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assises.models import Edition, Structure, Term
from assises.people.permissions import Role
from committee import visibility
from committee.models import Review
from tests import team
from tests.committee.factories import ReviewFactory
from tests.committee.mornings import ADDRESS, asked, listed, reviewed, selected
from tests.factories import WHILE_OPEN, ContactFactory, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


# Who comes in.


def test_list_needs_an_edition(me):
    Edition.objects.update(is_current=False)

    assert team.signed_in(me).get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (Role.ORGANISERS, True),
        (Role.CHAIR, True),
        (Role.READERS, True),
        (Role.MEMBERS, False),
    ],
)
def test_first_page_leads_there(role, told):
    response = team.signed_in(team.member(role)).get(reverse("admin:index"))

    assert (ADDRESS in response.text) is told


# What the chair may not know.


def test_a_chair_without_seat_is_told_so_and_nothing_else():
    selected("Des robots secrets", 12, 3.0)

    response = asked(team.member(Role.CHAIR))

    assert "Vous ne siégez pas encore au comité" in response.text
    assert "robots secrets" not in response.text
    assert "rows" not in response.context


def test_what_the_chair_has_still_to_review_alone_is_hidden(chair):
    late = selected("Des robots secrets", 13, 3.0)
    own = ReviewFactory(application=late, member=chair)
    ReviewFactory(
        application=selected("Lue", 12, 1.0), member=chair, done=True, mean=1.0
    )

    before = asked(chair.user)
    own.state, own.handed_in_at = Review.State.DONE, late.sent_at
    own.mean = 2.0
    own.save()
    after = asked(chair.user)

    assert listed(before) == [(1, "Lue")]
    assert listed(after) == [(1, "Des robots secrets"), (2, "Lue")]
    assert (before.context["morning"].used, after.context["morning"].used) == (12, 27)
    assert before.context["following"] == own
    assert reverse("screens:review", args=[own.pk]) in before.text
    assert "Il vous reste 1 évaluation à rendre" in before.text
    assert "à rendre" not in after.text
    for leak in ("3,00", late.structure.name):
        assert leak not in before.text.partition("<main")[2]


def test_chair_who_has_read_nothing_sees_no_proposal(chair):
    ReviewFactory(application=selected("Des robots", 13, 3.0), member=chair)

    response = asked(chair.user)

    assert response.context["total"] == 0
    assert "Aucune proposition" not in response.text


def test_a_review_on_a_conflicted_proposal_is_not_waited_for(chair):
    conflicted = reviewed("Liée", 3.0)
    ReviewFactory(application=conflicted, member=chair)
    chair.structures.add(conflicted.structure)

    assert asked(chair.user).context["total"] == 0


def seen_by(chair, edition):
    """Return how many proposals ``chair`` has still to review, and sees the fate of."""
    sight = visibility.sight(chair.user, edition, at=WHILE_OPEN)
    return sight.pending.count(), sight.candidacies.count()


def test_sight_leaves_out_what_is_still_to_review(chair, edition):
    own = ReviewFactory(application=reviewed("Une"), member=chair)

    before = seen_by(chair, edition)
    own.state = Review.State.ABSTAINED
    own.save()
    after = seen_by(chair, edition)

    assert (before, after) == ((1, 0), (0, 1))


@pytest.mark.parametrize(
    ("told", "owed", "seen"),
    [(timedelta(seconds=1), 1, 0), (timedelta(0), 0, 1), (timedelta(seconds=-1), 0, 1)],
    ids=["in a second", "now", "a second ago"],
)
def test_nothing_is_owed_once_the_results_are_published(
    chair, edition, told, owed, seen
):
    ReviewFactory(application=reviewed("Une"), member=chair)
    edition.results_published_at = WHILE_OPEN + told
    edition.save()

    assert seen_by(chair, edition) == (owed, seen)


def recuse(chair, candidacy):
    ReviewFactory(application=candidacy, member=chair, state=Review.State.RECUSED)


def conflict_with_structure(chair, candidacy):
    chair.structures.add(candidacy.structure)


def conflict_with_person(chair, candidacy):
    chair.persons.add(ContactFactory(email=candidacy.contact.email))


@pytest.mark.parametrize(
    "conflict", [recuse, conflict_with_structure, conflict_with_person]
)
def test_chair_sees_nothing_of_what_they_are_conflicted_with(chair, me, conflict):
    reviewed("Meilleure", 2.5)
    conflicted = selected(
        "Des fusées secrètes",
        15,
        3.0,
        0.0,
        structure=StructureFactory(name="Hélice", kind=Structure.Kind.COMPANY),
        email_confirmed_at=WHILE_OPEN,
    )
    conflicted.terms.set(Term.objects.filter(code="espace"))
    conflicted.communes.set(["77067"])
    selected("Ouverte", 12, 1.0)
    conflict(chair, conflicted)

    seen, whole = asked(chair.user), asked(me)

    leaks = ["Des fusées", "Hélice", "industriel", "77067", "espace", "15\u00a0min"]
    assert [leak for leak in leaks if leak not in whole.text] == []
    assert [leak for leak in leaks if leak in seen.text] == []
    assert (whole.context["total"], seen.context["total"]) == (3, 2)
    assert (whole.context["decided"], seen.context["decided"]) == (2, 1)
    assert (whole.context["divided"], seen.context["divided"]) == (1, 0)
    assert (whole.context["morning"].used, seen.context["morning"].used) == (29, 12)
    assert listed(whole)[1] == (2, "Des fusées secrètes")
    assert listed(seen) == [(1, "Meilleure"), (2, "Ouverte")]


def test_asking_for_what_only_a_conflicted_proposal_has_filters_nothing(chair):
    reviewed("Ouverte", 1.0)
    conflicted = reviewed("Liée", 3.0)
    conflicted.communes.set(["77067"])
    recuse(chair, conflicted)

    with_it, without = asked(chair.user, "?commune=77067"), asked(chair.user)

    assert listed(with_it) == listed(without) == [(1, "Ouverte")]
