"""What does the first page of the administration ask for, before the call can open?"""

import pytest
from django.urls import reverse

from assises.models import Edition, Partner
from tests import factories
from tests.committee.factories import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]

EDITION = reverse("admin:assises_edition_changelist")
LEGAL = {
    "publisher_name": "Éditrice",
    "publisher_address": "1 rue des Lilas",
    "publication_director": "Odile Garnier",
    "host_name": "Hébergeur",
    "host_address": "2 rue des Lilas",
    "dpo_contact": "dpo@assises.test",
}


def asked(browser):
    """Return what has to be done, each line a link that opens."""
    tasks = browser.get(reverse("admin:index")).context["tasks"]
    shown = [task for task in tasks if "comite/" not in task.url]
    assert {browser.get(task.url).status_code for task in shown} <= {200}
    return [
        (f"{task.count or ''} {task.label}".strip(), task.url, task.detail)
        for task in shown
    ]


def test_without_any_edition_the_first_page_leads_to_create_it(organiser):
    [(label, url, _)] = asked(organiser)

    assert (label, url) == ("Créer l’édition", f"{EDITION}add/")


def test_with_editions_that_are_not_shown_it_leads_to_choose_one(organiser):
    edition = factories.EditionFactory(
        is_current=False, contact_email="contact@assises.test", **LEGAL
    )
    Partner.objects.create(edition=edition, name="Partenaire")
    factories.PageFactory(in_menu=True)

    [(label, url, _)] = asked(organiser)

    assert (label, url) == ("Choisir l’édition en cours", EDITION)


def test_an_edition_is_shown_once_the_rest_is_there(organiser):
    factories.EditionFactory(is_current=False)

    labels = [line[0] for line in asked(organiser)]

    assert labels == [
        "6 mentions légales à compléter",
        "Adresse du contact à remplacer",
        "Aucun organisateur ni partenaire",
        "Aucune page",
        "Choisir l’édition en cours",
    ]


def test_an_edition_just_created_says_what_it_lacks(organiser):
    edition = factories.EditionFactory(reviews_due_on=None, dpo_contact="dpo@x.fr")
    page = reverse("admin:assises_edition_change", args=[edition.pk])

    lines = [line[:2] for line in asked(organiser)]

    assert lines == [
        ("Aucun membre au comité", reverse("admin:committee_member_add")),
        ("5 mentions légales à compléter", page),
        ("1 date à fixer", f"{page.removesuffix('change/')}calendrier/"),
        ("Adresse du contact à remplacer", page),
        ("Aucun organisateur ni partenaire", reverse("admin:assises_partner_add")),
        ("Aucune page", reverse("admin:assises_page_add")),
    ]


def test_a_complete_edition_asks_for_nothing_more(organiser):
    edition = factories.EditionFactory(contact_email="contact@assises.test", **LEGAL)
    Partner.objects.create(edition=edition, name="Partenaire")
    factories.PageFactory(in_menu=True)
    MemberFactory(edition=edition)

    assert asked(organiser) == []


def test_a_demonstration_keeps_its_invented_contact(organiser, settings):
    settings.DEMO = True
    factories.EditionFactory(**LEGAL)

    assert "Adresse du contact à remplacer" not in [
        line[0] for line in asked(organiser)
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_first_page_costs_the_same_whatever_it_lists(
    organiser, count, django_assert_num_queries
):
    edition = factories.EditionFactory()
    factories.PartnerFactory.create_batch(count, edition=edition)
    factories.PageFactory.create_batch(count)

    with django_assert_num_queries(12):
        organiser.get(reverse("admin:index"))


def test_who_does_not_organise_is_asked_for_nothing(reader):
    assert not Edition.objects.exists()

    assert asked(reader) == []
