"""The committee asks a declared action to be presented: asking, declining, taking back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from assises.models import Event, Kind, Mail
from assises.people import audit
from submissions import mails
from submissions.answering import claiming, lifecycle
from submissions.models import Application
from submissions.offers import asking
from tests.factories import ASKED_AT, ASKED_UNTIL, ApplicationFactory, declared_action
from tests.offers import accept, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

State = Application.State
LAST_DAY = date(2027, 6, 24)


def test_asking_gives_a_last_day_mails_and_writes_history():
    application = declared_action(title="L’œuf d’Étiolles")
    version = application.version

    leaves = asking.ask_to_present(application, LAST_DAY, by=audit.SYSTEM, at=ASKED_AT)

    now = stored(application)
    mail, event = Mail.objects.get(), Event.objects.get()
    assert leaves is True
    assert (now.kind, now.state, now.version) == (Kind.DECLARE, State.SENT, version)
    assert now.asked_to_present_at == ASKED_AT
    assert now.editable_until == ASKED_UNTIL
    assert (mail.kind, mail.address, mail.link_email, mail.reference) == (
        "asked_to_present",
        application.email,
        application.email,
        application.key,
    )
    assert mail.body.count("\x1e") == 1
    assert "L’œuf d’Étiolles" in mail.subject
    deadline = "jusqu’au jeudi 24\u00a0juin 2027 inclus (23\u00a0h\u00a059, heure de\u00a0Paris)"
    assert deadline in mail.body
    assert "jeudi 21\u00a0octobre 2027" in mail.body
    assert (event.verb, event.changed) == (
        "matinée proposée à la structure",
        ["asked_to_present_at", "editable_until"],
    )
    assert event.values == {"editable_until": deadline}


def test_preview_is_the_mail_that_leaves():
    application = declared_action()
    preview = mails.letter_asking_to_present(
        application, until=ASKED_UNTIL, at=ASKED_AT
    )

    asking.ask_to_present(application, LAST_DAY, by=audit.SYSTEM, at=ASKED_AT)

    mail = Mail.objects.get()
    assert (mail.subject, mail.body) == preview


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_asking_refuses_what_is_not_sent(state):
    application = declared_action(state=state, withdrawn_at=ASKED_AT)

    assert_refused(application)


@pytest.mark.parametrize("trait", ["complete", "proposed"])
def test_asking_refuses_who_declared_no_action(trait):
    assert_refused(ApplicationFactory(**{trait: True}, sent=True))


@pytest.mark.parametrize("last_day", [date(2027, 6, 9), date(2020, 1, 1)])
def test_asking_refuses_a_day_past(last_day):
    assert_refused(declared_action(), last_day=last_day)


def test_asking_never_shortens_what_was_given():
    assert_refused(declared_action(asked=True), last_day=date(2027, 6, 23))
    assert_refused(
        declared_action(editable_until=ASKED_UNTIL), last_day=date(2027, 6, 23)
    )


def assert_refused(application, *, last_day=LAST_DAY):
    before = stored(application)

    with pytest.raises(lifecycle.MoveRefusedError):
        asking.ask_to_present(application, last_day, by=audit.SYSTEM, at=ASKED_AT)

    after = stored(application)
    assert after.editable_until == before.editable_until
    assert after.asked_to_present_at == before.asked_to_present_at
    assert not Mail.objects.exists()
    assert not Event.objects.exists()


def test_asking_the_same_day_again_writes_nothing():
    application = declared_action()
    asking.ask_to_present(application, LAST_DAY, by=audit.SYSTEM, at=ASKED_AT)
    page_open_before = Application.objects.get(pk=application.pk)

    leaves = asking.ask_to_present(
        page_open_before, LAST_DAY, by=audit.SYSTEM, at=ASKED_AT + timedelta(days=1)
    )

    assert leaves is False
    assert stored(application).asked_to_present_at == ASKED_AT
    assert (Mail.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("left", "states"),
    [
        (Mail.State.SENT, ["sent", "queued"]),
        (Mail.State.QUEUED, ["cancelled", "queued"]),
    ],
)
def test_a_later_day_extends_and_replaces_the_mail_that_has_not_left(left, states):
    application = declared_action()
    asking.ask_to_present(application, LAST_DAY, by=audit.SYSTEM, at=ASKED_AT)
    Mail.objects.update(state=left, sent_at=ASKED_AT)

    leaves = asking.ask_to_present(
        application, date(2027, 7, 1), by=audit.SYSTEM, at=ASKED_AT
    )

    letters = Mail.objects.order_by("pk")
    assert leaves is True
    assert stored(application).editable_until == ASKED_UNTIL + timedelta(days=7)
    assert [mail.state for mail in letters] == states
    assert "jeudi 1er\u00a0juillet 2027" in letters[1].body


def test_a_full_mailbox_does_not_hold_back_what_an_organiser_asks():
    for number in range(25):
        asking.ask_to_present(
            declared_action(email="zoe@example.org", title=f"Action {number}"),
            LAST_DAY,
            by=audit.SYSTEM,
            at=ASKED_AT,
        )

    assert Mail.objects.filter(kind="asked_to_present").count() == 25


def test_hostile_text_reaches_the_mail_as_it_was_typed():
    title = "<b>Bcc: a@example.org</b> {{ lien }} & « œuf »"
    application = declared_action(title=title)
    claiming.recognise(application, hers=True, at=ASKED_AT)

    asking.ask_to_present(stored(application), LAST_DAY, by=audit.SYSTEM, at=ASKED_AT)

    mail = Mail.objects.get()
    assert mail.subject.endswith(title)
    assert title in mail.body
    assert mail.body.count("\x1e") == 1


def test_who_is_asked_has_a_last_day():
    application = declared_action()

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(
            asked_to_present_at=ASKED_AT
        )


def test_declining_leaves_a_declared_action_and_its_history():
    application = declared_action(asked=True)

    asking.decline(application, at=ASKED_AT)

    now, event = stored(application), Event.objects.get()
    assert (now.kind, now.state) == (Kind.DECLARE, State.SENT)
    assert (now.declined_to_present_at, now.editable_until) == (ASKED_AT, ASKED_UNTIL)
    assert (event.verb, event.actor) == (
        "matinée déclinée par la structure",
        audit.APPLICANT,
    )
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("state", "mail"), [(Mail.State.QUEUED, "cancelled"), (Mail.State.SENT, "sent")]
)
def test_cancelling_holds_back_the_mail_that_has_not_left(state, mail):
    application = declared_action()
    asking.ask_to_present(application, LAST_DAY, by=audit.SYSTEM, at=ASKED_AT)
    Mail.objects.update(state=state, sent_at=ASKED_AT)

    asking.cancel_asking(application, by=audit.SYSTEM, at=ASKED_AT)

    assert stored(application).asked_to_present_at is None
    assert Mail.objects.get().state == mail
    assert Event.objects.latest("pk").verb == "matinée plus proposée à la structure"


@pytest.mark.parametrize("gesture", [asking.decline, asking.cancel_asking])
@pytest.mark.parametrize("asked", ["never", "accepted"])
def test_nothing_asked_is_neither_declined_nor_cancelled(gesture, asked):
    application = declared_action(asked=asked == "accepted")
    if asked == "accepted":
        accept(application)
    events = Event.objects.count()

    with pytest.raises(lifecycle.MoveRefusedError):
        gesture(application, by=audit.SYSTEM, at=ASKED_AT)

    assert Event.objects.count() == events
    assert (stored(application).asked_to_present_at is None) is (asked == "never")


def test_asking_again_after_a_no_mails_again():
    application = declared_action()
    asking.ask_to_present(application, LAST_DAY, by=audit.SYSTEM, at=ASKED_AT)
    asking.decline(application, at=ASKED_AT)

    leaves = asking.ask_to_present(application, LAST_DAY, by=audit.SYSTEM, at=ASKED_AT)

    assert leaves is True
    assert stored(application).asked_to_present_at == ASKED_AT
