"""One proposal in deliberation: who reads what of it, and whose recusals are lifted."""

import re

import pytest
from django.urls import reverse

from assises.models import Edition, Structure
from assises.people.permissions import Role
from committee.models import Candidacy, Decision, Member, Review, Score
from submissions.answering import lifecycle
from tests import team
from tests.committee.deciding import address, decide, last_event, seen
from tests.committee.factories import (
    DecisionFactory,
    MemberFactory,
    ReviewFactory,
    criteria,
    proposal,
)
from tests.factories import WHILE_OPEN, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


# Who comes in, who decides.


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("role", "read", "written"),
    [
        (Role.ORGANISERS, 200, 302),
        (Role.CHAIR, 200, 403),
        (Role.READERS, 200, 403),
        (Role.MEMBERS, 403, 403),
        (Role.DESK, 403, 403),
        (None, 403, 403),
    ],
)
def test_detail_by_role(candidacy, role, read, written):
    user = team.member(role)
    if role == Role.CHAIR:
        MemberFactory(user=user, role=Member.Role.CHAIR)
    lifted = ReviewFactory(application=candidacy, state=Review.State.RECUSED)
    lift = reverse("screens:give-back", args=[candidacy.pk, lifted.pk])

    assert team.signed_in(user).get(address(candidacy)).status_code == read
    assert decide(user, candidacy).status_code == written
    assert team.signed_in(user).post(lift).status_code == written
    assert Decision.objects.count() == (written == 302)


def test_a_chair_without_seat_knows_of_no_proposal(candidacy):
    client = team.signed_in(team.member(Role.CHAIR))

    response = client.get(address(candidacy))

    assert response.template_name == "committee/no_seat.html"
    assert candidacy.title not in response.text


@pytest.mark.usefixtures("published")
def test_only_organisers_are_shown_the_form(candidacy, me, chair):
    assert 'name="outcome"' in seen(me, candidacy).text
    assert 'name="outcome"' not in seen(chair.user, candidacy).text
    assert 'name="outcome"' not in seen(team.member(Role.READERS), candidacy).text


def test_chair_reads_nothing_of_what_they_have_still_to_review(chair, candidacy):
    read = proposal(title="Une autre")
    ReviewFactory(application=candidacy, member=chair)
    ReviewFactory(application=read, member=chair, done=True, mean=1.0)

    hidden = team.signed_in(chair.user).get(address(candidacy))

    assert hidden.status_code == 404
    assert candidacy.title not in hidden.text
    assert seen(chair.user, read).context["total"] == 1


def test_chair_knows_nothing_of_a_conflicted_proposal(chair, candidacy):
    other = proposal(title="Une autre")
    chair.structures.add(candidacy.structure)

    response = team.signed_in(chair.user).get(address(candidacy))

    assert response.status_code == 404
    assert "Des robots" not in response.text
    assert seen(chair.user, other).context["total"] == 1
    assert address(candidacy) not in seen(chair.user, other).text


@pytest.mark.parametrize("gone", ["withdrawn", "unknown", "declared", "past"])
def test_what_does_not_stand_is_unknown(me, candidacy, gone):
    if gone == "withdrawn":
        lifecycle.withdraw(candidacy, at=WHILE_OPEN)
    elif gone == "unknown":
        candidacy.pk += 1
    elif gone == "declared":
        Candidacy.objects.filter(pk=candidacy.pk).update(kind="declare")
    else:
        Edition.objects.update(is_current=False)

    read = team.signed_in(me).get(address(candidacy))
    written = decide(me, candidacy)

    assert (read.status_code, written.status_code) == (404, 404)
    assert "Un exemple à suivre." in written.text
    assert Decision.objects.count() == 0


# What is read.


@pytest.fixture
def reviewed(candidacy, edition):
    """A proposal with two reviews whose authors are known by their names."""
    first, second, *_ = criteria(edition)
    for name, marks, mean in (("Alice", (3, None), 3.0), ("Bruno", (1, 2), 1.5)):
        member = MemberFactory(user=team.member(Role.MEMBERS, last_name=name))
        review = ReviewFactory(
            application=candidacy,
            member=member,
            done=True,
            mean=mean,
            comment=f"Commentaire de {name}.",
            suggestion=f"Suggestion de {name}.",
        )
        for criterion, mark in zip((first, second), marks, strict=True):
            Score.objects.create(review=review, criterion=criterion, mark=mark)
    return candidacy


def test_organiser_compares_reviews_by_criterion(me, reviewed, edition):
    first, second, *_ = criteria(edition)

    response = seen(me, reviewed)

    assert headings(response) == ["Camille Alice", "Camille Bruno"]
    assert response.context["comparison"].criteria == [
        (first.label, [3, 1], 2.0),
        (second.label, [None, 2], 2.0),
    ]


