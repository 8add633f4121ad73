import re

import pytest
from django.urls import reverse

from assises.models import Event
from assises.people.permissions import Role
from committee.models import Review
from committee.reviewing import progress
from submissions.answering import lifecycle
from tests import team
from tests.committee.factories import MemberFactory, proposal
from tests.committee.test_reviews import filled, sheet_of
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State
PROGRESS = reverse("screens:progress")


@pytest.fixture
def client(me):
    return team.signed_in(me)


def test_button_assigns_and_says_how_many(client, member, other):
    proposal()

    assert "Attribuer 2 évaluations" in client.get(PROGRESS).text

    response = client.post(PROGRESS, follow=True)

    assert "2 évaluations attribuées." in response.text
    assert Review.objects.count() == 2
    assert "Tout est attribué." in response.text
    assert "Attribuer" not in response.text
    assert "Chaque membre avait déjà" in client.post(PROGRESS, follow=True).text


def test_what_is_left_to_assign_leaves_closed_accounts_out(
    client, member, other, assigned
):
    proposal()
    assigned()
    proposal()
    other.user.is_active = False
    other.user.save()

    page = client.get(PROGRESS)

    assert page.context["unassigned"] == 1
    assert "Attribuer 1 évaluation<" in page.text
    assert page.text.count("compte fermé") == 1
    assert assigned() == 1


def test_progress_counts_by_member(client, member, other, assigned):
    conflicted = proposal()
    proposal()
    member.structures.add(conflicted.structure)
    assigned()
    Review.objects.of(other).filter(application=conflicted).update(
        state=State.ABSTAINED
    )

    counts = {
        one: (one.counts.finished, one.counts.total, one.counts.recusals)
        for one in client.get(PROGRESS).context["members"]
    }

    assert counts == {member: (0, 1, 1), other: (1, 2, 0)}


def test_chair_reads_the_progress_less_their_conflicts_and_does_nothing_there(
    chair, member, assigned
):
    conflicted = proposal()
    proposal()
    assigned()
    chair.structures.add(conflicted.structure)

    page = team.signed_in(chair.user).get(PROGRESS)
    refused = team.signed_in(chair.user).post(PROGRESS)

    assert {one: one.counts.total for one in page.context["members"]} == {
        chair: 1,
        member: 1,
    }
    assert page.context["proposals"] == 1
    content = page.text.partition("<main")[2]
    assert [word for word in ("<form", "papier", PROGRESS) if word in content] == []
    assert refused.status_code == 403


def test_a_chair_without_seat_is_told_so_by_the_progress(member):
    page = team.signed_in(team.member(Role.CHAIR)).get(PROGRESS)

    assert "Vous ne siégez pas encore au comité" in page.text
    assert str(member) not in page.text


def test_paper_marks_are_typed_in_the_members_name(client, me, member, assigned, marks):
    proposal()
    assigned()
    review = Review.objects.get()

    response = client.post(sheet_of(review), filled(review, marks, geste="rendre"))

    assert response.url == reverse("screens:papers", args=[member.pk])
    review.refresh_from_db()
    assert (review.state, review.typed_by) == (State.DONE, me)
    seen = team.signed_in(member.user)
    said = f"saisie par {me}"
    assert said in seen.get(reverse("screens:reviews")).text
    assert said in seen.get(sheet_of(review)).text.lower().replace(
        str(me).lower(), str(me)
    )
    assert Event.objects.filter(user=me, verb="évaluation rendue").exists()


def test_next_paper_is_the_next_one_of_the_list_as_people_read_it(me, member, assigned):
    for title in ("Zéphyr", "Éclat", "Aurore", "aurore"):
        proposal(title=title)
    assigned()
    listed = list(progress.on_paper(Review.objects.all()))

    after = [progress.next_on_paper(review, Review.objects.all()) for review in listed]

    assert [str(review.application) for review in listed[2:]] == ["Éclat", "Zéphyr"]
    assert after == [*listed[1:], listed[0]]


