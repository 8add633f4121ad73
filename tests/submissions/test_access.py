"""Coming back without an account, and nobody else coming in."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assises.models import AccessLink, Contact, Kind, Mail
from assises.people import access_links
from submissions.answering import claiming
from submissions.models import Application
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    ContactFactory,
    GuestFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def test_a_link_opens_the_answer_on_another_browser(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    send(client, application)
    other = Client()

    response = enter(other, "zoe@example.org")
    amended = fill(
        other, application, "contact", {**ANSWERS["contact"], "function": "Directrice"}
    )

    application.refresh_from_db()
    space = f"{reverse('committee:space')}#dossier-{application.key}"
    assert response.redirect_chain[-1][0] == space
    assert application.reference in response.text
    assert amended.status_code == 200
    assert application.contact.function == "Directrice"
    assert application.contact.email_confirmed_at == WHILE_OPEN


def test_get_of_a_link_opens_nothing(client):
    token = access_links.issue("zoe@example.org", at=WHILE_OPEN)

    response = client.get(reverse("submissions:link", args=[token]))

    assert response.status_code == 200
    assert f'name="token" value="{token}"' in response.text
    assert "sessionid" not in response.cookies
    assert AccessLink.objects.get().used_at is None
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("after", [").", ">", "/.", "/)", "/>", "»,", "/%20"])
def test_a_link_taken_along_with_what_follows_it_opens(client, after):
    token = access_links.issue("zoe@example.org", at=WHILE_OPEN)

    response = client.get(f"/acces/{token}{after}")

    assert f'name="token" value="{token}"' in response.text


def test_only_the_digest_of_a_link_is_stored():
    token = access_links.issue("zoe@example.org", at=WHILE_OPEN)

    link = AccessLink.objects.get()
    assert link.digest == access_links.token_digest(token)
    assert token not in [str(getattr(link, f.attname)) for f in link._meta.fields]


def test_several_links_are_valid_at_once():
    first = access_links.issue("zoe@example.org", at=WHILE_OPEN)
    second = access_links.issue("zoe@example.org", at=WHILE_OPEN)

    for token in (first, second):
        response = Client().post(reverse("submissions:enter"), {"token": token})
        assert response.url == reverse("committee:space")


@pytest.mark.parametrize("fault", ["unknown", "expired", "revoked"])
def test_a_link_that_is_not_usable_opens_nothing(client, fault):
    token = access_links.issue("zoe@example.org", at=WHILE_OPEN)
    if fault == "unknown":
        token = "x" * 43
    if fault == "expired":
        AccessLink.objects.update(
            created_at=WHILE_OPEN - timedelta(days=1), expires_at=WHILE_OPEN
        )
    if fault == "revoked":
        access_links.revoke(AccessLink.objects.all(), at=WHILE_OPEN)

    response = client.post(reverse("submissions:enter"), {"token": token})

    assert response.status_code == 404
    assert "Ce lien n’ouvre rien" in response.text


def test_revoking_a_link_ends_the_sessions_it_opened(client):
    ApplicationFactory(email="zoe@example.org")
    enter(client, "zoe@example.org")
    before = client.get(reverse("committee:space"))

    access_links.revoke(AccessLink.objects.all(), at=WHILE_OPEN)

    after = client.get(reverse("committee:space"))
    assert before.status_code == 200
    assert after.url == reverse("submissions:access")


def test_entering_rotates_the_session(client):
    begin(client, Kind.DECLARE)
    before = client.cookies["sessionid"].value

    enter(client, "zoe@example.org")

    assert client.cookies["sessionid"].value != before


def test_a_planted_session_opens_nothing_of_what_is_begun(client):
    begin(client, Kind.DECLARE)
    victim, stranger = Client(), Client()
    victim.cookies["sessionid"] = client.session.session_key
    victim.post(reverse("submissions:leave"))
    stranger.cookies["sessionid"] = victim.cookies["sessionid"].value

    hers = begin(victim, Kind.DECLARE)

    check = reverse("submissions:check", args=[hers.key])
    assert victim.get(check).status_code == 200
    assert stranger.get(check).status_code == 404


def test_leaving_forgets_everything(client):
    application = begin(client, Kind.DECLARE)
    enter(client, "zoe@example.org")

    client.post(reverse("submissions:leave"))

    response = client.get(reverse("submissions:check", args=[application.key]))
    assert response.status_code == 404


ADDRESSES = [
    ("submissions:check", "get"),
    ("submissions:check", "post"),
    ("submissions:receipt", "get"),
    ("submissions:withdraw", "get"),
    ("submissions:withdraw", "post"),
    ("submissions:resume", "post"),
    ("submissions:discard", "get"),
    ("submissions:discard", "post"),
    ("submissions:change-kind", "post"),
    ("submissions:another", "post"),
    ("submissions:leave-application", "post"),
    ("assises:invitation", "get"),
    ("assises:invitation", "post"),
    ("assises:seat", "get"),
    ("assises:seat", "post"),
]


@pytest.mark.parametrize(("name", "method"), ADDRESSES)
def test_foreign_and_unknown_keys_give_the_same_404(client, name, method):
    foreign = ApplicationFactory(sent=True, title="Secret")
    seat = GuestFactory(name="Secret", email="zoe@example.org", handed_at=WHILE_OPEN)
    enter(client, "intruse@example.org")

    pages = set()
    for key in (foreign.key, seat.invitation.key, seat.key, "ZZZZZZZZ", "x"):
        response = getattr(client, method)(reverse(name, args=[key]))
        assert response.status_code == 404
        assert "Secret" not in response.text
        pages.add(response.text.replace(f"/{key}/", ""))
    assert len(pages) == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_step_is_404_and_a_post_shows_its_own_text(client, method):
    foreign = ApplicationFactory(declared=True, kind=Kind.DECLARE, title="Secret")
    address = reverse("submissions:step", args=[foreign.key, "action"])

    response = getattr(client, method)(address, {"title": "Mon texte à moi"})

    assert response.status_code == 404
    assert "Secret" not in response.text
    assert ("Mon texte à moi" in response.text) is (method == "post")
    foreign.refresh_from_db()
    assert foreign.title == "Secret"


def test_typing_somebody_elses_address_attaches_nothing(client):
    ApplicationFactory(email="zoe@example.org", title="Dossier de Zoé", declared=True)

    begin(client, Kind.DECLARE, email="zoe@example.org")

    space = client.get(reverse("committee:space"))
    assert len(space.context["answers"]) == 1
    assert "Dossier de Zoé" not in space.text


def test_asking_for_a_link_answers_alike_for_known_and_unknown(
    client, django_assert_num_queries
):
    ApplicationFactory(email="connue@example.org")
    pages, counts = [], []

    for address in ("connue@example.org", "inconnu@example.org"):
        with django_assert_num_queries(9) as queries:
            response = client.post(reverse("submissions:access"), {"email": address})
        pages.append(response.text.replace(address, "…"))
        counts.append(len(queries))

    assert pages[0] == pages[1]
    assert counts[0] == counts[1]
    mails = Mail.objects.order_by("pk").values_list("address", "kind", "link_email")
    assert list(mails) == [
        ("connue@example.org", "link_requested", "connue@example.org"),
        ("inconnu@example.org", "link_requested_unknown", ""),
    ]


def test_asking_too_often_writes_no_more_mail_and_answers_the_same(client):
    responses = [
        client.post(reverse("submissions:access"), {"email": "zoe@example.org"})
        for _ in range(6)
    ]

    assert {response.status_code for response in responses} == {200}
    assert Mail.objects.count() == 4


def test_an_address_that_is_no_address_is_shown_again(client):
    response = client.post(reverse("submissions:access"), {"email": "zoe@"})

    assert list(response.context["form"].errors) == ["email"]
    assert 'value="zoe@"' in response.text


@pytest.mark.parametrize("hers", [True, False])
def test_recognising_joins_the_rows_of_one_person_and_overwrites_nothing(hers):
    known = ContactFactory(
        email="zoe@example.org", function="Directrice", email_confirmed_at=WHILE_OPEN
    )
    typed = ContactFactory(
        structure=known.structure,
        email="zoe@example.org",
        function="Pirate",
        phone="+33199001234",
    )
    application = ApplicationFactory(
        email="zoe@example.org", structure=known.structure, contact=typed
    )

    claiming.recognise(application, hers=hers, at=WHILE_OPEN)

    application.refresh_from_db()
    known.refresh_from_db()
    assert application.contact == (known if hers else typed)
    assert application.claimed_at == (WHILE_OPEN if hers else None)
    assert known.function == "Directrice"
    assert known.phone == ("+33199001234" if hers else "")
    assert Contact.objects.count() == (1 if hers else 2)


def test_a_stranger_cannot_rename_a_picked_structure(client):
    ours = ContactFactory(structure__listed=True, structure__name="Musée Démo")
    application = begin(client, Kind.PARTICIPATE)
    fill(client, application, "structure", {"known": str(ours.structure_id)})

    fill(
        client,
        application,
        "structure",
        {
            "known": str(ours.structure_id),
            "name": "Piraté",
            "structure_correction": "Nom faux",
        },
    )

    ours.structure.refresh_from_db()
    application.refresh_from_db()
    assert ours.structure.name == "Musée Démo"
    assert application.said("structure", "structure_correction") == "Nom faux"


def test_a_new_address_in_the_form_is_the_one_that_opens_it(client):
    application = begin(client, Kind.PARTICIPATE, email="faute@example.org")
    fill(client, application, "structure", ANSWERS["structure"])

    fill(
        client,
        application,
        "contact",
        {**ANSWERS["contact"], "email": "juste@example.org"},
    )

    application.refresh_from_db()
    assert application.email == "juste@example.org"
    assert Mail.objects.filter(address="juste@example.org").count() == 1
    assert Application.objects.reached_by("faute@example.org").count() == 0


def test_a_public_get_sets_no_cookie_and_form_pages_only_csrf(client):
    home = client.get(reverse("submissions:home"))
    form = client.get(reverse("submissions:start"))

    assert dict(home.cookies) == {}
    assert list(form.cookies) == ["csrftoken"]


def test_the_privacy_page_names_every_cookie_and_how_long_a_door_stays_open(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    send(client, application)
    withdrawn = client.post(reverse("submissions:withdraw", args=[application.key]))

    page = client.get(reverse("assises:privacy")).text

    deposited = {*client.cookies, *withdrawn.cookies}
    assert deposited == set(re.findall(r"<code>(\w+)</code>", page))
    assert f"{settings.SESSION_COOKIE_AGE // 86400} jours, ou dès que" in page
    assert f"{access_links.LINK_LIFE.days} jours, puis 30 jours" in page


@pytest.mark.parametrize("name", ["submissions:start", "submissions:access"])
def test_a_page_given_on_paper_answers_whoever_only_looks_if_it_is_there(client, name):
    assert client.head(reverse(name)).status_code == 200
