"""Do mails say what organisers make of them, and never less than they need?"""

import re

import pytest
from django.urls import reverse

from assises.guests import invitations
from assises.mail import delivery, outbox, wordings
from assises.models import Event, Invitation, Mail, Wording
from tests import factories
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]

INVITED = "assises/invited"
QUERIES = 6
PAGE = reverse("admin:assises_mail_wording", args=["assises", "invited"])
BODY = "{bonjour}\n\nVenez au théâtre, {places}.\n\n{lien}"


def post(client, **values):
    """Post the page as a browser that has just opened it would, less what ``values`` change."""
    html = client.get(PAGE).text
    seen = re.search(r'name="seen" value="(\w+)"', html)[1]
    typed = {"subject": "Rendez-vous", "body": BODY, "seen": seen}
    return client.post(PAGE, typed | values)


def test_every_mail_is_written_with_placeholders_that_have_an_example():
    known = {*wordings.EXAMPLES, "evenement", "contact", "quand", "lieu", "agenda"}

    for words in wordings.offered():
        assert set(words.placeholders) <= known, words.name
        assert not re.search(r"[{}%]", re.sub(r"\{\w+\}", "", words.body)), words.name
        assert words.subject, words.name
    assert len(wordings.offered()) > 20


def test_a_line_of_nothing_but_empty_placeholders_goes_away():
    words = wordings.Words("a/b", "", "Objet {nom}", "{nom}\n{titre}\n\nSuite {titre}")

    filled = words.filled({"nom": "Zoé {titre}", "titre": ""})

    assert filled == ("Objet Zoé {titre}", "Zoé {titre}\n\nSuite\n")


def test_the_words_of_an_edition_leave_with_its_invitations(edition, organiser, me):
    answers = factories.ApplicationFactory.create_batch(2, sent=True, edition=edition)
    for answer in answers:
        factories.InvitationFactory(
            edition=edition, structure=answer.structure, contact=answer.contact
        )

    assert post(organiser).status_code == 302
    invitations.send(Invitation.objects.all(), by=me, at=WHILE_OPEN)

    left = Mail.objects.filter(kind="invited")
    assert {mail.subject for mail in left} == {"Rendez-vous"}
    assert all("Venez au théâtre, 2\u00a0places." in mail.body for mail in left)
    assert len(left) == 2
    assert wordings.of(
        INVITED, factories.EditionFactory(slug="2028", is_current=False)
    ) == (wordings.ours(INVITED))


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"body": f"{BODY} {{prix}}"}, "body", "ne connaît pas {prix}"),
        ({"subject": "Pour {prix}"}, "subject", "ne connaît pas {prix}"),
        ({"body": "Venez."}, "body", "Sans {lien}"),
        ({"subject": "Venez : {lien}"}, "subject", "ne va pas dans l’objet"),
        ({"subject": " "}, "subject", "Écrivez l’objet."),
        ({"subject": "é" * 201}, "subject", "1 de trop"),
    ],
)
def test_what_a_mail_cannot_say_is_refused_beside_the_field_and_not_lost(
    organiser, edition, typed, field, told
):
    response = post(organiser, **typed)

    assert response.status_code == 422
    assert told in " ".join(response.context["form"].errors[field])
    assert typed.get("body", BODY)[:20] in response.text
    assert not Wording.objects.exists()


@pytest.mark.parametrize("button", ["lire", "essai"])
def test_it_is_read_as_it_would_leave_without_being_kept(
    organiser, me, edition, button
):
    response = post(organiser, **{button: "1"})

    assert "Venez au théâtre, 2\u00a0places." in response.context["body_read"]
    assert not Wording.objects.exists()
    tried = Mail.objects.filter(kind="trial", address=me.email)
    assert [mail.subject for mail in tried] == ["Rendez-vous"] * (button == "essai")


def test_what_another_one_kept_meanwhile_is_not_replaced_unseen(organiser, edition):
    before = re.search(r'name="seen" value="(\w+)"', organiser.get(PAGE).text)[1]
    post(organiser, body=f"{BODY}\n\nÀ bientôt.")

    response = post(organiser, seen=before)

    assert response.status_code == 409
    assert "À bientôt." in response.text
    assert "À bientôt." in Wording.objects.get().body


def test_our_own_words_come_back(organiser, edition):
    post(organiser)
    post(organiser, rendre="1")

    assert not Wording.objects.exists()
    assert [*Event.objects.values_list("changed", flat=True)] == [["Invitation"]] * 2


@pytest.mark.parametrize("name", ["staff_code", "rien", "account_address_changed"])
def test_no_other_mail_is_written_here(organiser, edition, name):
    address = reverse("admin:assises_mail_wording", args=["assises", name])

    assert organiser.get(address).status_code == 404


def test_lists_what_is_written_otherwise(organiser, edition, django_assert_num_queries):
    page = reverse("admin:assises_mail_wordings")
    organiser.get(page)
    with django_assert_num_queries(QUERIES):
        organiser.get(page)
    post(organiser)

    with django_assert_num_queries(QUERIES):
        html = organiser.get(page).text

    assert html.count("votre texte") == 1


def test_a_mail_to_where_one_came_back_from_stops_where_people_see_it(mailoutbox):
    came_back = factories.MailFactory(
        state="sent", sent_at=WHILE_OPEN, address="zoe@example.org"
    )
    outbox.note_bounce(Mail.objects.all(), at=WHILE_OPEN)
    following = factories.MailFactory(address="zoe@example.org", due_at=WHILE_OPEN)
    asked = factories.MailFactory(
        address="zoe@example.org", due_at=WHILE_OPEN, kind="link_requested"
    )
    other = factories.MailFactory(address="lea@example.org", due_at=WHILE_OPEN)

    delivery.deliver_due(WHILE_OPEN)

    states = {row.pk: row.state for row in Mail.objects.all()}
    assert [states[row.pk] for row in (came_back, following, asked, other)] == [
        "failed",
        "failed",
        "sent",
        "sent",
    ]
    outbox.requeue(Mail.objects.filter(pk=following.pk), at=WHILE_OPEN)
    delivery.deliver_due(WHILE_OPEN)
    assert Mail.objects.get(pk=following.pk).state == "sent"