def test_papers_are_copied_one_after_the_other(client, me, member, assigned, marks):
    for title in ("Dune", "Brume", "Aurore", "Comète"):
        proposal(title=title)
    assigned()
    aurore, brume, comete, dune = Review.objects.order_by("application__title")
    papers = reverse("screens:papers", args=[member.pk])
    button = "Rendre en son nom, et saisir la suivante"
    assert button in client.get(sheet_of(brume)).text

    after = [
        client.post(sheet_of(review), filled(review, marks, geste=button)).url
        for review, button in ((brume, "rendre"), (dune, "sans-avis"))
    ]
    listed = client.get(papers)
    after += [
        client.post(sheet_of(review), filled(review, marks, geste="rendre")).url
        for review in (aurore, comete)
    ]

    assert after == [sheet_of(comete), sheet_of(aurore), sheet_of(comete), papers]
    assert list(listed.context["page"]) == [aurore, comete, brume, dune]
    assert [message.message for message in listed.context["messages"]] == [
        f"Évaluation rendue{said} au nom de {member}\u00a0:"
        f' <a href="{sheet_of(review)}">{review.application}</a>.'
        for review, said in ((brume, ""), (dune, " sans avis"))
    ]


def test_member_takes_their_review_back_in_hand(client, member, assigned, marks):
    proposal()
    assigned()
    review = Review.objects.get()
    client.post(sheet_of(review), filled(review, marks, geste="rendre"))
    review.refresh_from_db()

    team.signed_in(member.user).post(
        sheet_of(review), filled(review, marks, mark="1", geste="rendre")
    )

    review.refresh_from_db()
    assert (review.mean, review.typed_by) == (1.0, None)


def test_what_a_member_began_is_not_typed_over(client, member, assigned, marks):
    proposal()
    assigned()
    review = Review.objects.get()
    team.signed_in(member.user).post(
        sheet_of(review), {"version": 1, "comment": "À moi", "geste": "garder"}
    )
    review.refresh_from_db()

    response = client.post(sheet_of(review), filled(review, marks, geste="rendre"))

    assert response.status_code == 409
    assert leads_to(response) == reverse("screens:papers", args=[member.pk])
    assert "vous ne pouvez plus la modifier" in client.get(sheet_of(review)).text
    assert Review.objects.get().comment == "À moi"


def test_recused_review_is_not_typed(client, member, assigned):
    conflicted = proposal()
    member.structures.add(conflicted.structure)
    assigned()

    assert client.get(sheet_of(Review.objects.get())).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_progress(
    client, edition, assigned, django_assert_num_queries, count
):
    MemberFactory.create_batch(count, edition=edition)
    for _ in range(count):
        proposal()
    assigned()

    with django_assert_num_queries(12):
        assert len(client.get(PROGRESS).context["members"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_papers(client, member, assigned, django_assert_num_queries, count):
    for _ in range(count):
        proposal()
    assigned()

    with django_assert_num_queries(9):
        response = client.get(reverse("screens:papers", args=[member.pk]))

    assert len(response.context["page"]) == count


def leads_to(response):
    """Return where a page that could not be kept leads the person who reads it."""
    return re.search('href="([^"]+)">Revenir', response.text)[1]


def test_each_is_led_back_to_a_page_of_their_own(client, member, assigned, marks):
    one = proposal()
    assigned()
    review = Review.objects.get()
    typed = filled(review, marks, geste="rendre")
    lifecycle.withdraw(one, at=WHILE_OPEN)

    by_organiser = client.post(sheet_of(review), typed)
    by_member = team.signed_in(member.user).post(sheet_of(review), typed)

    assert leads_to(by_organiser) == PROGRESS
    assert leads_to(by_member) == reverse("screens:reviews")
    for response in (by_organiser, by_member):
        assert response.status_code == 404
        assert "Méthode claire, public nombreux." in response.text
    assert client.get(leads_to(by_organiser)).status_code == 200
