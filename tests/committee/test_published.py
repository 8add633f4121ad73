"""Once the results are published, nothing of the committee moves what they rest on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assises.models import Event
from committee.deliberation import ranking
from committee.models import Candidacy, Review
from committee.reviewing import assignment, recusals
from committee.reviewing.recusals import ConflictOfInterest
from tests import team
from tests.committee.factories import proposal
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State
PROGRESS = reverse("screens:progress")
REFUSED = "Les résultats sont publiés\u00a0: plus rien ne s’attribue."


@pytest.fixture
def publish(edition):
    """Return a function that publishes the results at some instant."""

    def publish(at=WHILE_OPEN):
        edition.results_published_at = at
        edition.save()

    return publish


@pytest.fixture
def review(member, other, assigned):
    """A proposal that both members have marked, 3 and 1."""
    proposal()
    assigned()
    for someone, mean in ((member, 3), (other, 1)):
        Review.objects.of(someone).update(
            state=State.DONE, mean=mean, handed_in_at=WHILE_OPEN
        )
    return Review.objects.select_related("application", "member__user").get(
        member=member
    )


def means(edition):
    standings = ranking.standings(Candidacy.objects.of(edition))
    return [standing.mean for standing in standings.values()]


def test_button_refuses_after_publication(me, member, publish):
    proposal()
    publish()
    client = team.signed_in(me)

    response = client.post(PROGRESS, follow=True)

    assert [message.message for message in response.context["messages"]] == [REFUSED]
    assert "Attribuer" not in response.text
    assert Review.objects.count() == 0


def test_results_to_be_published_later_still_let_assign(edition, member, publish):
    proposal()
    publish(WHILE_OPEN + timedelta(seconds=1))

    assert assignment.assign(edition, at=WHILE_OPEN) == 1
    with pytest.raises(recusals.PublishedError):
        assignment.assign(edition, at=edition.results_published_at)


@pytest.mark.parametrize("conflict", list(ConflictOfInterest))
def test_a_conflict_declared_after_publication_moves_no_mean(
    edition, member, review, publish, conflict
):
    publish()
    client = team.signed_in(member.user)
    address = reverse("screens:conflict-of-interest", args=[review.pk])
    assert "ce que vous avez rendu reste compté" in client.get(address).text

    response = client.post(address, {"conflict_of_interest": conflict}, follow=True)

    assert means(edition) == [2.0]
    assert "reste comptée" in response.text
    assert Event.objects.filter(verb="conflit d’intérêts déclaré").count() == 1
    review.refresh_from_db()
    assert review.state == State.DONE


def test_a_conflict_written_by_organisers_after_publication_moves_no_mean(
    edition, me, member, review, publish
):
    publish()

    team.signed_in(me).post(
        reverse("admin:committee_member_change", args=[member.pk]),
        {"role": "member", "structures": [review.application.structure_id]},
    )

    assert member.structures.count() == 1
    assert means(edition) == [2.0]


def test_a_conflict_declared_after_publication_still_takes_away_what_was_not_read(
    member, assigned, publish
):
    proposal()
    assigned()
    publish()
    review = Review.objects.select_related("application", "member__user").get()

    recusals.declare(review, ConflictOfInterest.DOSSIER, by=member.user, at=WHILE_OPEN)

    assert Review.objects.get().state == State.RECUSED


def test_a_conflict_declared_before_counts_out_what_was_handed_in(
    edition, member, review
):
    address = reverse("screens:conflict-of-interest", args=[review.pk])
    client = team.signed_in(member.user)
    assert "ne compte pas" in client.get(address).text

    client.post(address, {"conflict_of_interest": "dossier"})

    assert means(edition) == [1.0]


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_edition_and_its_queryset_agree_on_what_is_published(edition, publish, seconds):
    publish(WHILE_OPEN + timedelta(seconds=seconds))

    unpublished = type(edition).objects.unpublished(WHILE_OPEN).exists()

    assert edition.is_unpublished(WHILE_OPEN) is unpublished is (seconds > 0)


def test_a_weight_changes_no_more_after_publication(
    edition, me, marks, review, publish
):
    address = reverse("admin:committee_criterion_change", args=[marks[0].pk])
    client = team.signed_in(me)
    typed = client.get(address).context["adminform"].form.initial | {"weight": 9}
    publish()

    assert client.post(address, typed).status_code == 302

    marks[0].refresh_from_db()
    assert marks[0].weight == 1
    assert means(edition) == [2.0]


@pytest.mark.parametrize("name", ["label", "question", "mark_0", "mark_3"])
def test_what_marks_meant_changes_no_more_after_publication(me, marks, publish, name):
    address = reverse("admin:committee_criterion_change", args=[marks[0].pk])
    client = team.signed_in(me)
    typed = client.get(address).context["adminform"].form.initial
    publish()
    before = getattr(marks[0], name)

    client.post(address, typed | {name: "Autre chose"})

    marks[0].refresh_from_db()
    assert getattr(marks[0], name) == before


def test_no_recusal_is_lifted_after_publication(me, member, review, publish):
    recusals.declare(review, ConflictOfInterest.DOSSIER, by=member.user, at=WHILE_OPEN)
    client = team.signed_in(me)
    decision = reverse("screens:decision", args=[review.application_id])
    assert "Lever ce déport" in client.get(decision).text
    publish()

    page = client.post(
        reverse("screens:give-back", args=[review.application_id, review.pk]),
        follow=True,
    )

    assert (
        "Les résultats sont publiés\u00a0: rien ne se donne plus à lire." in page.text
    )
    assert "Lever ce déport" not in page.text
    review.refresh_from_db()
    assert (review.state, review.handed_in_at) == (State.RECUSED, WHILE_OPEN)


def test_a_recusal_is_not_lifted_by_a_page_that_knows_no_publication(
    member, review, publish
):
    recusals.declare(review, ConflictOfInterest.DOSSIER, by=member.user, at=WHILE_OPEN)
    known = Review.objects.select_related("member__edition").get(pk=review.pk)
    publish()

    recusals.give_back(known, by=member.user, at=WHILE_OPEN)

    assert Review.objects.get(pk=review.pk).state == State.RECUSED
