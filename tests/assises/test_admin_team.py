import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from assises.models import Event, Mail, User
from assises.people import accounts
from assises.people.permissions import PURPOSES, Role
from tests import team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

LIST = reverse("admin:assises_user_changelist")
ADD = reverse("admin:assises_user_add")


def change(user):
    return reverse("admin:assises_user_change", args=[user.pk])


def roles(*names):
    return [team.group(name).pk for name in names]


def test_new_account_gets_a_password_shown_once_and_kept_nowhere(organiser):
    response = organiser.post(
        ADD,
        {
            "email": "Marc@Example.org",
            "first_name": "Marc",
            "groups": roles(Role.MEMBERS),
        },
    )

    user = User.objects.get(email="marc@example.org")
    [(shown_user, password)] = response.context["passwords"]
    assert shown_user == user
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password)
    assert user.check_password(password)
    assert (user.is_staff, user.is_superuser) == (True, False)
    journal = list(
        Event.objects.order_by("pk").values_list("verb", "changed", "values")
    )
    assert journal == [
        ("ajoute", ["email", "first_name", "groups"], {"groups": "Comité"}),
        ("reçoit un mot de passe provisoire", [], {}),
    ]


@pytest.mark.parametrize("role", [Role.MEMBERS, Role.CHAIR])
def test_nobody_organises_and_sits_on_the_committee(organiser, role):
    response = organiser.post(
        ADD, {"email": "x@example.org", "groups": roles(Role.ORGANISERS, role)}
    )

    assert response.context["adminform"].form.errors["groups"] == [
        "Une même personne ne peut pas organiser, ou lire toutes les réponses, et"
        " siéger au comité."
    ]
    assert User.objects.count() == 1


def test_address_has_one_account_whatever_its_capitals(organiser, me):
    response = organiser.post(
        ADD, {"email": me.email.upper(), "groups": roles(Role.DESK)}
    )

    assert response.context["adminform"].form.errors["email"] == [
        "Cette adresse a déjà un compte."
    ]


def test_organiser_changes_neither_their_own_role_nor_their_account(organiser, me):
    organiser.post(
        change(me), {"email": me.email, "last_name": "Garnier", "groups": []}
    )

    me.refresh_from_db()
    assert me.is_active
    assert [group.name for group in me.groups.all()] == [Role.ORGANISERS]


def test_nobody_becomes_superuser_here(organiser):
    user = team.member(Role.READERS)

    organiser.post(
        change(user),
        {
            "email": user.email,
            "groups": roles(Role.READERS),
            "is_active": "on",
            "is_superuser": "on",
        },
    )

    user.refresh_from_db()
    assert not user.is_superuser


@pytest.mark.parametrize("action", ["give_password", "forget_devices"])
def test_superuser_is_out_of_reach_of_organisers(organiser, action):
    chief = team.superuser()
    device = team.app_of(chief)
    before = chief.password

    form = organiser.post(change(chief), {"email": "pirate@example.org"})
    organiser.post(LIST, {"action": action, "index": "0", "_selected_action": chief.pk})

    chief.refresh_from_db()
    assert form.status_code == 403
    assert chief.password == before
    assert accounts.app_of(chief) == device


def test_lost_telephone_is_replaced_with_a_password_that_was_just_given(
    organiser, client
):
    user = team.member(Role.ORGANISERS)
    theirs = team.signed_in(user)

    shown = organiser.post(
        LIST, {"action": "forget_devices", "index": "0", "_selected_action": user.pk}
    )

    [(_, password)] = shown.context["passwords"]
    before = theirs.get(reverse("admin:index"), follow=True)
    typed = {"email": user.email, "password": password}
    after = client.post(reverse("admin:login"), typed, follow=True)
    assert before.redirect_chain[-1][0].startswith(reverse("admin:login"))
    assert after.redirect_chain[-1][0] == f"{reverse('admin:enrol')}?next=%2Fadmin%2F"
    assert reverse("admin:begin_enrolment") in after.text
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "efface le second facteur",
        "reçoit un mot de passe provisoire",
    ]


def test_a_role_given_asks_the_second_factor_anew(organiser):
    user = team.member(Role.READERS)
    device, theirs = team.app_of(user), team.signed_in(user)
    told = {"email": user.email, "last_name": user.last_name, "is_active": "on"}

    organiser.post(change(user), {**told, "groups": roles(Role.READERS)})
    before = accounts.app_of(user)
    organiser.post(change(user), {**told, "groups": roles(Role.ORGANISERS)})

    assert (before, accounts.app_of(user)) == (device, None)
    assert theirs.get(reverse("admin:index")).status_code == 302


def test_temporary_password_is_given_to_others_only(organiser, me):
    user = team.member(Role.DESK)

    response = organiser.post(
        LIST,
        {"action": "give_password", "index": "0", "_selected_action": [user.pk, me.pk]},
    )

    assert [person for person, _ in response.context["passwords"]] == [user]


def test_form_shows_no_trace_of_the_password(organiser):
    user = team.member(Role.DESK)

    assert user.password not in organiser.get(change(user)).text
    assert (
        "password" not in organiser.get(change(user)).context["adminform"].form.fields
    )


def test_group_page_tells_what_the_role_is_for(organiser):
    url = reverse("admin:assises_rolegroup_change", args=[team.group(Role.READERS).pk])

    assert escape(PURPOSES[Role.READERS]) in organiser.get(url).text


def test_account_has_a_role_and_each_role_says_what_it_allows(organiser):
    response = organiser.post(ADD, {"email": "x@example.org"})

    form = response.context["adminform"].form
    assert dict(form.errors) == {"groups": ["Cochez au moins un rôle."]}
    assert User.objects.count() == 1
    assert [response.text.count(escape(said)) for said in PURPOSES.values()] == [1] * 5
    assert set(PURPOSES) == set(Role)


def test_superuser_needs_no_role():
    chief = team.superuser()
    other = team.superuser()

    response = team.signed_in(chief).post(
        change(other), {"email": "chef@example.org", "is_active": "on"}
    )

    other.refresh_from_db()
    assert (response.status_code, other.email) == (302, "chef@example.org")


def test_the_former_address_of_an_account_is_told_of_the_new_one(organiser, edition):
    user = team.member(Role.READERS, email="ancienne@example.org", first_name="Inès")
    told = {"first_name": "Inès", "last_name": user.last_name, "is_active": "on"}
    told |= {"groups": roles(Role.READERS)}

    organiser.post(change(user), {**told, "email": user.email})
    before = Mail.objects.exists()
    organiser.post(change(user), {**told, "email": "nouvelle@example.org"})

    mail = Mail.objects.get()
    assert not before
    assert (mail.kind, mail.address) == (
        "account_address_changed",
        "ancienne@example.org",
    )
    assert "n…@example.org" in mail.body
    assert edition.contact_email in mail.body
