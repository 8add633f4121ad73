"""The call is extended once what changes with it was read: pages, waiting mails, drafts."""

from datetime import date

import pytest
from django.urls import reverse

from assises.french import dates
from assises.models import Edition, Event, Kind, Mail, Page
from submissions.answering import extension
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

URL = reverse("admin:submissions_application_extend")
FORMER, NEW = date(2027, 5, 31), date(2027, 6, 15)
OLD_DEADLINE = dates.deadline(factories.CLOSES_AT)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("avant le 31 mai.", "avant le 15\u00a0juin."),
        ("lundi 31\u00a0mai 2027", "mardi\u00a015\u00a0juin\u00a02027"),
        ("Le 31 mai 2027 inclus", "Le 15\u00a0juin\u00a02027 inclus"),
        ("le 31 mai 2026", "le 31 mai 2026"),
        ("131 mai", "131 mai"),
        ("31 maires", "31 maires"),
    ],
)
def test_a_day_in_letters_becomes_another_one(said, says):
    assert extension.restated(said, FORMER, NEW) == says


@pytest.fixture
def told():
    """A page and a waiting mail that say the day, a mail that has left, a draft."""
    factories.ApplicationFactory(kind=Kind.PROPOSE)
    factories.ApplicationFactory(kind=Kind.DECLARE)
    edition = factories.EditionFactory()
    return {
        "page": factories.PageFactory(
            title="Modalités", body="Un\nJusqu’au 31 mai inclus.\nDeux"
        ),
        "other": factories.PageFactory(body="Le 31 mai 1927."),
        "waiting": factories.MailFactory(edition=edition, body=OLD_DEADLINE),
        "sent": factories.MailFactory(
            edition=edition,
            body=OLD_DEADLINE,
            state="sent",
            sent_at=factories.WHILE_OPEN,
        ),
    }


def test_what_changes_is_read_before_anything_does(organiser, told):
    response = organiser.get(URL, {"last_day": "2027-06-15"})

    effects = response.context["effects"]
    assert [quote.page for quote in effects.quotes] == [told["page"]]
    assert effects.mails == [told["waiting"]]
    assert (effects.drafts, effects.moves_inventory) == (1, False)
    assert "<blockquote>Jusqu’au 15\u00a0juin inclus.</blockquote>" in response.text
    assert Edition.objects.get().closes_at == factories.CLOSES_AT


def test_call_pages_and_waiting_mails_say_the_new_day(organiser, told):
    response = organiser.post(
        URL, {"last_day": "2027-06-15", "page": [told["page"].pk]}, follow=True
    )

    edition = Edition.objects.get()
    assert edition.closes_at == dates.closing_after(NEW)
    assert edition.grace_until > edition.closes_at
    assert (
        Page.objects.get(pk=told["page"].pk).body
        == "Un\nJusqu’au 15\u00a0juin inclus.\nDeux"
    )
    assert Page.objects.get(pk=told["other"].pk).body == "Le 31 mai 1927."
    bodies = {mail.pk: mail.body for mail in Mail.objects.all()}
    assert "mardi\u00a015\u00a0juin\u00a02027 inclus" in bodies[told["waiting"].pk]
    assert bodies[told["sent"].pk] == OLD_DEADLINE
    assert [event.verb for event in Event.objects.order_by("pk")] == [
        "corrige",
        "appel prolongé",
    ]
    assert "L’appel est prolongé jusqu’au mardi 15\u00a0juin 2027" in response.text


def test_a_page_left_as_it_is_is_named_after_saving(organiser, told):
    response = organiser.post(URL, {"last_day": "2027-06-15"}, follow=True)

    url = reverse("admin:assises_page_change", args=[told["page"].pk])
    assert (
        f'Cette page dit encore l’ancienne date\u00a0: <a href="{url}">Modalités'
        in (response.text)
    )


def test_the_other_doors_close_no_sooner(organiser):
    Edition.objects.update(inventory_closes_at=factories.CLOSES_AT)

    organiser.post(URL, {"last_day": "2027-06-15"})

    edition = Edition.objects.get()
    assert edition.inventory_closes_at == edition.closes_at


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-05-31", "Choisissez une date après le lundi 31\u00a0mai 2027."),
        ("2027-07-01", "Choisissez une date jusqu’au mercredi 30\u00a0juin 2027"),
        ("2027-05-01", "Ce jour est passé."),
        ("bientôt", "Indiquez un jour."),
    ],
)
def test_a_wrong_day_changes_nothing(organiser, day, said):
    response = organiser.post(URL, {"last_day": day})

    assert response.status_code == 422
    assert said in response.text
    assert Edition.objects.get().closes_at == factories.CLOSES_AT


def test_of_two_who_extend_one_is_told(edition, me):
    stale = Edition.objects.get()
    extension.extend(edition, NEW, pages=set(), by=me, at=factories.WHILE_OPEN)

    with pytest.raises(extension.ExtendedMeanwhileError):
        extension.extend(
            stale, date(2027, 6, 20), pages=set(), by=me, at=factories.WHILE_OPEN
        )

    assert Edition.objects.get().closes_at == dates.closing_after(NEW)


@pytest.mark.parametrize("count", [1, 3])
def test_screen_counts_the_same_queries(organiser, django_assert_num_queries, count):
    edition = factories.EditionFactory()
    for _ in range(count):
        factories.PageFactory(body="31 mai")
        factories.MailFactory(edition=edition, body=OLD_DEADLINE)

    with django_assert_num_queries(8):
        organiser.get(URL, {"last_day": "2027-06-15"})
