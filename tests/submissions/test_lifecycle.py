"""Every state × every verb, inside and outside the call."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models.sql import UpdateQuery

from assises.models import Contact, Edition, Event, Kind, Mail, Structure
from assises.people.access_links import NOBODY
from submissions.answering import lifecycle, steps
from submissions.models import Application
from tests.answers import ANSWERS, SECOND, begin, fill, fill_all
from tests.factories import (
    CLOSES_AT,
    INVENTORY_CLOSES_AT,
    OPENS_AT,
    WHILE_OPEN,
    ApplicationFactory,
    retype,
)

pytestmark = pytest.mark.django_db

DRAFT, SENT, WITHDRAWN = Application.State
AFTER = INVENTORY_CLOSES_AT + timedelta(days=1)


def application_in(state, **values):
    if state == SENT:
        return ApplicationFactory(sent=True, **values)
    if state == WITHDRAWN:
        return ApplicationFactory(
            complete=True, state=WITHDRAWN, withdrawn_at=WHILE_OPEN, **values
        )
    return ApplicationFactory(complete=True, **values)


@pytest.mark.parametrize(
    ("state", "at"), [(SENT, AFTER), (WITHDRAWN, WHILE_OPEN), (DRAFT, WHILE_OPEN)]
)
def test_what_is_not_sent_or_not_open_is_not_amended(edition, state, at):
    application = application_in(state, edition=edition)
    typed = steps.query({"difficulty": ["Un lieu"]})
    form = steps.step_form(application, "public", typed)
    assert form.is_valid()

    with pytest.raises(lifecycle.MoveRefusedError):
        lifecycle.amend(form, "public", applicant=NOBODY, at=at)

    assert not application.snapshots.exists()


@pytest.mark.parametrize(
    ("state", "verb", "at", "arrives"),
    [
        (DRAFT, "send", WHILE_OPEN, SENT),
        (DRAFT, "withdraw", WHILE_OPEN, None),
        (DRAFT, "resume", WHILE_OPEN, None),
        (SENT, "send", WHILE_OPEN, None),
        (SENT, "withdraw", WHILE_OPEN, WITHDRAWN),
        (SENT, "resume", WHILE_OPEN, None),
        (WITHDRAWN, "send", WHILE_OPEN, None),
        (WITHDRAWN, "withdraw", WHILE_OPEN, None),
        (WITHDRAWN, "resume", WHILE_OPEN, DRAFT),
        (DRAFT, "send", AFTER, None),
        (DRAFT, "withdraw", AFTER, None),
        (DRAFT, "resume", AFTER, None),
        (SENT, "send", AFTER, None),
        (SENT, "withdraw", AFTER, WITHDRAWN),
        (SENT, "resume", AFTER, None),
        (WITHDRAWN, "send", AFTER, None),
        (WITHDRAWN, "withdraw", AFTER, None),
        (WITHDRAWN, "resume", AFTER, None),
    ],
)
def test_move_matrix(state, verb, at, arrives):
    application = application_in(state)
    move = getattr(lifecycle, verb)

    if arrives is None:
        with pytest.raises(lifecycle.MoveRefusedError):
            move(application, at=at)
    else:
        move(application, at=at)

    application.refresh_from_db()
    assert application.state == (arrives or state)
    assert Event.objects.count() == (0 if arrives is None else 1)


def test_move_matrix_covers_every_state_and_verb():
    marks = [mark for mark in test_move_matrix.pytestmark if mark.name == "parametrize"]
    covered = {(state, verb, at) for state, verb, at, _ in marks[0].args[1]}

    assert covered == {
        (state, verb, at)
        for state in Application.State
        for verb in lifecycle.MOVES
        for at in (WHILE_OPEN, AFTER)
    }


@pytest.mark.parametrize(
    ("kind", "at", "open_"),
    [
        (Kind.PROPOSE, OPENS_AT - timedelta(microseconds=1), False),
        (Kind.PROPOSE, OPENS_AT, True),
        (Kind.PROPOSE, CLOSES_AT - timedelta(microseconds=1), True),
        (Kind.DECLARE, CLOSES_AT, True),
        (Kind.PARTICIPATE, INVENTORY_CLOSES_AT - timedelta(microseconds=1), True),
        (Kind.PARTICIPATE, INVENTORY_CLOSES_AT, False),
        (Kind.DECLARE, INVENTORY_CLOSES_AT, False),
    ],
)
def test_the_edition_and_its_queryset_agree_on_the_calendar(edition, kind, at, open_):
    sent = ApplicationFactory(proposed=True, sent=True, kind=kind)

    assert edition.is_open(at, kind) is open_
    assert type(edition).objects.open(at, kind).exists() is open_
    assert Application.objects.open_for_changes(at).exists() is open_
    assert sent.is_changeable(at) is open_


BEFORE = timedelta(microseconds=-1)
GRACE = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("closes_at", "kinds"),
    [
        (CLOSES_AT, [Kind.PROPOSE]),
        (INVENTORY_CLOSES_AT, [Kind.PARTICIPATE, Kind.DECLARE]),
    ],
)
@pytest.mark.parametrize(
    ("late", "in_grace"),
    [
        (BEFORE, False),
        (timedelta(0), True),
        (GRACE + BEFORE, True),
        (GRACE, False),
    ],
)
def test_the_edition_and_its_queryset_agree_on_the_grace(
    edition, closes_at, kinds, late, in_grace
):
    at = closes_at + late

    found = [kind for kind in Kind if Edition.objects.in_grace(at, kind).exists()]

    assert found == [kind for kind in Kind if edition.is_in_grace(at, kind)]
    assert found == (kinds if in_grace else [])


@pytest.mark.parametrize(
    ("closes_at", "kind"), [(CLOSES_AT, Kind.PROPOSE), (INVENTORY_CLOSES_AT, "declare")]
)
@pytest.mark.parametrize(
    ("late", "movable"), [(timedelta(0), True), (GRACE + BEFORE, True), (GRACE, False)]
)
def test_grace_serves_drafts_to_be_sent_and_nothing_else(
    closes_at, kind, late, movable
):
    traits = {"proposed": kind == Kind.PROPOSE, "declared": True, "kind": kind}
    draft = ApplicationFactory(**traits)
    sent = ApplicationFactory(**traits, sent=True)
    proposal = ApplicationFactory(kind=Kind.PROPOSE)

    allowed = Application.objects.open_for_changes(closes_at + late)

    assert list(allowed.filter(kind=kind).exclude(pk=proposal.pk)) == (
        [draft] if movable else []
    )
    assert sent not in allowed
    assert (proposal in allowed) is (movable and closes_at == CLOSES_AT)
    for answer in (draft, sent, proposal):
        assert answer.is_changeable(closes_at + late) is (answer in allowed)


def test_editable_until_reopens_one_answer():
    reopened = ApplicationFactory(editable_until=AFTER + timedelta(days=2))
    other = ApplicationFactory()

    assert list(Application.objects.open_for_changes(AFTER)) == [reopened]
    assert reopened.is_changeable(AFTER)
    assert not other.is_changeable(AFTER)


def test_no_guarded_update_compiles_to_a_self_in():
    """PostgreSQL would not test such a WHERE again after waiting, and both would win."""
    guarded = Application.objects.filter(pk=1, version=1).open_for_changes(WHILE_OPEN)

    update = guarded.query.chain(UpdateQuery)
    update.add_update_values({"version": 2})
    sql, _ = update.get_compiler(connection=connection).as_sql()

    table = Application._meta.db_table
    assert sql.startswith(f'UPDATE "{table}"')
    assert f'FROM "{table}"' not in sql


def test_send_writes_state_snapshot_receipt_and_history_together():
    application = ApplicationFactory(proposed=True, kind=Kind.PROPOSE)

    lifecycle.send(application, at=WHILE_OPEN)

    snapshot = application.snapshots.get()
    assert application.sent_at == WHILE_OPEN
    assert snapshot.content["action"]["title"] == [application.title]
    assert len(snapshot.sha256) == 64
    assert Mail.objects.get().kind == "application_received"
    assert Event.objects.get().verb == "réponse envoyée"


def test_send_refuses_what_is_incomplete_and_writes_nothing():
    application = ApplicationFactory(declared=True, kind=Kind.DECLARE)
    application.terms.clear()
    retype(application)

    with pytest.raises(lifecycle.IncompleteError) as refused:
        lifecycle.send(application, at=WHILE_OPEN)

    assert [(lack.step, lack.field) for lack in refused.value.lacks] == [
        ("action", "axes"),
        ("territoire", "audiences"),
    ]
    assert not Mail.objects.exists()
    assert not application.snapshots.exists()


@pytest.mark.usefixtures("while_open", "edition")
@pytest.mark.parametrize("mail", ["application_received", "second_contact_named"])
def test_a_mail_that_cannot_be_written_leaves_the_answer_a_draft(client, mail):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    fill(client, application, "contact", {**ANSWERS["contact"], **SECOND})
    application.refresh_from_db()

    with (
        patch(f"submissions.mails.{mail}", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        lifecycle.send(application, at=WHILE_OPEN)

    stored = Application.objects.get(pk=application.pk)
    assert (stored.state, stored.contact, stored.structure) == (DRAFT, None, None)
    assert not Structure.objects.exists()
    assert not Contact.objects.exists()
    assert not stored.snapshots.exists()
    assert not Mail.objects.exclude(kind="application_started").exists()
    assert lifecycle.missing(stored) == []


def test_a_proposal_needs_a_telephone():
    application = ApplicationFactory(proposed=True, kind=Kind.PROPOSE)
    application.contact.phone = ""
    application.contact.save()
    retype(application)

    lacks = lifecycle.missing(application)

    assert [(lack.step, lack.field) for lack in lacks] == [("contact", "phone")]


def test_whole_territory_replaces_the_communes():
    application = ApplicationFactory(
        declared=True, kind=Kind.DECLARE, whole_territory=True
    )
    application.communes.clear()
    retype(application)

    assert lifecycle.missing(application) == []


def test_an_individual_is_not_asked_about_a_direction():
    application = ApplicationFactory(complete=True, direction_informed=False)
    application.structure.kind = "individuel"
    application.structure.save()
    retype(application)

    assert lifecycle.missing(application) == []


def test_the_journal_keeps_the_state_that_each_move_leads_to(edition):
    application = application_in(SENT, edition=edition)

    lifecycle.withdraw(application, at=WHILE_OPEN)
    lifecycle.resume(application, at=WHILE_OPEN)

    kept = Event.objects.order_by("pk").values_list("verb", "values")
    assert list(kept) == [
        ("réponse retirée", {"state": "retirée"}),
        ("réponse reprise", {"state": "brouillon"}),
    ]
