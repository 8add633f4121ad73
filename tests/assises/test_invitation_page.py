"""The page where an invitation is answered, by the link that people have."""

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Guest, Invitation, Mail
from assises.people import access_links
from assises.templatetags.fields import error_lines
from tests.factories import (
    WHILE_OPEN,
    ContactFactory,
    GuestFactory,
    InvitationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Invitation.State


def entered(email, key=""):
    """Return a browser that came by a link mailed to ``email``, and where it landed."""
    client = Client()
    token = access_links.issue(email, answer_key=key, at=WHILE_OPEN)
    response = client.post(reverse("submissions:enter"), {"token": token})
    client.landed = response.url
    return client


@pytest.fixture
def invitation():
    contact = ContactFactory(email_confirmed_at=WHILE_OPEN)
    return InvitationFactory(
        sent=True, seats=3, structure=contact.structure, contact=contact
    )


@pytest.fixture
def client(invitation):
    return entered(invitation.contact.email, invitation.key)


def page_of(invitation):
    return reverse("assises:invitation", args=[invitation.key])


def row(number, name, **columns):
    """Return what one row of the page posts, its boxes ticked."""
    typed = {"name": name, "morning": "on", "lunch": "on", "meal": "tout"} | columns
    return {f"p{number}-{name}": value for name, value in typed.items()}


def answer(client, invitation, *rows, coming="oui", **said):
    invitation.refresh_from_db()
    typed = {"seen": invitation.version, "coming": coming} | said
    for each in rows:
        typed |= each
    return client.post(page_of(invitation), typed, follow=True)


def test_the_link_of_the_mail_opens_the_invitation(client, invitation):
    page = client.get(page_of(invitation))

    assert client.landed == page_of(invitation)
    assert f'value="{invitation.contact}"' in page.text
    assert "Céder cette place" not in page.text
    assert "3 places" in page.text
    assert "Oui, nous venons" in page.text


def test_who_comes_is_noted_and_shown_again(client, invitation):
    page = answer(
        client,
        invitation,
        row(0, "Zoé Martin", access="Une place près de la scène"),
        row(1, "élèves de 4e", headcount="2"),
        word="À bientôt",
    )

    assert "Vous venez." in page.text
    assert 'value="Zoé Martin"' in page.text
    invitation.refresh_from_db()
    assert (invitation.state, invitation.word) == (State.ACCEPTED, "À bientôt")
    assert [guest.headcount for guest in invitation.guests.in_order()] == [1, 2]


def test_nobody_comes(client, invitation):
    page = answer(client, invitation, coming="non", wants_summary="on")

    invitation.refresh_from_db()
    assert (invitation.state, invitation.wants_summary) == (State.DECLINED, True)
    assert "Vous ne venez pas." in page.text


def test_who_has_said_no_reads_it_and_may_come_after_all(client, invitation):
    page = answer(client, invitation, coming="non", word="Pas cette fois")
    after_all = client.get(f"{page_of(invitation)}?nous-venons=1")
    answer(client, invitation, row(0, "Zoé"))

    assert "Pas cette fois" in page.text
    assert 'href="?nous-venons=1"' in page.text
    assert 'name="p0-name"' not in page.text
    assert f'value="{invitation.contact}"' in after_all.text
    assert after_all.context["form"]["coming"].value() == "oui"
    invitation.refresh_from_db()
    assert invitation.state == State.ACCEPTED


def test_the_calendar_of_who_has_said_no_gives_the_day_up(client, invitation):
    agenda = reverse("assises:invitation-agenda", args=[invitation.key])
    before = client.get(agenda).content
    answer(client, invitation, coming="non")
    after = client.get(agenda).content

    assert b"STATUS:CONFIRMED" in before
    assert b"STATUS:CANCELLED" in after
    assert agenda in client.get(page_of(invitation)).text
    assert entered("autre@example.org").get(agenda).status_code == 404


def test_who_has_said_no_is_offered_nothing_past_the_last_day(
    client, invitation, edition
):
    answer(client, invitation, coming="non")
    edition.answers_until = WHILE_OPEN.date().replace(day=1)
    edition.save()

    for query in ("", "?nous-venons=1"):
        page = client.get(page_of(invitation) + query)

        assert "Vous ne venez pas." in page.text
        assert "nous venons" not in page.text
        assert "changer d’avis" not in page.text


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "Nommez au moins une personne, ou un groupe."),
        ([row(0, "", function="Directrice")], "Indiquez un nom, ou un groupe."),
        (
            [row(0, "Zoé", headcount="4")],
            "Vous nommez 4 personnes et vous avez 3 places.",
        ),
        ([{"p0-name": "Zoé", "p0-meal": "tout"}], "Cochez au moins un moment."),
        ([row(0, "Zoé", headcount="deux")], "Saisissez un nombre entier."),
        ([row(0, "Zoé", headcount="32768")], "inférieure ou égale à 500."),
        ([row(0, "Zoé"), {"seats_wanted": "32768"}], "inférieure ou égale à 500."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client, invitation, rows, told
):
    page = answer(client, invitation, *rows, word="Ce que j’ai écrit")

    assert page.status_code == 422
    assert told in page.text
    assert "Ce que j’ai écrit" in page.text
    assert Guest.objects.count() == 0


