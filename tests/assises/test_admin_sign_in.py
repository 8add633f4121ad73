from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_email.models import EmailDevice

from assises.models import Event, Mail
from assises.people import accounts
from assises.people.permissions import Role
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

LOGIN = reverse("admin:login")
CODE = reverse("admin:code")
ENROL = reverse("admin:enrol")
INDEX = reverse("admin:index")
STRUCTURES = reverse("admin:assises_structure_changelist")


def sign_in(client, user, password=factories.PASSWORD, **data):
    return client.post(LOGIN, {"email": user.email, "password": password, **data})


def messages_of(response):
    return [
        str(error)
        for errors in response.context["form"].errors.values()
        for error in errors
    ]


def test_password_alone_opens_nothing(client):
    user = team.member(Role.ORGANISERS)
    team.app_of(user)

    sign_in(client, user)

    addresses = [INDEX, STRUCTURES, reverse("admin:password_change"), "/admin/inconnu/"]
    assert [client.get(url).url for url in addresses] == [
        f"{CODE}?next={url}" for url in addresses
    ]


def test_password_then_code_lead_where_one_was_going(client, while_open):
    user = team.member(Role.ORGANISERS)
    device = team.app_of(user)
    wanted = f"{STRUCTURES}?kind__exact=musee"

    asked = client.get(wanted)
    first = client.post(
        asked.url,
        {"email": user.email, "password": factories.PASSWORD, "next": wanted},
    )
    second = client.get(first.url)
    code = team.code_of(device, at=factories.WHILE_OPEN)
    third = client.post(second.url, {"code": code, "next": wanted})

    assert asked.url == f"{LOGIN}?next=/admin/assises/structure/%3Fkind__exact%3Dmusee"
    assert first.url == wanted
    assert second.url == f"{CODE}?next=/admin/assises/structure/%3Fkind__exact%3Dmusee"
    assert third.url == wanted
    assert client.get(wanted).status_code == 200


@pytest.mark.parametrize(
    "outside",
    ["https://example.com/", "//example.com/", "javascript:alert(1)", "/\\example.com"],
)
def test_next_never_leads_outside(client, outside):
    user = team.member(Role.ORGANISERS)

    assert sign_in(client, user, next=outside).url == INDEX


def test_session_changes_its_key_when_the_code_is_given(client, while_open):
    user = team.member(Role.ORGANISERS)
    device = team.app_of(user)
    sign_in(client, user)
    before = client.session.session_key

    client.post(CODE, {"code": team.code_of(device, at=factories.WHILE_OPEN)})

    assert client.session.session_key != before
    assert client.get(INDEX).status_code == 200


def test_code_already_used_is_refused_in_another_browser(client, while_open):
    user = team.member(Role.ORGANISERS)
    code = team.code_of(team.app_of(user), at=factories.WHILE_OPEN)
    other = Client()
    sign_in(client, user)
    sign_in(other, user)

    first = client.post(CODE, {"code": code})
    second = other.post(CODE, {"code": code})

    assert first.url == INDEX
    assert second.status_code == 200
    assert other.get(INDEX).url == f"{CODE}?next={INDEX}"


def test_recovery_code_opens_the_door(client):
    user = team.member(Role.ORGANISERS)
    team.app_of(user)
    codes = accounts.new_recovery_codes(user)
    sign_in(client, user)

    assert client.post(CODE, {"code": codes[0].upper()}).url == INDEX
    assert client.get(INDEX).status_code == 200


@pytest.mark.parametrize("case", ["unknown", "wrong", "closed", "not staff"])
def test_refusals_say_the_same(client, case):
    user = team.member(is_active=case != "closed", is_staff=case != "not staff")
    email = "inconnue@example.org" if case == "unknown" else user.email
    password = "wrong" if case == "wrong" else factories.PASSWORD

    response = client.post(LOGIN, {"email": email, "password": password})

    assert response.status_code == 200
    assert messages_of(response) == ["Adresse ou mot de passe incorrect."]
    assert response.context["form"]["email"].value() == email


def test_address_is_accepted_in_capitals(client):
    user = team.member(Role.ORGANISERS, email="odile@example.org")

    assert (
        client.post(
            LOGIN, {"email": " Odile@Example.org", "password": factories.PASSWORD}
        ).url
        == INDEX
    )
    assert client.session["_auth_user_id"] == str(user.pk)


def test_too_many_passwords_are_refused_kindly_and_the_address_stays(
    client, while_open
):
    user = team.member(Role.ORGANISERS)
    tries = [sign_in(client, user, password="wrong").status_code for _ in range(10)]

    response = sign_in(client, user)

    assert tries == [200] * 10
    assert response.status_code == 429
    assert messages_of(response)[0].startswith("Trop d’essais en peu de temps.")
    assert response.context["form"]["email"].value() == user.email
    while_open.shift(timedelta(minutes=15))
    assert sign_in(client, user).url == INDEX


def test_too_many_codes_are_refused_even_the_right_one(client, while_open):
    user = team.member(Role.ORGANISERS)
    codes = accounts.new_recovery_codes(user)
    team.app_of(user)
    sign_in(client, user)
    tries = [client.post(CODE, {"code": "000000"}).status_code for _ in range(10)]

    response = client.post(CODE, {"code": codes[0]})

    assert tries == [200] * 10
    assert response.status_code == 429
    assert client.get(INDEX).status_code == 302


def test_member_receives_a_code_at_once_and_comes_in(client):
    user = team.member(Role.MEMBERS)

    sign_in(client, user)
    code = accounts.mail_one_time_code(user)
    response = client.post(CODE, {"code": code, "par": "courriel"})

    assert list(Mail.objects.values_list("kind", "address")) == [
        ("staff_code", user.email)
    ]
    assert response.url == INDEX
    assert client.get(INDEX).status_code == 200


