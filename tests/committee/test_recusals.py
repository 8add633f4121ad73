import pytest
from django.urls import reverse

from assises.models import Event
from assises.people.permissions import Role
from committee.models import ConflictOfInterest, Review
from committee.reviewing import recusals
from tests import team
from tests.committee.factories import ReviewFactory, proposal
from tests.committee.test_reviews import filled, sheet_of
from tests.factories import WHILE_OPEN, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State


def states(member):
    pairs = Review.objects.of(member).values_list("application", "state")
    return dict(pairs)


@pytest.fixture
def same(member, assigned):
    """Two proposals of one structure, and one of another."""
    structure = StructureFactory(name="Association Comète")
    proposals = proposal(structure=structure), proposal(structure=structure), proposal()
    assigned()
    return proposals


@pytest.mark.parametrize(
    ("conflict", "hidden"),
    [
        (ConflictOfInterest.STRUCTURE, 2),
        (ConflictOfInterest.PERSON, 1),
        (ConflictOfInterest.DOSSIER, 1),
    ],
)
def test_declaring_a_conflict_takes_away_what_it_touches(
    member, same, conflict, hidden
):
    client = team.signed_in(member.user)
    review = Review.objects.get(member=member, application=same[0])
    sheet = reverse("screens:review", args=[review.pk])
    assert client.get(sheet).status_code == 200

    response = client.post(
        reverse("screens:conflict-of-interest", args=[review.pk]),
        {"conflict_of_interest": conflict},
        follow=True,
    )

    assert response.status_code == 200
    assert states(member) == {
        one.pk: State.RECUSED if place < hidden else State.TO_READ
        for place, one in enumerate(same)
    }
    assert client.get(sheet).status_code == 404
    assert len(response.context["page"]) == 3 - hidden
    assert Event.objects.filter(verb="déport").count() == hidden


def test_a_conflict_with_a_person_holds_in_another_structure(member, same, assigned):
    review = Review.objects.get(member=member, application=same[0])
    recusals.declare(review, ConflictOfInterest.PERSON, by=member.user, at=WHILE_OPEN)

    elsewhere = proposal(email=same[0].contact.email, email_confirmed_at=WHILE_OPEN)
    assigned()

    assert states(member)[elsewhere.pk] == State.RECUSED


def test_the_page_of_a_conflict_says_whom_to_write_to(member, same, edition):
    review = Review.objects.get(member=member, application=same[0])

    page = (
        team.signed_in(member.user)
        .get(reverse("screens:conflict-of-interest", args=[review.pk]))
        .text
    )

    assert "Une erreur\u202f?" in page
    assert f"mailto:{edition.contact_email}" in page


def test_nothing_chosen_is_said_beside_the_field(member, same):
    review = Review.objects.get(member=member, application=same[0])

    response = team.signed_in(member.user).post(
        reverse("screens:conflict-of-interest", args=[review.pk]), {}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["conflict_of_interest"]
    assert set(states(member).values()) == {State.TO_READ}


def test_what_was_written_before_the_conflict_counts_no_more(member, same):
    review = Review.objects.get(member=member, application=same[0])
    Review.objects.filter(pk=review.pk).update(
        state=State.DONE, handed_in_at=WHILE_OPEN, mean=3, comment="Excellent"
    )

    recusals.declare(review, ConflictOfInterest.DOSSIER, by=member.user, at=WHILE_OPEN)

    assert not Review.objects.handed_in().exists()
    assert Review.objects.get(pk=review.pk).comment == "Excellent"


def test_lifting_gives_the_proposal_back_unless_a_conflict_remains(member, same):
    review = Review.objects.get(member=member, application=same[0])
    recusals.declare(
        review, ConflictOfInterest.STRUCTURE, by=member.user, at=WHILE_OPEN
    )
    with pytest.raises(recusals.StillInConflictError):
        recusals.give_back(review, by=member.user, at=WHILE_OPEN)

    member.structures.clear()
    recusals.give_back(review, by=member.user, at=WHILE_OPEN)

    assert states(member)[same[0].pk] == State.TO_READ


def test_ties_written_by_organisers_recuse_at_once(me, member, same):
    client = team.signed_in(me)

    response = client.post(
        reverse("admin:committee_member_change", args=[member.pk]),
        {"role": "chair", "structures": [same[0].structure_id]},
    )

    assert response.status_code == 302
    assert sorted(states(member).values()) == ["recused", "recused", "to_read"]
    assert set(member.user.groups.values_list("name", flat=True)) == {Role.CHAIR}


def test_organiser_takes_no_seat(me, edition):
    client = team.signed_in(me)

    response = client.post(
        reverse("admin:committee_member_add"),
        {"user": me.pk, "edition": edition.pk, "role": "member"},
    )

    assert response.context["adminform"].form.errors == {
        "user": [
            "Cette personne organise, ou lit toutes les réponses\u00a0: elle ne siège pas"
            " au comité."
        ]
    }


def test_one_seat_per_person_and_edition(me, member):
    client = team.signed_in(me)

    response = client.post(
        reverse("admin:committee_member_add"),
        {"user": member.user_id, "edition": member.edition_id, "role": "member"},
    )

    assert response.status_code == 200
    assert "Cette personne siège déjà dans cette édition." in response.text


def test_a_recusal_of_anothers_is_not_found(member, other, same):
    theirs = Review.objects.get(member=other, application=same[0])

    client = team.signed_in(member.user)

    assert (
        client.get(
            reverse("screens:conflict-of-interest", args=[theirs.pk])
        ).status_code
        == 404
    )


def test_a_review_given_back_stays_its_members(me, member, same, marks):
    review = Review.objects.get(member=member, application=same[0])
    team.signed_in(member.user).post(
        sheet_of(review), filled(review, marks, geste="rendre")
    )
    recusals.declare(review, ConflictOfInterest.DOSSIER, by=member.user, at=WHILE_OPEN)

    recusals.give_back(review, by=me, at=WHILE_OPEN)

    review.refresh_from_db()
    assert (review.state, review.mean, review.handed_in_at) == (State.DRAFT, None, None)
    typed = filled(review, marks, comment="Par un autre", geste="rendre")
    assert team.signed_in(me).post(sheet_of(review), typed).status_code == 409
    assert (
        Review.objects.get(pk=review.pk).comment == "Méthode claire, public nombreux."
    )


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ({}, State.TO_READ),
        ({"comment": "Méthode claire."}, State.DRAFT),
        ({"suggestion": "Montrer la fusée."}, State.DRAFT),
        ({"unfinished": {"comment": "é" * 2001}}, State.DRAFT),
        ({"mark": 2}, State.DRAFT),
    ],
)
def test_a_review_given_back_is_a_draft_of_whatever_it_holds(
    me, member, written, state
):
    review = ReviewFactory(member=member, state=State.RECUSED, **written)

    recusals.give_back(review, by=me, at=WHILE_OPEN)

    review.refresh_from_db()
    assert review.state == state


def test_the_journal_names_a_review_by_its_dossier(member, assigned):
    application = proposal()
    assigned()

    recusals.recuse(Review.objects.all(), by=member.user, at=WHILE_OPEN)

    event = Event.objects.get(verb="déport")
    assert event.object_label == f"évaluation du dossier {application.reference}"
