"""Pages of the organisers tell the dates of the edition, whatever becomes of them."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from assises.models import Page
from assises.web import page_dates
from tests.assises.test_admin_calendar import calendar
from tests.assises.test_admin_edition import change, typed
from tests.factories import EditionFactory, PageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]


def test_a_page_follows_the_edition(client, edition):
    page = PageFactory(body="Répondez {cloture}, pour {jour}. {inconnu} reste.")
    address = reverse("assises:page", args=[page.slug])
    before = client.get(address).text

    edition.closes_at += timedelta(days=15)
    edition.save()

    after = client.get(address).text
    assert "Répondez jusqu’au lundi 31\u00a0mai 2027 inclus" in before
    assert "Répondez jusqu’au mardi 15\u00a0juin 2027 inclus" in after
    assert "pour le jeudi 21\u00a0octobre 2027. {inconnu} reste." in after


def test_a_page_is_shown_without_any_edition(client):
    page = PageFactory(body="Répondez {cloture}.")

    shown = client.get(reverse("assises:page", args=[page.slug]))

    assert "Répondez {cloture}." in shown.text


def test_what_is_not_known_yet_is_left_blank():
    edition = EditionFactory(results_on=None, reviews_due_on=None)

    assert page_dates.filled("[{reponses}{horaires}]", edition) == "[]"
    assert {name: bool(word(edition)) for name, word in page_dates.PLACES.items()} == {
        "jour": True,
        "horaires": False,
        "lieu": True,
        "ouverture": True,
        "cloture": True,
        "cloture_recensement": True,
        "reponses": False,
    }


def test_a_name_that_stands_for_nothing_is_refused_as_it_is_typed(organiser, edition):
    page = PageFactory()
    url = reverse("admin:assises_page_change", args=[page.pk])

    refused = organiser.post(url, typed(organiser, url, body="{clotur}"))
    kept = organiser.post(url, typed(organiser, url, body="{cloture}", order="1"))

    [said] = refused.context["adminform"].form.errors["body"]
    assert "aucune date\u00a0: {clotur}" in said
    assert "{jour}, {horaires}, {lieu}" in said
    assert (kept.status_code, Page.objects.get().body) == (302, "{cloture}")


def test_a_preview_says_which_name_stands_for_nothing(organiser, edition):
    url = reverse("admin:assises_page_change", args=[PageFactory().pk])
    posted = {"title": "Venir", "body": "Répondez {clotur}, {jour}.", "_preview": ""}

    wrong = organiser.post(url, posted).text
    right = organiser.post(url, posted | {"body": "{jour}"}).text

    assert "Ceci ne correspond à aucune date\u00a0: {clotur}." in wrong
    assert "Ceci ne correspond" not in right


def test_help_says_what_each_name_prints(organiser, edition):
    edition.results_on = edition.reviews_due_on = None
    edition.save()

    text = organiser.get(reverse("admin:assises_page_add")).text

    assert "{jour}\u00a0: «\u00a0le jeudi 21\u00a0octobre 2027\u00a0»," in text
    assert "{reponses}\u00a0: rien encore." in text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jusqu’au 31 mai", ["31 mai"]),
        ("jusqu’au 31\u00a0Mai 2027", ["31\u00a0Mai 2027"]),
        ("le 1er octobre et le 21 octobre 2027", ["1er octobre"]),
        ("le 15 juin", []),
        ("Le 31 mai 2022, une autre année", []),
        ("131 mails, le 31 maillots", []),
    ],
)
def test_days_in_letters_that_are_none_of_the_edition(text, found):
    edition = EditionFactory()
    edition.closes_at += timedelta(days=15)
    edition.reviews_due_on = date(2027, 6, 30)

    assert page_dates.outdated(text, edition) == found


def test_saving_the_edition_names_the_pages_that_tell_another_day(organiser, edition):
    page = PageFactory(title="Questions <b>", body="Répondez avant le 31 mai.")
    PageFactory(body="Répondez {cloture}.")
    url = change(edition)

    renamed = organiser.post(url, typed(organiser, url, venue="Ailleurs"))
    url = calendar(edition)
    prolonged = organiser.post(url, typed(organiser, url, last_day="2027-06-15"))

    told = [str(message) for message in get_messages(prolonged.wsgi_request)]
    assert len(list(get_messages(renamed.wsgi_request))) == 1
    [warned] = [each for each in told if "31 mai" in each]
    assert f"/admin/assises/page/{page.pk}/change/" in warned
    assert "Questions &lt;b&gt;" in warned