def test_member_asks_for_another_code_five_times_at_most(client, while_open):
    user = team.member(Role.MEMBERS)
    sign_in(client, user)

    for _ in range(6):
        client.post(reverse("admin:mail_code"))

    assert Mail.objects.filter(kind="staff_code").count() == 5


def test_organiser_gets_no_code_by_mail(client):
    user = team.member(Role.ORGANISERS)
    team.app_of(user)
    sign_in(client, user)
    code = accounts.mail_one_time_code(user)

    asked = client.post(reverse("admin:mail_code"))
    typed = client.post(CODE, {"code": code, "par": "courriel"})

    assert asked.url == f"{CODE}?next=%2Fadmin%2F"
    assert Mail.objects.count() == 0
    assert typed.status_code == 200
    assert client.get(INDEX).status_code == 302


def test_member_become_organiser_needs_an_app(client):
    user = team.member(Role.MEMBERS)
    sign_in(client, user)
    client.post(CODE, {"code": accounts.mail_one_time_code(user), "par": "courriel"})
    user.groups.set([team.group(Role.ORGANISERS)])

    response = client.get(INDEX, follow=True)

    assert [url for url, _ in response.redirect_chain] == [
        f"{CODE}?next={INDEX}",
        f"{ENROL}?next=%2Fadmin%2F",
    ]


def test_organiser_enrols_at_the_first_visit(client, while_open):
    user = team.member(Role.ORGANISERS, password_is_temporary=True)
    sign_in(client, user)

    landing = client.get(INDEX, follow=True)
    client.post(reverse("admin:begin_enrolment"))
    device = accounts.pending_app(user)
    shown = client.get(ENROL)
    refused = client.post(ENROL, {"code": "000000"})
    while_open.shift(timedelta(seconds=40))
    code = team.code_of(device, at=factories.WHILE_OPEN + timedelta(seconds=40))
    accepted = client.post(ENROL, {"code": code})

    assert landing.redirect_chain[-1][0] == f"{ENROL}?next=%2Fadmin%2F"
    assert accounts.spelled_secret(device) in shown.text
    assert messages_of(refused)[0].startswith(
        "Ce code n’est pas celui de l’application."
    )
    assert len(accepted.context["codes"]) == 10
    assert client.get(INDEX).url.startswith(reverse("admin:password_change"))
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "active le second facteur"
    ]


def test_password_alone_never_replaces_an_application(client):
    user = team.member(Role.ORGANISERS)
    device = team.app_of(user)
    sign_in(client, user)

    begun = client.post(reverse("admin:begin_enrolment"))
    shown = client.get(ENROL)

    assert (begun.url, shown.url) == (
        f"{ENROL}?next=%2Fadmin%2F",
        f"{CODE}?next=%2Fadmin%2F",
    )
    assert accounts.pending_app(user) is None
    assert accounts.app_of(user) == device


def test_member_may_choose_an_application_once_inside(client):
    user = team.member(Role.MEMBERS)
    sign_in(client, user)
    outside = client.get(ENROL)
    client.post(CODE, {"code": accounts.mail_one_time_code(user), "par": "courriel"})

    assert outside.status_code == 302
    assert client.get(ENROL).status_code == 200


def test_recovery_codes_are_made_again_only_once_inside(client):
    user = team.member(Role.ORGANISERS)
    codes = accounts.new_recovery_codes(user)
    team.app_of(user)
    sign_in(client, user)

    outside = client.post(reverse("admin:recovery"))
    inside = team.signed_in(user).post(reverse("admin:recovery"))

    assert outside.url == f"{CODE}?next=%2Fadmin%2F"
    assert len(inside.context["codes"]) == 10
    assert codes[0] not in inside.context["codes"]


@pytest.mark.parametrize("role", [Role.ORGANISERS, Role.MEMBERS])
def test_without_second_factor_the_password_is_enough(client, settings, role):
    settings.REQUIRE_SECOND_FACTOR = False
    user = team.member(role)

    sign_in(client, user)

    assert client.get(INDEX).status_code == 200
    assert (Mail.objects.count(), EmailDevice.objects.count()) == (0, 0)


def test_leaving_works_with_a_password_alone(client):
    user = team.member(Role.ORGANISERS)
    sign_in(client, user)

    response = client.post(reverse("admin:logout"))

    assert response.url == LOGIN
    assert "_auth_user_id" not in client.session


def test_closed_account_leaves_at_once():
    user = team.member(Role.ORGANISERS)
    client = team.signed_in(user)
    before = client.get(INDEX).status_code
    user.is_active = False
    user.save()

    assert (before, client.get(INDEX).url) == (200, f"{LOGIN}?next={INDEX}")


def test_changing_password_keeps_this_session_and_ends_the_others():
    user = team.member(Role.MEMBERS)
    client, other = team.signed_in(user), team.signed_in(user)

    response = client.post(
        reverse("admin:password_change"),
        {
            "old_password": factories.PASSWORD,
            "new_password1": "quatre chevaux au galop",
            "new_password2": "quatre chevaux au galop",
        },
    )

    assert response.url == INDEX
    assert client.get(INDEX).status_code == 200
    assert other.get(INDEX).url == f"{LOGIN}?next={INDEX}"
    event = Event.objects.get()
    assert (event.verb, event.changed, event.values) == (
        "change son mot de passe",
        [],
        {},
    )


def test_login_page_offers_help_and_is_never_kept(client):
    response = client.get(LOGIN)

    assert "mailto:secretariat@example.org" in response.text
    assert response["Cache-Control"] == (
        "max-age=0, no-cache, no-store, must-revalidate, private"
    )