def test_the_summary_of_errors_says_which_person(client, invitation):
    page = answer(
        client,
        invitation,
        row(0, "Zoé"),
        row(1, "", function="Directrice"),
        row(2, "Inès", headcount="deux"),
    )

    assert summary_of(page) == [
        ("p1-name", "Personne 2, nom, ou groupe\u00a0: Indiquez un nom, ou un groupe."),
        (
            "p2-headcount",
            "Personne 3, nombre de personnes\u00a0: Saisissez un nombre entier.",
        ),
    ]


def summary_of(page):
    """Return where each line of the summary leads, and what it says."""
    lines = error_lines(page.context["form"])
    return [(line["target"].removeprefix("id_"), line["text"]) for line in lines]


def test_one_more_line_keeps_what_is_typed(client, invitation):
    invitation.seats = 12
    invitation.save()
    page = answer(client, invitation, row(0, "Zoé"), ligne="1")

    assert 'value="Zoé"' in page.text
    assert 'name="p4-name"' in page.text
    assert "à corriger" not in page.text


def test_two_pages_open_at_once_show_both(client, invitation):
    stale = invitation.version
    answer(client, invitation, row(0, "Zoé"))

    page = client.post(
        page_of(invitation), {"seen": stale, "coming": "oui"} | row(0, "Inès")
    )

    assert page.status_code == 409
    assert "Zoé, le matin, au déjeuner" in page.text
    assert "Inès, le matin, au déjeuner" in page.text
    assert [str(guest) for guest in Guest.objects.all()] == ["Zoé"]


def test_a_stale_page_that_says_another_word_shows_both(client, invitation):
    stale = invitation.version
    answer(client, invitation, row(0, "Zoé"), word="À midi seulement")

    page = client.post(
        page_of(invitation),
        {"seen": stale, "coming": "oui", "word": "Avec plaisir"} | row(0, "Zoé"),
    )

    assert page.status_code == 409
    assert "À midi seulement" in page.text
    invitation.refresh_from_db()
    assert invitation.word == "À midi seulement"


def test_more_lines_than_a_page_may_hold_are_refused(client, invitation):
    rows = [row(number, f"Personne {number}") for number in range(101)]

    page = answer(client, invitation, *rows)

    assert page.status_code == 422
    assert "100 lignes au plus" in page.text


@pytest.mark.parametrize("confirmed", [WHILE_OPEN, None])
def test_nobody_else_opens_it(invitation, confirmed):
    stranger = ContactFactory(email_confirmed_at=confirmed)
    # Anybody may pick a structure in the list, and confirm their own address.
    typed = ContactFactory(structure=invitation.structure, email_confirmed_at=confirmed)

    for email in (stranger.email, typed.email):
        client = entered(email)
        assert client.get(page_of(invitation)).status_code == 404
        assert answer(client, invitation, row(0, "Zoé")).status_code == 404
    assert Client().get(page_of(invitation)).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guessed_seat_is_handed_over_by_nobody_else(client, invitation, method):
    """Neither the seat of another invitation through one’s own, nor through its own."""
    foreign = GuestFactory(name="Secret")
    own = GuestFactory(invitation=invitation)
    guesses = [
        (invitation.key, foreign.key),
        (foreign.invitation.key, foreign.key),
        (foreign.invitation.key, own.key),
        (invitation.key, "ZZZZZZZZ"),
        ("ZZZZZZZZ", own.key),
    ]

    for keys in guesses:
        address = reverse("assises:hand-over", args=keys)
        response = getattr(client, method)(address, {"email": "intruse@example.org"})
        assert response.status_code == 404
        assert "Secret" not in response.text
    assert not Guest.objects.exclude(handed_at=None).exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize("state", [State.PREPARED, State.CANCELLED])
def test_what_has_not_left_or_is_cancelled_is_no_page(client, invitation, state):
    Invitation.objects.filter(pk=invitation.pk).update(state=state)

    assert client.get(page_of(invitation)).status_code == 404
    refused = answer(client, invitation, row(0, "Ce que j’ai tapé"))
    assert refused.status_code == 404
    assert "Ce que j’ai tapé" in refused.text


def test_past_the_last_day_nothing_changes(client, invitation, edition):
    edition.answers_until = WHILE_OPEN.date().replace(day=1)
    edition.save()

    page = client.get(page_of(invitation))
    refused = answer(client, invitation, row(0, "Zoé"))

    assert "Les réponses ne se changent plus en ligne." in page.text
    assert refused.status_code == 403
    assert "Zoé" in refused.text
    assert Guest.objects.count() == 0


def test_my_space_leads_to_the_invitation(client, invitation):
    page = client.get(reverse("committee:space"))

    assert page_of(invitation) in page.text
    assert "Dire si vous venez" in page.text


def test_who_is_only_invited_may_ask_for_a_link(invitation):
    Client().post(reverse("submissions:access"), {"email": invitation.contact.email})

    assert Mail.objects.get().kind == "link_requested"


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_page(client, invitation, django_assert_num_queries, number):
    GuestFactory.create_batch(number, invitation=invitation)

    with django_assert_num_queries(7):
        client.get(page_of(invitation))
