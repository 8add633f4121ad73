"""Members who are late are written to, once the mail has been read, and nobody else is."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from assises.models import Event, Mail
from tests import factories, team
from tests.committee.factories import MemberFactory, ReviewFactory, proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

URL = reverse("screens:late-members")
PROGRESS = reverse("screens:progress")


@pytest.fixture
def late(edition):
    """Two members who have something to read, one who has done, one whose account is closed."""
    answer = proposal()
    zoe, lou, done, gone = (
        MemberFactory(edition=edition, user=team.member("Comité", first_name=name))
        for name in ("Zoé", "Lou", "Inès", "Max")
    )
    for member in (zoe, lou, gone):
        ReviewFactory(application=answer, member=member)
    ReviewFactory(application=answer, member=done, done=True)
    gone.user.is_active = False
    gone.user.save()
    return [zoe, lou]


def test_the_mail_is_read_before_anything_leaves(organiser, late):
    response = organiser.get(URL)

    assert {member.pk for member, *_ in response.context["letters"]} == {
        member.pk for member in late
    }
    assert "Il vous reste 1\u00a0évaluation à rendre" in response.text
    assert "La date prévue est le mercredi 30\u00a0juin 2027." in response.text
    assert not Mail.objects.exists()


def test_those_who_are_ticked_are_written_to(organiser, late):
    zoe, _ = late

    response = organiser.post(URL, {"membre": [zoe.pk, "x", 999]}, follow=True)

    mail = Mail.objects.get()
    assert (mail.kind, mail.address, mail.state) == (
        "reviews_awaited",
        zoe.user.email,
        "queued",
    )
    assert "/admin/comite/evaluations/" in mail.body
    assert "1 courriel à envoyer." in response.text
    assert Event.objects.get().verb == (
        "écrit au membre à qui il reste des évaluations"
    )


def test_nobody_is_written_to_when_nobody_is_late(organiser, edition):
    MemberFactory(edition=edition)

    response = organiser.post(URL, {"membre": ["1"]}, follow=True)

    assert "Toutes les évaluations attribuées sont rendues." in response.text
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (
            datetime(2027, 6, 30, 12, tzinfo=UTC),
            "Écrire aux 2 membres à qui il reste des évaluations",
        ),
        (datetime(2027, 7, 1, 12, tzinfo=UTC), "Écrire aux 2 membres en retard"),
    ],
)
def test_nobody_is_called_late_before_the_day_is_past(late, at, said):
    with time_machine.travel(at, tick=False):
        text = team.signed_in(team.member("Organisation")).get(PROGRESS).text

    assert said in text


def test_progress_leads_there_and_says_the_last_sign_in(organiser, late):
    late[0].user.last_login = factories.WHILE_OPEN
    late[0].user.save()

    text = organiser.get(PROGRESS).text

    assert "Écrire aux 2 membres à qui il reste des évaluations" in text
    assert "12/05/2027, 14\u00a0h\u00a032" in text
    assert "jamais" in text


@pytest.mark.parametrize("count", [1, 3])
def test_screen_counts_the_same_queries(
    organiser, edition, django_assert_num_queries, count
):
    answer = proposal()
    for _ in range(count):
        ReviewFactory(application=answer, member=MemberFactory(edition=edition))

    with django_assert_num_queries(8):
        response = organiser.get(URL)

    assert len(response.context["letters"]) == count
