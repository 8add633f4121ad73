"""What does the first page of the administration list, and what may no lookup tell?"""

import pytest
from django.contrib import admin
from django.urls import reverse

from assises.people.permissions import Role
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


# What a reader looks at; organisers see every list, the others none.
READ = {
    "assises.commune",
    "assises.edition",
    "assises.page",
    "assises.partner",
    "assises.structure",
    "assises.term",
    "committee.criterion",
    "submissions.application",
}


@pytest.mark.parametrize("role", list(Role))
def test_first_page_opens_for_every_role(role):
    response = team.signed_in(team.member(role)).get(reverse("admin:index"))

    lists = {
        page["model"]._meta.label_lower
        for section in response.context["app_list"]
        for page in section["models"]
    }
    every = {model._meta.label_lower for model in admin.site._registry}
    assert lists == {Role.ORGANISERS: every, Role.READERS: READ}.get(role, set())


def test_desk_is_told_that_nothing_awaits_it(edition):
    response = team.signed_in(team.member(Role.DESK)).get(reverse("admin:index"))

    assert response.context["tasks"] == []
    assert "Rien ne vous attend ici pour le moment." in response.text


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("submissions_application", "contact__email__startswith=p"),
        ("submissions_application", "contact__last_name__startswith=M"),
        ("submissions_application", "email__startswith=porteuse"),
        ("submissions_application", "search_text__contains=martin"),
        ("submissions_application", "presenters__contains=Martin"),
        ("submissions_application", "adresse=confirmee"),
        ("assises_structure", "contacts__email__startswith=p"),
        ("assises_structure", "siret__startswith=1"),
        ("assises_edition", "dpo_contact__startswith=a"),
    ],
)
def test_reader_guesses_no_hidden_column(page, query):
    client = team.signed_in(team.member(Role.READERS))
    url = reverse(f"admin:{page}_changelist")

    assert client.get(url).status_code == 200
    assert client.get(f"{url}?{query}").status_code == 400


def test_organiser_guesses_no_password():
    client = team.signed_in(team.member(Role.ORGANISERS))
    url = reverse("admin:assises_user_changelist")

    assert client.get(f"{url}?password__startswith=pbkdf2").status_code == 400
    assert client.get(f"{url}?is_active__exact=1").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("page", "make", "queries"),
    [
        ("assises_structure", factories.StructureFactory, 8),
        ("assises_contact", factories.ContactFactory, 7),
        ("assises_mail", factories.MailFactory, 7),
        ("assises_partner", factories.PartnerFactory, 7),
        ("assises_page", factories.PageFactory, 7),
        ("assises_user", factories.UserFactory, 9),
    ],
)
def test_lists_count_the_same_queries_at_one_and_three_rows(
    edition, django_assert_num_queries, page, make, queries, count
):
    make.create_batch(count)
    client = team.signed_in(team.member(Role.ORGANISERS))

    with django_assert_num_queries(queries):
        client.get(reverse(f"admin:{page}_changelist"))


def test_first_page_counts_its_queries(edition, django_assert_num_queries):
    client = team.signed_in(team.member(Role.ORGANISERS))

    with django_assert_num_queries(12):
        client.get(reverse("admin:index"))


def test_no_page_asks_for_jquery():
    scripts = {
        script for page in admin.site._registry.values() for script in page.media._js
    }

    assert scripts == {"admin/js/actions.js"}


@pytest.mark.usefixtures("while_open")
@pytest.mark.parametrize("user", [team.superuser, lambda: team.member(Role.ORGANISERS)])
def test_a_word_in_use_is_retired_and_never_deleted(user, edition):
    answer = factories.ApplicationFactory(declared=True, sent=True)
    term = answer.terms.first()
    client = team.signed_in(user())

    refused = client.post(
        reverse("admin:assises_term_delete", args=[term.pk]), {"post": "yes"}
    )
    page = client.get(reverse("admin:assises_term_change", args=[term.pk]))

    assert (refused.status_code, page.status_code) == (403, 200)
    assert "active" in page.context["adminform"].form.fields
    assert term in answer.terms.all()
