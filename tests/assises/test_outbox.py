"""Is a mail written with what it tells, and can organisers cancel it or send it again?"""

import pytest
from django.db import IntegrityError, transaction

from assises.mail import outbox
from assises.models import Mail
from tests.factories import WHILE_OPEN, MailFactory

pytestmark = pytest.mark.django_db


def queue(**values):
    values = {
        "to": "chloe@example.org",
        "subject": "Objet",
        "body": "Bonjour\n",
    } | values
    return outbox.queue_mail("receipt", at=WHILE_OPEN, **values)


def test_queued_mail_is_due_at_once():
    mail = queue()

    assert list(Mail.objects.due(WHILE_OPEN)) == [mail]


def test_mail_disappears_with_what_it_tells():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)

    assert not Mail.objects.exists()


def test_subject_stays_on_one_line_and_says_that_it_was_cut():
    mail = queue(subject="Un titre\r\nBcc: autre@example.org " + "é" * 400)

    assert mail.subject.startswith("Un titre Bcc: autre@example.org éé")
    assert (len(mail.subject), mail.subject[-1]) == (300, "…")


def test_each_mail_has_its_own_message_id():
    first, second = queue(), queue()

    assert first.message_id != second.message_id
    assert first.message_id.endswith("@example.org>")


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (Mail.State.HELD, Mail.State.HELD),
        (Mail.State.QUEUED, Mail.State.QUEUED),
        (Mail.State.SENDING, Mail.State.SENDING),
        (Mail.State.SENT, Mail.State.SENT),
        (Mail.State.FAILED, Mail.State.QUEUED),
        (Mail.State.CANCELLED, Mail.State.CANCELLED),
    ],
)
def test_requeue_takes_what_failed(state, after):
    mail = MailFactory(state=state, lease_until=WHILE_OPEN, sent_at=WHILE_OPEN)

    outbox.requeue(Mail.objects.all(), at=WHILE_OPEN)

    mail.refresh_from_db()
    assert mail.state == after


def test_requeued_mail_has_all_its_tries_again():
    mail = MailFactory(state=Mail.State.FAILED, tries=12, error="450 later")

    count = outbox.requeue(Mail.objects.all(), at=WHILE_OPEN)

    mail.refresh_from_db()
    assert (count, mail.tries, mail.due_at, mail.error) == (1, 0, WHILE_OPEN, "")


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (Mail.State.HELD, Mail.State.CANCELLED),
        (Mail.State.QUEUED, Mail.State.CANCELLED),
        (Mail.State.SENDING, Mail.State.SENDING),
        (Mail.State.SENT, Mail.State.SENT),
        (Mail.State.FAILED, Mail.State.CANCELLED),
    ],
)
def test_cancel_takes_what_has_not_left(state, after):
    mail = MailFactory(state=state, lease_until=WHILE_OPEN, sent_at=WHILE_OPEN)

    outbox.cancel_mails(Mail.objects.all())

    mail.refresh_from_db()
    assert mail.state == after


@pytest.mark.parametrize("state", [Mail.State.SENDING, Mail.State.SENT])
def test_state_without_its_instant_is_refused_by_the_database(state):
    with pytest.raises(IntegrityError):
        MailFactory(state=state)
