"""The results: what is missing, one transaction, one mail for each person, corrected once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assises.models import Event, Mail
from assises.people.permissions import Role
from committee.deliberation import decisions
from committee.models import Decision, Presentation
from committee.publishing import letters, publication
from submissions.answering import lifecycle
from tests import team
from tests.committee.deciding import CHOICE, address
from tests.committee.factories import DecisionFactory, ReviewFactory, proposal
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
Outcome, State = Decision.Outcome, Mail.State
PAGE = reverse("screens:results")
LATER = WHILE_OPEN + timedelta(days=1)


@pytest.fixture
def organiser():
    return team.member(Role.ORGANISERS)


def decided(title, outcome=Outcome.DECLINED, **values):
    """Return a confirmed proposal about which ``outcome`` is decided."""
    values = {"email_confirmed_at": WHILE_OPEN} | values
    candidacy = proposal(title=title, **values)
    minutes = 12 if outcome == Outcome.SELECTED else None
    DecisionFactory(application=candidacy, outcome=outcome, minutes=minutes)
    return candidacy


def publish(edition, organiser, at=WHILE_OPEN):
    return publication.publish(edition, by=organiser, at=at)


def results():
    return Mail.objects.filter(kind__in=letters.KINDS).order_by("pk")


def revise(candidacy, by, at=LATER, **values):
    decision = Decision.objects.get(application=candidacy.pk)
    choice = {name: getattr(decision, name) for name in decisions.COLUMNS} | values
    return publication.revise(candidacy, choice, seen=decision.version, by=by, at=at)


def test_each_person_has_one_mail_and_nothing_leaves(edition, organiser):
    both = "lea@example.org"
    decided("Première", Outcome.RESERVE, email=both)
    decided("Seconde", Outcome.SELECTED, email=both)
    decided("Autre", Outcome.POSTER)

    assert publish(edition, organiser) == 3

    found = list(results())
    assert [mail.state for mail in found] == [State.HELD] * 2
    mail = results().get(address=both)
    assert mail.body.index("Seconde") < mail.body.index("Première")
    assert "retenu pour la matinée" in mail.body
    assert "en réserve" in mail.body
    assert mail.link_email == both
    assert Event.objects.filter(verb="résultats publiés").count() == 1


def test_reason_of_the_organisers_is_told_and_no_suggestion_nor_note(
    edition, organiser, member
):
    candidacy = decided("Des robots")
    Decision.objects.update(reason="Le temps manquait.", note="Trop long.")
    review = ReviewFactory(application=candidacy, member=member, done=True)
    review.suggestion = "À raccourcir"
    review.save()

    publish(edition, organiser)

    body = results().get().body
    assert "Le temps manquait." in body
    assert "Trop long" not in body
    assert "raccourcir" not in body


def test_nothing_is_published_while_a_proposal_is_undecided(edition, organiser):
    decided("Décidée")
    proposal(title="Pas encore")

    with pytest.raises(publication.UndecidedError):
        publish(edition, organiser)

    edition.refresh_from_db()
    assert edition.results_published_at is None
    assert not results().exists()
    assert not Decision.objects.published().exists()


def test_publishing_again_does_nothing(edition, organiser):
    decided("Des robots")
    publish(edition, organiser)

    with pytest.raises(publication.NothingToPublishError):
        publish(edition, organiser, at=LATER)

    edition.refresh_from_db()
    assert edition.results_published_at == WHILE_OPEN
    assert results().count() == 1


def test_what_comes_after_is_published_by_the_next_one_without_rank(edition, organiser):
    decided("Des robots")
    publish(edition, organiser)
    late = decided("En retard", Outcome.FLASH)
    ReviewFactory(application=late, done=True, mean=3)

    assert publish(edition, organiser, at=LATER) == 1

    frozen = Decision.objects.get(application=late.pk).frozen
    assert frozen["rank"] is None
    assert results().count() == 2


def test_who_is_selected_is_awaited_with_what_they_said(edition, organiser):
    edition.confirm_by = edition.held_on - timedelta(days=30)
    edition.save()
    decided("Des robots", Outcome.SELECTED, presenters="Léna Martin")
    decided("Autre", Outcome.RESERVE)

    publish(edition, organiser)

    presentation = Presentation.objects.get()
    assert presentation.presenters == "Léna Martin"
    assert presentation.confirm_by == edition.confirm_by


def test_nobody_is_written_to_about_an_answer_that_is_not_theirs(edition, organiser):
    decided("Pas la mienne", contested_at=WHILE_OPEN, email_confirmed_at=None)

    publish(edition, organiser)

    assert not results().exists()


def test_a_second_click_sends(edition, organiser):
    decided("Des robots")
    publish(edition, organiser)

    assert publication.send_results(edition, by=organiser, at=LATER) == 1
    assert publication.send_results(edition, by=organiser, at=LATER) == 0

    assert results().get().state == State.QUEUED


# After the publication.


def test_a_change_before_the_mails_left_replaces_them(edition, organiser):
    candidacy = decided("Des robots")
    publish(edition, organiser)

    assert not revise(candidacy, organiser, outcome=Outcome.POSTER)

    first, second = results()
    assert (first.state, second.state) == (State.CANCELLED, State.HELD)
    assert second.kind == "results_told"
    assert "affiche" in second.body


@pytest.mark.parametrize("state", [State.SENT, State.SENDING])
def test_a_change_after_the_mails_left_corrects_at_once(edition, organiser, state):
    candidacy = decided("Des robots")
    publish(edition, organiser)
    results().update(state=state, sent_at=LATER, lease_until=LATER)

    assert revise(candidacy, organiser, outcome=Outcome.SELECTED, minutes=8)

    first, second = results()
    assert (first.state, second.state) == (state, State.QUEUED)
    assert second.kind == "results_corrected"
    assert Presentation.objects.filter(decision__application=candidacy.pk).exists()


def test_a_mail_that_waits_to_leave_never_does_once_it_is_not_true(edition, organiser):
    candidacy = decided("Des robots")
    publish(edition, organiser)
    publication.send_results(edition, by=organiser, at=WHILE_OPEN)

    revise(candidacy, organiser, outcome=Outcome.STAND)

    first, second = results()
    assert (first.state, second.state) == (State.CANCELLED, State.HELD)


def test_a_note_alone_writes_to_nobody(edition, organiser):
    candidacy = decided("Des robots")
    publish(edition, organiser)

    revise(candidacy, organiser, note="Pour nous.")

    assert results().count() == 1


def test_who_is_selected_no_more_is_awaited_no_more(edition, organiser):
    candidacy = decided("Des robots", Outcome.SELECTED)
    publish(edition, organiser)
    Decision.objects.update(confirmed_at=WHILE_OPEN)

    revise(candidacy, organiser, outcome=Outcome.RESERVE, minutes=None)

    assert not Presentation.objects.exists()
    assert Decision.objects.get().confirmed_at is None


def test_a_published_decision_is_never_left_open(edition, organiser):
    candidacy = decided("Des robots")
    publish(edition, organiser)

    with pytest.raises(decisions.DecisionRefusedError):
        revise(candidacy, organiser, outcome="")
    response = team.signed_in(organiser).post(
        address(candidacy), {**CHOICE, "outcome": "a-decider", "version": "2"}
    )

    assert response.status_code == 422
    assert "elle ne s’efface plus" in response.text


def test_two_who_change_a_published_decision_together_one_wins(edition, organiser):
    candidacy = decided("Des robots")
    publish(edition, organiser)
    choice = {"outcome": "stand", "minutes": None, "reason": "", "note": ""}

    publication.revise(candidacy, choice, seen=2, by=organiser, at=LATER)
    with pytest.raises(decisions.StaleDecisionError):
        publication.revise(
            candidacy, choice | {"outcome": "flash"}, seen=2, by=organiser, at=LATER
        )

    assert results().exclude(state=State.CANCELLED).count() == 1


def test_who_withdraws_is_told_nothing_of_the_result(edition, organiser):
    candidacy = decided("Des robots")
    publish(edition, organiser)
    candidacy.refresh_from_db()

    lifecycle.withdraw(candidacy, at=LATER)

    assert results().get().state == State.CANCELLED


def test_who_withdraws_one_of_two_is_told_of_the_other(edition, organiser):
    both = "lea@example.org"
    gone = decided("Partie", email=both)
    decided("Restée", email=both)
    publish(edition, organiser)
    gone.refresh_from_db()

    lifecycle.withdraw(gone, at=LATER)

    first, second = results()
    assert (first.state, second.state) == (State.CANCELLED, State.HELD)
    assert "Partie" not in second.body


# The screen.


def test_screen_says_what_is_missing_then_publishes_then_sends(edition, organiser):
    client = team.signed_in(organiser)
    decided("Des robots")
    open_one = proposal(title="Pas encore")

    before = client.get(PAGE).text
    assert "1\u00a0proposition sans décision" in before.replace("1 p", "1\u00a0p")
    assert "Publier reste impossible" in before
    DecisionFactory(application=open_one, outcome=Outcome.STAND, minutes=None)
    ready = client.get(PAGE).text
    assert "Publier les résultats" in ready
    assert "Rien n’est publié" in ready
    assert "[lien personnel]" in ready

    published = client.post(reverse("screens:publish-results"), follow=True).text
    assert "Aucun courriel n’est encore parti" in published
    sent = client.post(reverse("screens:send-results"), follow=True).text
    assert "2 courriels en route" in sent
    assert "Des robots" in sent


@pytest.mark.parametrize("number", [1, 3])
def test_screen_costs_the_same_for_any_number(
    edition, organiser, django_assert_num_queries, number
):
    for place in range(number):
        decided(f"Action {place}", Outcome.SELECTED)
    client = team.signed_in(organiser)
    client.get(PAGE)

    with django_assert_num_queries(12):
        client.get(PAGE)


@pytest.mark.parametrize("number", [1, 3])
def test_publishing_costs_the_same_for_any_number(
    edition, organiser, django_assert_num_queries, number
):
    for place in range(number):
        decided(f"Action {place}", Outcome.SELECTED)

    with django_assert_num_queries(14):
        publish(edition, organiser)
