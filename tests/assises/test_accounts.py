from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from assises import mails
from assises.models import Event
from assises.people import accounts
from assises.people.accounts import Method
from assises.people.permissions import Role
from tests import factories, team

pytestmark = pytest.mark.django_db


def answer_to(user, code, method):
    """Return « accepted », or why ``code`` is refused."""
    try:
        accounts.check_code(user, code, method)
    except ValidationError as error:
        return error.code
    return "accepted"


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([Role.ORGANISERS], True),
        ([Role.ORGANISERS, Role.READERS], True),
        ([], True),
        ([Role.CHAIR], False),
        ([Role.MEMBERS], False),
        ([Role.READERS], False),
        ([Role.DESK], False),
    ],
)
def test_needs_app_is_for_those_who_may_change_everything(roles, expected):
    user = team.member(*roles[:1])
    for role in roles[1:]:
        user.groups.add(team.group(role))

    assert accounts.needs_app(user) is expected


def test_superuser_needs_an_app_whatever_the_role():
    user = team.superuser()
    user.groups.add(team.group(Role.READERS))

    assert accounts.needs_app(user) is True


def test_code_of_the_application_is_accepted_once(while_open):
    device = team.app_of(team.member(Role.ORGANISERS))
    code = team.code_of(device, at=factories.WHILE_OPEN)

    answers = [answer_to(device.user, code, Method.APP) for _ in range(2)]

    assert answers == ["accepted", "wrong"]


def test_code_of_somebody_else_is_refused(while_open):
    team.app_of(mine := team.member(Role.ORGANISERS))
    other = team.app_of(team.member(Role.ORGANISERS))
    code = team.code_of(other, at=factories.WHILE_OPEN)

    assert answer_to(mine, code, Method.APP) == "wrong"


def test_after_a_wrong_code_the_next_one_waits(while_open):
    device = team.app_of(team.member(Role.ORGANISERS))

    first = answer_to(device.user, "000000", Method.APP)
    code = team.code_of(device, at=factories.WHILE_OPEN)
    second = answer_to(device.user, code, Method.APP)
    while_open.shift(timedelta(seconds=40))
    code = team.code_of(device, at=factories.WHILE_OPEN + timedelta(seconds=40))
    third = answer_to(device.user, code, Method.APP)

    assert [first, second, third] == ["wrong", "too_soon", "accepted"]


@pytest.mark.parametrize("typed", [str, str.upper, lambda code: code.replace("-", " ")])
def test_recovery_code_serves_once_however_it_is_typed(typed):
    user = team.member(Role.ORGANISERS)
    code = typed(accounts.new_recovery_codes(user)[3])

    answers = [answer_to(user, code, Method.APP) for _ in range(2)]

    assert answers == ["accepted", "wrong"]
    assert StaticDevice.objects.get(user=user).token_set.count() == 9


def test_new_recovery_codes_cancel_the_old_ones():
    user = team.member(Role.ORGANISERS)
    old = accounts.new_recovery_codes(user)

    new = accounts.new_recovery_codes(user)

    assert answer_to(user, new[0], Method.APP) == "accepted"
    assert answer_to(user, old[0], Method.APP) == "wrong"


def test_mailed_code_serves_once_and_ten_minutes(while_open):
    user = team.member(Role.MEMBERS)

    first = accounts.mail_one_time_code(user)
    answers = [answer_to(user, first, Method.MAIL) for _ in range(2)]
    while_open.shift(timedelta(minutes=5))
    late = accounts.mail_one_time_code(user)
    while_open.shift(timedelta(minutes=10))

    assert answers == ["accepted", "wrong"]
    assert answer_to(user, late, Method.MAIL) == "wrong"


def test_mailed_code_lives_ten_minutes_and_not_one(while_open):
    user = team.member(Role.MEMBERS)

    code = accounts.mail_one_time_code(user)
    while_open.shift(timedelta(minutes=9, seconds=59))

    assert answer_to(user, code, Method.MAIL) == "accepted"


def test_mail_of_a_code_never_holds_it(while_open):
    user = team.member(Role.MEMBERS, first_name="Marc")

    mail = mails.staff_code(user, at=factories.WHILE_OPEN)

    assert (mail.kind, mail.address, mail.code_user) == ("staff_code", user.email, user)
    assert mail.subject == "[Assises CST] Votre code de connexion"
    assert mail.body.split("\n")[:5] == [
        "Bonjour Marc,",
        "",
        "Voici le code demandé à 14\u00a0h\u00a032 pour entrer dans l’administration des Assises\u00a0:",
        "",
        "\x1e",
    ]
    assert EmailDevice.objects.count() == 0


def test_confirmed_application_replaces_the_former_one():
    user = team.member(Role.ORGANISERS)
    former = team.app_of(user)
    device = accounts.begin_app(user)

    codes = accounts.confirm_app(user, device, at=factories.WHILE_OPEN)

    assert list(TOTPDevice.objects.values_list("pk", "confirmed")) == [
        (device.pk, True)
    ]
    assert device.pk != former.pk
    assert len(set(codes)) == 10


def test_beginning_again_makes_a_fresh_secret():
    user = team.member(Role.ORGANISERS)

    first, second = accounts.begin_app(user), accounts.begin_app(user)

    assert accounts.pending_app(user) == second
    assert first.key != second.key


def test_secret_is_spelled_in_groups_of_four():
    device = TOTPDevice(key="00" * 20)

    assert accounts.spelled_secret(device) == " ".join(["AAAA"] * 8)


def test_qr_path_draws_the_dark_modules():
    side, path = accounts.qr_path("otpauth://totp/x")

    assert side == 25 + 2 * 4
    assert path.startswith("M4 4h1v1h-1zM5 4h1v1h-1z")


def test_what_happens_to_an_account_is_in_the_journal_without_any_secret():
    organiser, user = team.member(Role.ORGANISERS), team.member(Role.MEMBERS)
    team.app_of(user)

    password = accounts.give_password(user, by=organiser, at=factories.WHILE_OPEN)
    accounts.forget_devices(user, by=organiser, at=factories.WHILE_OPEN)

    user.refresh_from_db()
    assert user.check_password(password)
    assert accounts.app_of(user) is None
    assert list(
        Event.objects.order_by("pk").values_list("verb", "object_label", "values")
    ) == [
        ("reçoit un mot de passe provisoire", f"compte n° {user.pk}", {}),
        ("efface le second facteur", f"compte n° {user.pk}", {}),
    ]


def test_a_superuser_who_lost_everything_is_let_in_from_the_machine():
    chief = team.superuser()
    team.app_of(chief)

    call_command("forget_second_factor", chief.email.upper())

    assert accounts.may_enrol(chief)
    assert list(Event.objects.values_list("actor", "verb", "object_label")) == [
        ("le site", "efface le second facteur", f"compte n° {chief.pk}")
    ]


def test_an_unknown_address_is_told_from_the_machine():
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("forget_second_factor", "personne@assises.test")
