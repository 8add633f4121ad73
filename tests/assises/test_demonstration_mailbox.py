"""Can somebody who tries the site read its mails, and nobody those of a real site?"""

import pytest
from django.core.mail import mailers
from django.urls import reverse

from assises.french import text
from assises.mail import delivery, demonstration_mailbox, messages
from assises.models import AccessLink
from assises.people import access_links
from tests.factories import WHILE_OPEN, MailFactory

URL = reverse("assises:mailbox")


@pytest.fixture
def box(settings, tmp_path):
    """The mailbox of a demonstration, empty."""
    settings.DEMO = True
    settings.MAIL_DIR = tmp_path
    backend = {"BACKEND": "assises.mail.demonstration_mailbox.EmlBackend"}
    settings.MAILERS = {"default": backend | {"OPTIONS": {"directory": tmp_path}}}
    return tmp_path


def deliver(**values):
    mail = MailFactory(**values)
    assert delivery.deliver_due(WHILE_OPEN).sent == 1
    return mail


@pytest.mark.django_db
def test_mail_becomes_one_whole_file(box):
    mail = deliver(message_id="<1/../x@example.org>", body="L’été\n")

    (path,) = box.iterdir()
    letter = demonstration_mailbox.read_letter(path.name)
    assert path.name == "20270512T143200-1----x-example-org.eml"
    assert letter == demonstration_mailbox.Letter(
        name=path.name,
        sent_at=WHILE_OPEN,
        to=mail.address,
        subject=mail.subject,
        body="L’été\n",
    )


@pytest.mark.django_db
def test_full_disk_leaves_the_mail_in_the_queue(box, monkeypatch):
    mail = MailFactory()
    monkeypatch.setattr("pathlib.Path.write_bytes", raise_full)

    batch = delivery.deliver_due(WHILE_OPEN)

    mail.refresh_from_db()
    assert (batch.reachable, mail.state) == (False, mail.State.QUEUED)
    assert demonstration_mailbox.letter_names() == []


def raise_full(path, content):
    raise OSError(28, "No space left on device")


@pytest.mark.django_db
def test_mailbox_does_not_exist_on_a_real_site(client, box, settings):
    deliver()
    settings.DEMO = False

    assert client.get(URL).status_code == 404


@pytest.mark.django_db
def test_mailbox_lists_the_newest_first(client, box):
    deliver(subject="Premier")
    MailFactory(subject="Second")
    delivery.deliver_due(WHILE_OPEN.replace(hour=15))

    response = client.get(URL)

    assert [letter.subject for letter in response.context["page"]] == [
        "Second",
        "Premier",
    ]


@pytest.mark.django_db
def test_mailbox_is_searched_by_address(client, box):
    deliver(address="chloe@example.org")
    deliver(address="ines@example.org")

    response = client.get(URL, {"adresse": " CHLOE@"})

    assert [letter.to for letter in response.context["page"]] == ["chloe@example.org"]


@pytest.mark.django_db
def test_mailbox_shows_one_page_at_a_time(client, box):
    MailFactory.create_batch(30)
    delivery.deliver_due(WHILE_OPEN, limit=30)

    response = client.get(URL, {"page": "2"})

    assert len(response.context["page"]) == 5


@pytest.mark.django_db
def test_letter_leads_back_by_its_personal_link(client, box):
    to = "chloe@example.org"
    deliver(body=f"Revenez : {text.LINK_PLACE}.\n", address=to, link_email=to)
    (name,) = demonstration_mailbox.letter_names()

    response = client.get(URL, {"lire": name})

    ((words, path),) = [part for part in response.context["letter_parts"] if part[1]]
    assert client.get(path).status_code == 200
    assert AccessLink.objects.get().email == "chloe@example.org"
    assert f'<a href="{path}">{words}</a>.' in response.text


@pytest.mark.django_db
def test_letter_shows_typed_text_as_text(client, box):
    deliver(subject="<script>a</script>", body="<b>gras</b> {{ 7*7 }}\n")
    (name,) = demonstration_mailbox.letter_names()

    response = client.get(URL, {"lire": name})

    assert "<script>a</script>" not in response.text
    assert "&lt;b&gt;gras&lt;/b&gt; {{ 7*7 }}" in response.text


def letter(body, to="chloe@example.org"):
    return demonstration_mailbox.Letter("x.eml", WHILE_OPEN, to, "Sujet", body)


@pytest.mark.django_db
@pytest.mark.parametrize("after", ["", ".", ", b", "\nb"])
def test_a_personal_link_becomes_a_link(after):
    path = f"/acces/{access_links.issue('chloe@example.org', at=WHILE_OPEN)}/"
    url = f"http://127.0.0.1:8000{path}"

    parts = list(demonstration_mailbox.parts(letter(f"a {url}{after}")))

    assert parts == [("a ", ""), (url, path), (after, "")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "rien",
        "http://ailleurs.example.org/",
        "http://127.0.0.1:8000.example.org/",
        "http://127.0.0.1:8000//evil.example/",
        "http://127.0.0.1:8000/\\evil.example/x",
        "http://127.0.0.1:8000/\\evil.example/acces/x/",
        "http://127.0.0.1:8000/acces/tape/",
        "http://127.0.0.1:8000/acces/{other}/",
        "http://127.0.0.1:8000/\u200b/evil",
        "http://127.0.0.1:8000/admin/",
    ],
)
def test_what_people_type_never_becomes_a_link(typed):
    body = typed.format(
        other=access_links.issue("ines@example.org", at=WHILE_OPEN),
    )

    assert list(demonstration_mailbox.parts(letter(body))) == [(body, "")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["absent.eml", "../../../etc/passwd", "..", "x" * 5000]
)
def test_unknown_letter_is_not_found(client, box, name):
    deliver()

    assert client.get(URL, {"lire": name}).status_code == 404


@pytest.mark.django_db
def test_mailbox_is_kept_out_of_caches_and_search_engines(client, box):
    response = client.get(URL)

    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_letter_without_text_is_readable(box):
    (box / "x.eml").write_bytes(
        b"Date: Wed, 12 May 2027 14:32:00 +0200\nTo: a@example.org\n"
        b"Subject: x\nContent-Type: application/pdf\n\n"
    )

    assert demonstration_mailbox.read_letter("x.eml").body == ""


@pytest.mark.django_db
def test_backend_counts_what_it_wrote(box):
    written = [
        messages.as_message(mail, at=WHILE_OPEN) for mail in MailFactory.create_batch(2)
    ]

    assert mailers.default.send_messages(written) == 2
