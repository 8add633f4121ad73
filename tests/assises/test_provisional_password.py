"""A password that somebody else gave opens one page: the one that replaces it."""

import pytest
from django.urls import reverse

from assises.models import Page
from assises.people import accounts
from assises.people.permissions import Role
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

PAGES = reverse("admin:assises_page_changelist")


def test_provisional_password_is_replaced_before_any_page_opens():
    user = team.member(Role.ORGANISERS)
    accounts.give_password(user, by=user, at=factories.WHILE_OPEN)
    user.set_password(factories.PASSWORD)
    user.save()
    client = team.signed_in(user)
    page, change = f"{PAGES}?q=a", reverse("admin:password_change")
    typed = {"old_password": factories.PASSWORD, "next": page}

    sent = client.get(page)
    asked = client.get(sent.url)
    same = client.post(change, {**typed, **twice(factories.PASSWORD)})
    chosen = client.post(change, {**typed, **twice("quatre chevaux au galop")})

    assert sent.url.startswith(f"{change}?next=")
    assert "est provisoire" in asked.text
    assert list(same.context["form"].errors) == ["new_password1"]
    assert chosen.url == page
    assert client.get(page).status_code == 200


def twice(password):
    return {"new_password1": password, "new_password2": password}


def test_provisional_password_opens_no_page_even_to_post():
    user = team.member(Role.ORGANISERS, password_is_temporary=True)
    client = team.signed_in(user)

    response = client.post(reverse("admin:assises_page_add"), {"title": "Non"})

    assert response.url.startswith(reverse("admin:password_change"))
    assert not Page.objects.filter(title="Non").exists()


@pytest.mark.parametrize("common", ["motdepasse123", "Azertyuiop12", "jetaimejetaime"])
def test_a_password_common_in_french_is_refused(common):
    client = team.signed_in(team.member(Role.ORGANISERS))
    typed = {"old_password": factories.PASSWORD, **twice(common)}

    response = client.post(reverse("admin:password_change"), typed)

    assert response.context["form"].errors["new_password2"].as_data()[0].code == (
        "password_too_common"
    )
