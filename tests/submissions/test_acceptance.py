"""The bearer of a declared action says yes: what is asked, written, and until when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.sql.subqueries import UpdateQuery

from assises.models import Event, Kind, Mail
from assises.people import access_links
from submissions.answering import lifecycle, snapshots
from submissions.models import Application
from submissions.offers import asking
from submissions.offers.offer_form import MorningOfferForm
from tests.answers import ANSWERS
from tests.factories import (
    ASKED_AT,
    ASKED_UNTIL,
    CLOSES_AT,
    INVENTORY_CLOSES_AT,
    ApplicationFactory,
    declared_action,
)
from tests.offers import MISSING, accept, bound, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

State = Application.State
LAST_MOMENT = ASKED_UNTIL - timedelta(microseconds=1)


def test_page_asks_what_a_declaration_lacks_and_nothing_else():
    form = MorningOfferForm(declared_action(asked=True))

    assert list(form.fields) == [
        "phone",
        "description",
        "takeaway",
        "transferable",
        "presenters",
        "availability",
        "minutes_wanted",
        "minors",
        "equipment",
    ]


def test_page_does_not_ask_again_what_was_said():
    known = declared_action(asked=True, phone="+33199001234", description="Un club.")

    fields = list(MorningOfferForm(known).fields)

    assert {"phone", "description"} & set(fields) == set()
    assert fields[0] == "takeaway"


def test_accepting_proposes_the_action_with_snapshot_receipt_and_history():
    application = declared_action(asked=True, email="zoe@example.org")
    snapshots.take_snapshot(application, at=ASKED_AT)

    accept(application)

    now = stored(application)
    last = application.snapshots.newest_first().first()
    mail, event = Mail.objects.get(), Event.objects.get()
    assert (now.kind, now.state) == (Kind.PROPOSE, State.SENT)
    assert now.takeaway == ANSWERS["matinee"]["takeaway"]
    assert now.description == "Un club « du mercredi »."
    assert now.contact.phone == "+33199001234"
    assert now.version == application.version + 1
    assert (last.number, last.content["kind"]) == (2, "propose")
    assert last.content["matinee"]["presenters"] == ["Zoé Noël, animatrice"]
    assert last.sha256 == snapshots.content_digest(last.content)
    assert (mail.kind, mail.address) == ("proposal_received", "zoe@example.org")
    assert event.verb == "action proposée pour la matinée"
    assert event.changed == sorted(["kind", *MISSING])
    assert "01" not in str(event.values)


def test_receipt_announces_no_day_that_may_be_past():
    application = declared_action(asked=True)

    accept(application)

    body = Mail.objects.get().body
    assert "Chaque structure reçoit une réponse." in body
    assert "5\u00a0juillet" not in body


@pytest.mark.parametrize(
    ("at", "accepted"),
    [(CLOSES_AT, True), (LAST_MOMENT, True), (ASKED_UNTIL, False)],
)
def test_the_last_day_alone_decides_until_when(at, accepted):
    application = declared_action(asked=True)
    assert application.edition.is_open(ASKED_UNTIL, Kind.DECLARE)
    assert Application.objects.may_accept(at).exists() is accepted
    assert application.may_accept(at) is accepted

    if accepted:
        accept(application, at=at)
    else:
        with pytest.raises(lifecycle.MoveRefusedError):
            accept(application, at=at)

    assert (stored(application).kind == Kind.PROPOSE) is accepted


@pytest.mark.parametrize(
    "changes",
    [
        {"asked_to_present_at": None},
        {"state": State.WITHDRAWN, "withdrawn_at": ASKED_AT},
        {"state": State.DRAFT, "sent_at": None},
    ],
)
def test_accepting_refuses_what_is_not_asked_or_not_sent(changes):
    application = declared_action(asked=True)
    page = stored(application)
    Application.objects.filter(pk=application.pk).update(**changes)

    with pytest.raises(lifecycle.MoveRefusedError):
        accept(page)

    now = stored(application)
    assert (now.kind, now.takeaway, now.contact.phone) == (Kind.DECLARE, "", "")
    assert not Mail.objects.exists()


def test_telephone_goes_to_a_row_of_this_answer_when_the_row_is_shared():
    application = declared_action(asked=True, email="zoe@example.org")
    contact = application.contact
    ApplicationFactory(contact=contact, structure=contact.structure)
    stranger = access_links.Applicant(None, frozenset({application.key}))

    form = bound(application)
    asking.accept(form, applicant=stranger, at=LAST_MOMENT)

    contact.refresh_from_db()
    assert contact.phone == ""
    assert stored(application).contact.phone == "+33199001234"


@pytest.mark.parametrize(
    ("at", "open_"),
    [(LAST_MOMENT, True), (ASKED_UNTIL, False), (INVENTORY_CLOSES_AT, False)],
)
def test_once_proposed_it_may_be_changed_until_that_day_and_no_longer(at, open_):
    application = declared_action(asked=True)
    accept(application, at=ASKED_AT)

    own = Application.objects.filter(pk=application.pk)

    assert own.open_for_changes(at).exists() is open_
    assert own.get().closes_at() == ASKED_UNTIL


def test_no_guarded_update_of_an_acceptance_compiles_to_a_self_in():
    guarded = Application.objects.filter(pk=1).may_accept(ASKED_AT).filter(version=1)

    update = guarded.query.chain(UpdateQuery)
    update.add_update_values({"version": 2})
    sql, _ = update.get_compiler(connection=connection).as_sql()

    table = Application._meta.db_table
    assert sql.startswith(f'UPDATE "{table}"')
    assert f'FROM "{table}"' not in sql
