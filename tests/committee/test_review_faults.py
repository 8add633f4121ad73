"""What comes between a member and their review loses nothing, and says why."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.test import Client

from committee.models import Review
from tests import team
from tests.committee.factories import proposal
from tests.committee.test_reviews import filled, sheet_of, stored
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State


@pytest.fixture
def client(member):
    return team.signed_in(member.user)


@pytest.fixture
def review(member, assigned):
    proposal(title="Les fusées du lycée")
    assigned()
    return Review.objects.select_related("application", "member__user").get()


def test_draft_of_what_was_handed_in_elsewhere_shows_both(client, review, marks):
    client.post(sheet_of(review), filled(review, marks, geste="rendre"))
    late = {"version": 1, "comment": "De l’autre page", "geste": "garder"}

    response = client.post(sheet_of(review), late)

    assert response.status_code == 409
    assert response.context["form"]["comment"].value() == "De l’autre page"
    assert stored(review).state == State.DONE


def test_results_to_be_published_later_leave_the_reviews_open(
    client, review, marks, edition
):
    edition.results_published_at = WHILE_OPEN + timedelta(seconds=1)
    edition.save()

    client.post(sheet_of(review), filled(review, marks, geste="rendre"))

    assert stored(review).state == State.DONE


def test_expired_token_shows_what_was_typed_and_sends_nothing(member, review, marks):
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.cookies = team.signed_in(member.user).cookies
    typed = urlencode(filled(review, marks, geste="rendre"))

    response = client.post(
        sheet_of(review), typed, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 403
    assert "Méthode claire, public nombreux." in response.text
    assert 'type="hidden"' not in response.text
    assert stored(review).state == State.TO_READ


def test_huge_comment_is_shown_again_and_not_lost(client, review, marks):
    huge = "é" * 25_000

    response = client.post(
        sheet_of(review), filled(review, marks, comment=huge, geste="garder")
    )

    assert response.status_code == 422
    assert response.context["form"]["comment"].value() == huge


def test_role_taken_away_meanwhile_gives_back_what_was_typed(
    client, member, review, marks
):
    member.user.groups.clear()

    response = client.post(sheet_of(review), filled(review, marks, geste="rendre"))

    assert response.status_code == 403
    assert "Méthode claire, public nombreux." in response.text


def test_a_proposal_of_which_no_version_was_sent_has_no_sheet(client, review, marks):
    typed = filled(review, marks) | {"comment": "Là"}
    review.application.snapshots.all().delete()

    shown = client.get(sheet_of(review))
    posted = client.post(sheet_of(review), typed)

    assert (shown.status_code, posted.status_code) == (404, 404)
    assert "Là" in posted.text
    assert stored(review).state == State.TO_READ


def test_a_review_posted_while_the_database_is_away_is_given_back(
    client, review, marks
):
    typed = filled(review, marks, geste="rendre")

    def gone(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(gone):
        response = client.post(sheet_of(review), typed)

    assert response.status_code == 503
    assert "Méthode claire, public nombreux." in response.text
