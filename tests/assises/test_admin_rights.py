"""Every address of the administration × every role, and what no lookup may tell."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from assises.models import Commune, Edition, Event, Job, Term
from assises.people.permissions import Role
from tests import factories, team
from tests.committee.factories import MemberFactory

pytestmark = pytest.mark.django_db

VERBS = ("changelist", "add", "change", "history", "delete")

# What organisers and readers get, in the order of VERBS; 403 for everybody else,
# and anonymous people are led to the sign-in page.
EXPECTED = {
    "assises.accesslink": ((200, 403, 200, 200, 403), (403, 403, 403, 403, 403)),
    "assises.commune": ((200, 403, 200, 200, 403), (200, 403, 200, 403, 403)),
    "assises.contact": ((200, 403, 200, 200, 403), (403, 403, 403, 403, 403)),
    "assises.edition": ((200, 200, 200, 200, 403), (200, 403, 200, 403, 403)),
    "assises.event": ((200, 403, 200, 200, 403), (403, 403, 403, 403, 403)),
    "assises.job": ((200, 403, 200, 200, 403), (403, 403, 403, 403, 403)),
    "assises.mail": ((200, 403, 200, 200, 403), (403, 403, 403, 403, 403)),
    "assises.page": ((200, 200, 200, 200, 200), (200, 403, 200, 403, 403)),
    "assises.partner": ((200, 200, 200, 200, 200), (200, 403, 200, 403, 403)),
    "assises.structure": ((200, 200, 200, 200, 403), (200, 403, 200, 403, 403)),
    "assises.term": ((200, 200, 200, 200, 403), (200, 403, 200, 403, 403)),
    "assises.user": ((200, 200, 200, 200, 403), (403, 403, 403, 403, 403)),
    "auth.group": ((200, 403, 200, 200, 403), (403, 403, 403, 403, 403)),
    "committee.criterion": ((200, 200, 200, 200, 200), (200, 403, 200, 403, 403)),
    "committee.member": ((200, 200, 200, 200, 403), (403, 403, 403, 403, 403)),
    "submissions.application": ((200, 403, 200, 200, 403), (200, 403, 200, 403, 403)),
}
NOTHING = (403, 403, 403, 403, 403)
DOOR = (302, 302, 302, 302, 302)


@pytest.fixture
def rows(edition):
    """One row of each model that the administration shows."""
    from assises.people import access_links, audit
    from committee import reference

    reference.load()
    application = factories.ApplicationFactory(proposed=True, sent=True)
    access_links.issue(application.email, at=factories.WHILE_OPEN)
    audit.record("corrige", edition, by=audit.SYSTEM, at=factories.WHILE_OPEN)
    factories.MailFactory(reference=application.key)
    factories.UserFactory()
    factories.PartnerFactory()
    factories.PageFactory()
    MemberFactory(edition=edition)
    Job.objects.create(kind="a", key="a", due_at=factories.WHILE_OPEN)


def statuses(client, model):
    """Return the status of each address of ``model``."""
    row = model._default_manager.order_by("pk").first()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return tuple(
        client.get(
            reverse(
                f"{name}_{verb}", args=[] if verb in {"changelist", "add"} else [row.pk]
            )
        ).status_code
        for verb in VERBS
    )


def table(client):
    return {
        model._meta.label_lower: statuses(client, model)
        for model in admin.site._registry
    }


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ORGANISERS, {model: row[0] for model, row in EXPECTED.items()}),
        (Role.READERS, {model: row[1] for model, row in EXPECTED.items()}),
        (Role.CHAIR, dict.fromkeys(EXPECTED, NOTHING)),
        (Role.MEMBERS, dict.fromkeys(EXPECTED, NOTHING)),
        (Role.DESK, dict.fromkeys(EXPECTED, NOTHING)),
    ],
)
def test_every_address_of_every_model_by_role(role, expected):
    client = team.signed_in(team.member(role))

    assert table(client) == expected


@pytest.mark.usefixtures("rows")
def test_every_address_leads_strangers_to_the_door():
    assert table(Client()) == dict.fromkeys(EXPECTED, DOOR)


@pytest.mark.usefixtures("rows")
def test_every_address_leads_a_password_alone_to_the_code():
    client = Client()
    client.force_login(team.member(Role.ORGANISERS))

    assert table(client) == dict.fromkeys(EXPECTED, DOOR)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("role", list(Role))
def test_first_page_opens_for_every_role(role):
    response = team.signed_in(team.member(role)).get(reverse("admin:index"))

    lists = [
        page["model"]._meta.label_lower
        for section in response.context["app_list"]
        for page in section["models"]
    ]
    column = {Role.ORGANISERS: 0, Role.READERS: 1}.get(role)
    expected = (
        []
        if column is None
        else [m for m, row in EXPECTED.items() if row[column][0] == 200]
    )
    assert sorted(lists) == sorted(expected)


def test_desk_is_told_that_nothing_awaits_it(edition):
    response = team.signed_in(team.member(Role.DESK)).get(reverse("admin:index"))

    assert response.context["tasks"] == []
    assert "Rien ne vous attend ici pour le moment." in response.text


@pytest.mark.usefixtures("rows")
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


@pytest.mark.usefixtures("rows")
def test_organiser_guesses_no_password():
    client = team.signed_in(team.member(Role.ORGANISERS))
    url = reverse("admin:assises_user_changelist")

    assert client.get(f"{url}?password__startswith=pbkdf2").status_code == 400
    assert client.get(f"{url}?is_active__exact=1").status_code == 200


@pytest.mark.usefixtures("rows")
def test_reading_writes_nothing_in_the_journal():
    before = Event.objects.count()

    table(team.signed_in(team.member(Role.ORGANISERS)))

    assert Event.objects.count() == before


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

    with django_assert_num_queries(9):
        client.get(reverse("admin:index"))


def test_every_order_is_total():
    models = {Edition, Commune, Term, *admin.site._registry}

    partial = [
        model._meta.label
        for model in models
        if admin.site._registry[model].get_ordering(None)[-1] != "-pk"
    ]

    assert partial == []


def test_no_page_asks_for_jquery():
    scripts = {
        script for page in admin.site._registry.values() for script in page.media._js
    }

    assert scripts == {"admin/js/actions.js"}