def headings(response):
    """Return what stands above each column of marks."""
    return re.findall(r'<th scope="col" class="number"><span>([^<]+)', response.text)


def test_organiser_and_chair_read_names_and_comments(me, chair, reviewed):
    for user in (me, chair.user):
        text = seen(user, reviewed).text
        assert "Camille Alice" in text
        assert "Commentaire de Bruno." in text
        assert "Suggestion de Alice." in text
        assert reviewed.contact.last_name in text


@pytest.mark.usefixtures("published")
def test_reader_reads_marks_and_no_name(reviewed):
    alone = StructureFactory(name="Zoé Secrète", kind=Structure.Kind.INDIVIDUAL)
    reviewed.structure = alone
    reviewed.save(update_fields=["structure"])
    DecisionFactory(application=reviewed, reason="Le motif.", note="La note.")

    response = seen(team.member(Role.READERS), reviewed)

    assert headings(response) == ["Évaluation 1", "Évaluation 2"]
    assert ">2,25<" in response.text
    leaks = [
        "Alice",
        "Bruno",
        "Secrète",
        "Martin",
        reviewed.email,
        "Le motif",
        "La note",
    ]
    assert [leak for leak in leaks if leak in response.text] == []


@pytest.mark.usefixtures("published")
def test_reviews_stand_by_their_mean_for_readers(edition, candidacy):
    for name, mean in (("Alice", 1.0), ("Bruno", 2.0)):
        member = MemberFactory(user=team.member(Role.MEMBERS, last_name=name))
        ReviewFactory(application=candidacy, member=member, done=True, mean=mean)

    comparison = seen(team.member(Role.READERS), candidacy).context["comparison"]

    assert [review.mean for review in comparison.done] == [2.0, 1.0]


def test_reach_of_people_is_never_shown(me, reviewed):
    text = seen(me, reviewed).text

    assert reviewed.contact.email not in text
    assert "01 99 00 12 34" not in text.replace("\u202f", " ")


def test_drafts_are_read_by_nobody(me, candidacy):
    ReviewFactory(
        application=candidacy, state=Review.State.DRAFT, comment="Encore à revoir."
    )

    response = seen(me, candidacy)

    assert "Encore à revoir." not in response.text
    assert "1 évaluation reste à rendre." in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_detail_queries_do_not_grow(me, reviewed, django_assert_num_queries, count):
    grow(reviewed, count)
    client = team.signed_in(me)

    with django_assert_num_queries(12):
        client.get(address(reviewed))


@pytest.mark.parametrize("count", [1, 3])
def test_detail_queries_do_not_grow_for_the_chair(
    chair, reviewed, django_assert_num_queries, count
):
    grow(reviewed, count)
    client = team.signed_in(chair.user)

    with django_assert_num_queries(12):
        client.get(address(reviewed))


def grow(candidacy, count):
    """Give more reviews, recusals, communes and rivals to ``candidacy``, and decide."""
    DecisionFactory(application=candidacy)
    candidacy.communes.set(["91228", "91286", "91225"][:count])
    for _ in range(count):
        ReviewFactory(application=candidacy, done=True)
        ReviewFactory(application=candidacy, state=Review.State.RECUSED)
        DecisionFactory(application=proposal())


# Recusals.


@pytest.fixture
def recusal(candidacy):
    member = MemberFactory(user=team.member(Role.MEMBERS, last_name="Déportée"))
    return ReviewFactory(
        application=candidacy, member=member, state=Review.State.RECUSED
    )


def lifted(me, candidacy, review):
    url = reverse("screens:give-back", args=[candidacy.pk, review.pk])
    return team.signed_in(me).post(url, follow=True)


@pytest.mark.usefixtures("published")
def test_organisers_alone_read_who_is_recused(me, chair, candidacy, recusal):
    assert "Camille Déportée" in seen(me, candidacy).text
    assert "Camille Déportée" not in seen(chair.user, candidacy).text
    assert "Camille Déportée" not in seen(team.member(Role.READERS), candidacy).text


def test_a_recusal_is_lifted(me, candidacy, recusal):
    response = lifted(me, candidacy, recusal)

    recusal.refresh_from_db()
    assert recusal.state == Review.State.TO_READ
    assert "Camille Déportée a de nouveau ce dossier à lire." in response.text
    assert last_event().verb == "déport levé"


def test_a_recusal_stays_while_a_conflict_does(me, candidacy, recusal):
    recusal.member.structures.add(candidacy.structure)

    response = lifted(me, candidacy, recusal)

    recusal.refresh_from_db()
    assert recusal.state == Review.State.RECUSED
    assert "Ce déport demeure\u00a0: Camille Déportée" in response.text


def test_a_recusal_of_another_proposal_is_unknown(me, candidacy, recusal):
    assert lifted(me, proposal(), recusal).status_code == 404
    recusal.refresh_from_db()
    assert recusal.state == Review.State.RECUSED
