"""Does every mail leave once, and does a bad one stop only itself?"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail as outgoing
from django.core.management import call_command

from assises.french import text
from assises.mail import delivery, outbox
from assises.models import AccessLink, Mail
from assises.people import access_links
from tests.assises.conftest import mailers
from tests.factories import WHILE_OPEN, MailFactory, UserFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def deliver(at=WHILE_OPEN, **options):
    return delivery.deliver_due(at, **options)


def states():
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_mail_leaves_with_its_headers(smtp, edition):
    mail = outbox.queue_mail(
        "receipt",
        to="chloe@example.org",
        subject="Été\u2009: votre réponse",
        body="Bonjour,\nl’« été » vient.\n",
        at=WHILE_OPEN,
        edition=edition,
    )

    batch = deliver()

    (message,) = smtp.read()
    assert batch == delivery.Batch(sent=1)
    assert {
        name: message[name]
        for name in ("To", "From", "Reply-To", "Subject", "Message-ID", "Date")
    } == {
        "To": "chloe@example.org",
        "From": "assises@example.org",
        "Reply-To": "secretariat@example.org",
        "Subject": "Été : votre réponse",
        "Message-ID": mail.message_id,
        "Date": "Wed, 12 May 2027 14:32:00 +0200",
    }
    assert message.get_content() == "Bonjour,\nl’« été » vient.\n"
    assert message.get_content_type() == "text/plain"


def test_sent_mail_is_dated_and_never_leaves_again(smtp):
    mail = MailFactory()

    deliver()
    deliver(WHILE_OPEN + HOUR)

    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.lease_until, mail.tries) == (
        Mail.State.SENT,
        WHILE_OPEN,
        None,
        1,
    )
    assert len(smtp.messages) == 1


def test_mail_waits_for_its_hour(smtp):
    MailFactory(due_at=WHILE_OPEN + HOUR)

    assert deliver() == delivery.Batch()
    assert deliver(WHILE_OPEN + HOUR) == delivery.Batch(sent=1)


@pytest.mark.parametrize("state", [Mail.State.HELD, Mail.State.CANCELLED])
def test_held_or_cancelled_mail_does_not_leave(smtp, state):
    MailFactory(state=state)

    assert deliver() == delivery.Batch()


def test_link_is_made_at_sending_and_stored_nowhere(smtp):
    mail = MailFactory(
        body=f"Revenez : {text.LINK_PLACE}\n", link_email="chloe@example.org"
    )

    deliver()

    (message,) = smtp.read()
    (link,) = AccessLink.objects.all()
    token = message.get_content().strip().removesuffix("/").rpartition("/")[2]
    assert access_links.token_digest(token) == link.digest
    assert message.get_content() == f"Revenez : http://127.0.0.1:8000/acces/{token}/\n"
    assert link.email == "chloe@example.org"
    mail.refresh_from_db()
    assert mail.body == f"Revenez : {text.LINK_PLACE}\n"


def test_place_without_owner_becomes_nothing(smtp):
    MailFactory(body=f"Voici {text.LINK_PLACE}.\n")

    deliver()

    (message,) = smtp.read()
    assert message.get_content() == "Voici .\n"
    assert not AccessLink.objects.exists()


def test_one_time_code_is_made_at_sending(smtp, monkeypatch):
    from assises.people import accounts

    monkeypatch.setattr(
        accounts, "mail_one_time_code", lambda user: f"code de {user.email}"
    )
    user = UserFactory()
    MailFactory(body=f"{text.LINK_PLACE}\n", code_user=user)

    deliver()

    (message,) = smtp.read()
    assert message.get_content() == f"code de {user.email}\n"


@pytest.mark.parametrize("field", ["subject", "address", "reply_to"])
def test_line_breaks_in_headers_block_nobody(smtp, field):
    poison = MailFactory()
    Mail.objects.filter(pk=poison.pk).update(
        **{field: "moi@example.org\r\nBcc: autre@example.org"}
    )
    MailFactory(address="suivante@example.org")

    deliver()

    assert "suivante@example.org" in [message["To"] for message in smtp.read()]
    assert [message["Bcc"] for message in smtp.read() if message["Bcc"]] == []


def test_unwritable_address_fails_at_once(smtp):
    mail = MailFactory(address="chloé@example.org")

    deliver()

    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (Mail.State.FAILED, 1)


def test_refused_address_fails_at_once_and_says_why(smtp):
    smtp.refusals["parti@"] = "550 5.1.1 no such user"
    gone = MailFactory(address="parti@example.org")
    MailFactory()

    deliver()

    gone.refresh_from_db()
    assert states() == [Mail.State.FAILED, Mail.State.SENT]
    assert gone.error == "550 5.1.1 no such user"


def test_address_refused_for_now_is_tried_twelve_times_over_two_days(smtp):
    smtp.refusals["plus-tard@"] = "450 4.2.1 try later"
    mail = MailFactory(address="plus-tard@example.org")
    tries = []

    at = WHILE_OPEN
    while mail.state != Mail.State.FAILED:
        assert deliver(at) == delivery.Batch(failed=1)
        tries.append(at)
        mail.refresh_from_db()
        at = mail.retry_at

    assert len(tries) == 12
    assert timedelta(hours=44) < tries[-1] - tries[0] <= timedelta(days=2)
    assert mail.error == "450 4.2.1 try later"


def test_mail_of_two_days_has_no_other_try(smtp):
    smtp.refusals["plus-tard@"] = "450 4.2.1 try later"
    MailFactory(address="plus-tard@example.org")

    deliver(WHILE_OPEN + timedelta(days=2))

    assert states() == [Mail.State.FAILED]


def test_code_that_cannot_be_made_stops_only_its_mail(smtp, monkeypatch):
    monkeypatch.delattr("assises.people.accounts.mail_one_time_code")
    MailFactory(body=text.LINK_PLACE, code_user=UserFactory())
    MailFactory()

    deliver()

    assert states() == [Mail.State.QUEUED, Mail.State.SENT]


def test_absent_server_costs_no_try(server, settings):
    settings.MAILERS = mailers(server.port)
    server.stop()
    MailFactory.create_batch(2)

    batch = deliver()

    assert batch == delivery.Batch(reachable=False)
    assert set(Mail.objects.values_list("state", "tries", "retry_at")) == {
        (Mail.State.QUEUED, 0, None)
    }


def test_server_that_closes_costs_no_try(smtp):
    smtp.refusals["@"] = "421 closing for maintenance"
    MailFactory()

    batch = deliver()

    assert batch == delivery.Batch(failed=1, reachable=False)
    assert set(Mail.objects.values_list("state", "tries", "retry_at")) == {
        (Mail.State.QUEUED, 0, None)
    }


def test_cut_session_rests_the_outbox_and_loses_nothing(smtp):
    smtp.breaks = 1
    MailFactory.create_batch(3)

    first = deliver()
    second = deliver(WHILE_OPEN + timedelta(minutes=1))

    assert first == delivery.Batch(failed=1, reachable=False)
    assert second == delivery.Batch(sent=3)
    assert set(smtp.copies().values()) == {1}


def test_mail_that_cuts_every_session_lets_the_others_pass(smtp):
    poison = MailFactory()
    smtp.breaks = 1
    deliver()
    others = MailFactory.create_batch(2)

    deliver(WHILE_OPEN + timedelta(minutes=1))

    recipients = [message["Message-ID"] for message in smtp.read()]
    assert recipients[:2] == [other.message_id for other in others]
    assert poison.message_id in recipients


def test_answering_server_hastens_what_a_cut_interrupted(smtp):
    cut = MailFactory(
        error=delivery.CUT, tries=8, retry_at=WHILE_OPEN + timedelta(hours=6)
    )
    greylisted = MailFactory(error="450", tries=8, retry_at=WHILE_OPEN + HOUR)
    MailFactory()

    deliver()

    cut.refresh_from_db()
    greylisted.refresh_from_db()
    assert (cut.state, greylisted.state) == (Mail.State.SENT, Mail.State.QUEUED)


def test_mail_without_server_for_two_days_fails_where_it_is_seen(server, settings):
    settings.MAILERS = mailers(server.port)
    server.stop()
    old = MailFactory()
    MailFactory(due_at=WHILE_OPEN + HOUR)

    deliver(WHILE_OPEN + timedelta(days=2))

    old.refresh_from_db()
    assert states() == [Mail.State.FAILED, Mail.State.QUEUED]
    assert old.error == delivery.UNREACHABLE


def test_mail_that_waited_for_the_worker_is_still_tried(smtp):
    MailFactory()

    deliver(WHILE_OPEN + timedelta(days=5))

    assert states() == [Mail.State.SENT]


def test_leased_mail_is_left_alone_until_its_lease_ends(smtp):
    lease_until = WHILE_OPEN + timedelta(minutes=2)
    MailFactory(state=Mail.State.SENDING, lease_until=lease_until, tries=1)

    assert deliver() == delivery.Batch()
    assert deliver(lease_until) == delivery.Batch(sent=1)


def test_mail_that_kills_each_worker_fails_in_the_end(smtp):
    MailFactory(
        state=Mail.State.SENDING, lease_until=WHILE_OPEN, tries=delivery.MAX_TRIES
    )

    deliver()

    assert states() == [Mail.State.FAILED]
    assert smtp.messages == []


def test_stop_is_heard_between_two_mails(smtp):
    MailFactory.create_batch(3)

    batch = deliver(stop=lambda: len(smtp.messages) == 2)

    assert batch == delivery.Batch(sent=2)


def test_batch_uses_one_connection_and_ends_at_its_limit(monkeypatch):
    opened = []
    backend = "django.core.mail.backends.locmem.EmailBackend.open"
    monkeypatch.setattr(backend, lambda self: opened.append(self))
    MailFactory.create_batch(3)

    batch = deliver(limit=2)

    assert (batch.sent, len(opened), len(outgoing.outbox)) == (2, 1, 2)


def test_delivery_reads_nothing_more_when_nothing_waits(django_assert_num_queries):
    MailFactory(state=Mail.State.CANCELLED)

    with django_assert_num_queries(1):
        deliver()


def test_a_trial_mail_leaves_at_once_or_shows_the_fault(smtp):
    call_command("sendtestemail", "vous@example.org")
    smtp.stop()

    with pytest.raises(OSError, match="refused"):
        call_command("sendtestemail", "vous@example.org")

    (message,) = smtp.read()
    assert (message["To"], message["From"]) == (
        "vous@example.org",
        settings.DEFAULT_FROM_EMAIL,
    )
