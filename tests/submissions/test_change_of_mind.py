"""« Ne pas présenter cette action », then another opinion; and what is said when it is too late."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from assises.models import Event, Kind
from assises.people import audit
from submissions.answering import lifecycle
from submissions.models import Application
from submissions.offers import asking
from tests.factories import ASKED_AT, ASKED_UNTIL, declared_action
from tests.offers import (
    MISSING,
    address,
    change_mind,
    say_no,
    say_yes,
    stored,
    too_late,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "asking")]

BACK = "Revoir la proposition du comité"
LAST_DAY = date(2027, 6, 24)
DEADLINE = (
    "jusqu’au jeudi 24\u00a0juin 2027 inclus (23\u00a0h\u00a059, heure de\u00a0Paris)"
)


@pytest.fixture
def application():
    answer = declared_action(email="zoe@example.org")
    asking.ask_to_present(answer, LAST_DAY, by=audit.SYSTEM, at=ASKED_AT)
    return answer


@pytest.fixture
def receipt(application):
    return reverse("submissions:receipt", args=[application.key])


def test_who_declined_finds_the_way_back_on_the_receipt(bearer, application, receipt):
    offered = bearer.get(address(application))
    landed = say_no(bearer, application)

    assert f"vous pourrez changer d’avis {DEADLINE}" in offered.text
    assert landed.redirect_chain[-1][0] == receipt
    assert f"Vous pouvez encore accepter {DEADLINE}." in landed.text
    assert BACK in landed.text
    assert bearer.get(address(application)).url == receipt


def test_a_mind_that_changed_opens_the_offer_again_and_may_accept(bearer, application):
    say_no(bearer, application)

    with time_machine.travel(ASKED_AT + timedelta(days=2), tick=False):
        back = change_mind(bearer, application)
        again = stored(application).asked_to_present_at
        say_yes(bearer, application)

    now = stored(application)
    assert back.url == address(application)
    assert again == ASKED_AT
    assert (now.kind, now.takeaway) == (Kind.PROPOSE, MISSING["takeaway"])
    verbs = Event.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        asking.ASKED,
        asking.DECLINED,
        asking.RECONSIDERED,
        "action proposée pour la matinée",
    ]


def test_two_clicks_on_the_way_back_open_the_same_page(bearer, application):
    say_no(bearer, application)

    answers = [change_mind(bearer, application) for _ in range(2)]

    assert [answer.url for answer in answers] == [address(application)] * 2
    assert Event.objects.filter(verb=asking.RECONSIDERED).count() == 1


def test_past_the_last_day_the_receipt_tells_whom_to_write_to(
    bearer, application, receipt
):
    say_no(bearer, application)

    with too_late():
        page = bearer.get(receipt)
        refused = change_mind(bearer, application)

    assert "Vous changez d’avis" in page.text
    assert f"mailto:{application.edition.contact_email}" in notice(page)
    assert BACK not in page.text
    assert refused.url == receipt
    assert stored(application).has_declined_to_present


def notice(page):
    """Return the part of the receipt that tells of the offer."""
    return page.text.split('class="notice"')[1].split("</div>")[0]


def test_who_never_answered_is_told_until_when_and_whom_to_write_to(
    bearer, application
):
    with too_late():
        page = bearer.get(address(application), follow=True)

    assert f"Vous pouviez répondre à la proposition du comité {DEADLINE}." in page.text
    assert f"mailto:{application.edition.contact_email}" in notice(page)


def test_a_draft_past_the_last_day_is_not_sent_to_an_offer_that_is_over(
    bearer, application
):
    lifecycle.withdraw(stored(application), at=ASKED_AT)
    lifecycle.resume(stored(application), at=ASKED_AT)

    with too_late():
        page = bearer.get(address(application), follow=True)

    assert "envoyez d’abord" not in page.text
    assert "Vous pouviez répondre à la proposition du comité" in page.text
    assert application.edition.contact_email in page.text


@pytest.mark.parametrize("end", ["cancelled", "accepted", "never"])
def test_only_a_no_may_be_taken_back(bearer, application, receipt, end):
    if end == "accepted":
        say_yes(bearer, application)
    if end == "cancelled":
        asking.cancel_asking(stored(application), by=audit.SYSTEM, at=ASKED_AT)
    if end == "never":
        Application.objects.update(asked_to_present_at=None)
    before = stored(application)

    page = bearer.get(receipt)
    change_mind(bearer, application)

    assert BACK not in page.text
    assert stored(application).asked_to_present_at == before.asked_to_present_at
    assert not Event.objects.filter(verb=asking.RECONSIDERED).exists()


def test_a_no_before_a_new_offer_that_was_cancelled_is_not_the_last_word(application):
    asking.decline(stored(application), at=ASKED_AT)
    asking.ask_to_present(stored(application), LAST_DAY, by=audit.SYSTEM, at=ASKED_AT)
    asking.cancel_asking(stored(application), by=audit.SYSTEM, at=ASKED_AT)

    assert not stored(application).has_declined_to_present


@pytest.mark.parametrize(
    ("held_on", "told"), [(date(2027, 6, 20), True), (date(2027, 6, 10), False)]
)
def test_the_assises_end_what_the_last_day_would_allow(
    bearer, application, edition, held_on, told
):
    edition.reviews_due_on = edition.results_on = None
    edition.held_on = held_on
    edition.save()

    open_before = [stored(application).may_accept(ASKED_AT)]
    open_before.append(Application.objects.may_accept(ASKED_AT).exists())
    with time_machine.travel(ASKED_UNTIL - timedelta(days=3), tick=False):
        page = bearer.get(address(application), follow=True)
        refused = say_yes(bearer, application, seen="")

    assert open_before == [told, told]
    assert page.redirect_chain[-1][0].endswith("/recu/")
    assert refused.status_code == 403
    assert stored(application).kind == Kind.DECLARE


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_receipt_of_who_declined(
    bearer, application, receipt, django_assert_num_queries, rows
):
    for _ in range(rows):
        declared_action(asked=True, email="zoe@example.org")
    say_no(bearer, application)

    with django_assert_num_queries(9):
        page = bearer.get(receipt)

    assert BACK in page.text
