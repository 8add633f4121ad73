"""Does whatever people typed arrive as it was, and never as a header?"""

import email
from email import policy

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assises.french import text
from assises.mail import messages
from assises.models import Mail
from tests.factories import WHILE_OPEN

HEADERS = [
    "Auto-Submitted",
    "Content-Transfer-Encoding",
    "Content-Type",
    "Date",
    "From",
    "MIME-Version",
    "Message-ID",
    "Reply-To",
    "Subject",
    "To",
]
PIECES = [
    "=?utf-8?q?=41=0ABcc:_x?=",
    "=?utf-8?b?QmNjOiB4?=",
    "=?x?q?=",
    "=?",
    "?=",
    " Bcc: tous@example.org",
    "\r\nBcc: tous@example.org\r\n\r\n",
    "l’été « ici » ",
    "👩‍🔬\u202e\u0300",
    "a" * 90,
]
typed = st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=8).map(
    "".join
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(title=typed)
@example(title=PIECES[0])
@example(title="x" * 300)
@example(title="é " * 120)
def test_a_typed_subject_arrives_as_it_is_and_adds_no_header(title):
    mail = Mail(
        subject=text.shorten(f"[Assises CST] {title}", 300),
        body=f"{text.clean(title)}\n",
        address="x@example.org",
        reply_to="secretariat@example.org",
        message_id="<1@example.org>",
    )

    message = messages.as_message(mail, at=WHILE_OPEN).message(policy=policy.SMTP)
    content = message.as_bytes()

    arrived = email.message_from_bytes(content, policy=policy.default)
    assert sorted(arrived.keys()) == HEADERS
    assert str(arrived["Subject"]) == mail.subject
    assert str(arrived["To"]) == "x@example.org"
    assert max(map(len, content.split(b"\r\n"))) <= 998
    read = arrived.get_body().get_content().replace("\r\n", "\n")
    assert read.rstrip("\n") == mail.body.rstrip("\n")
