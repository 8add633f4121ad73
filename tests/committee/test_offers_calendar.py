"""When may an organiser still offer the morning, and what is true of it at each stage?"""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Event, Mail
from submissions.answering import lifecycle
from submissions.offers import asking
from tests import factories
from tests.factories import ASKED_AT, CLOSES_AT, HELD_ON, declared_action
from tests.offers import accept, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "asking")]

EVE = HELD_ON - timedelta(days=1)
READ = "Acceptée, elle rejoint les propositions que lit le comité."
LATE = (
    " La lecture devait finir le mardi 1er\u00a0juin 2027\u00a0: prévenez ses membres."
)


def page_of(application):
    return reverse("screens:offer", args=[application.pk])


def ask(client, application, day):
    posted = {"last_day": day, "previewed": day}
    return client.post(page_of(application), posted, follow=True)


def test_an_answer_open_past_the_assises_may_be_asked_for_their_eve(organiser):
    open_until = ASKED_AT + timedelta(days=300)
    application = declared_action(editable_until=open_until)

    shown = organiser.get(page_of(application))
    early = ask(organiser, application, date(2027, 6, 24))
    asked = ask(organiser, application, EVE)

    now = stored(application)
    eve = "jusqu’au mercredi 20\u00a0octobre 2027 inclus"
    assert f'value="{EVE}"' in shown.text
    assert early.status_code == 422
    assert eve in early.context["form"].errors["last_day"][0]
    assert "jusqu’au 20/10/2027" in asked.text
    assert eve in Mail.objects.get().body
    assert now.editable_until == open_until
    assert now.may_accept(ASKED_AT)
    assert Event.objects.get().values["editable_until"].startswith(eve)


@pytest.mark.parametrize("held_on", [ASKED_AT.date(), ASKED_AT.date() - timedelta(9)])
def test_nothing_is_offered_once_the_assises_have_come(organiser, edition, held_on):
    edition.reviews_due_on = edition.results_on = None
    edition.held_on = held_on
    edition.save()
    application = declared_action()

    shown = organiser.get(page_of(application))
    posted = ask(organiser, application, date(2027, 6, 24))

    for page in (shown, posted):
        assert "plus aucune action ne peut être demandée" in page.text
        assert 'name="last_day"' not in page.text
    assert posted.status_code == 422
    assert stored(application).asked_to_present_at is None
    assert not Mail.objects.exists()


def test_asking_for_the_day_of_the_assises_is_refused_everywhere():
    with pytest.raises(lifecycle.MoveRefusedError):
        asking.ask_to_present(declared_action(), HELD_ON, by="le site", at=ASKED_AT)


def test_what_was_asked_may_be_taken_back_on_the_day(organiser, edition):
    application = declared_action(asked=True)
    edition.reviews_due_on = edition.results_on = None
    edition.held_on = ASKED_AT.date()
    edition.save()

    organiser.post(page_of(application), {"geste": "annuler"})

    assert stored(application).asked_to_present_at is None


@pytest.mark.parametrize(
    ("due", "published", "said"),
    [
        (date(2027, 6, 30), None, READ),
        (date(2027, 6, 1), None, READ + LATE),
        (None, None, READ),
        (date(2027, 6, 1), ASKED_AT, "Les résultats sont publiés\u00a0: acceptée,"),
    ],
)
def test_page_says_what_becomes_of_a_yes_at_each_stage(
    organiser, edition, due, published, said
):
    edition.reviews_due_on, edition.results_published_at = due, published
    edition.save()

    page = organiser.get(page_of(declared_action()))

    assert said in page.text
    assert (READ in page.text) is (published is None)
    assert (LATE in page.text) is (said == READ + LATE)


@pytest.mark.parametrize("published", [None, ASKED_AT])
def test_the_bearer_is_told_who_reads_at_each_stage(edition, published):
    edition.results_published_at = published
    edition.save()
    application = declared_action()
    asking.ask_to_present(application, EVE, by="le site", at=ASKED_AT)

    accept(application)

    asked, received = [mail.body for mail in Mail.objects.order_by("pk")]
    as_others = "Le comité lit ensuite votre proposition comme les autres"
    assert (as_others in asked) is (published is None)
    assert ("sont déjà choisis" in asked) is (published is not None)
    assert ("lit toutes les propositions" in received) is (published is None)
    assert "Chaque structure reçoit une réponse." in received


def test_accepted_after_publication_it_stands_in_the_deliberation(organiser, edition):
    edition.results_published_at = ASKED_AT - timedelta(days=1)
    edition.save()
    application = declared_action(asked=True, title="L’œuf d’Étiolles")

    accept(application)

    board = organiser.get(reverse("screens:deliberation"))
    decision = organiser.get(reverse("screens:decision", args=[application.pk]))
    assert "L’œuf d’Étiolles" in board.text
    assert 'name="outcome"' in decision.text


def detail(client):
    tasks = client.get("/admin/").context["tools"]
    return next(task.detail for task in tasks if task.url == "/admin/comite/proposer/")


def answers():
    """One of each answer, and what must not be counted."""
    accepted, declined, cancelled, mended = (
        declared_action(asked=True) for _ in range(4)
    )
    accept(accepted)
    for application in (declined, mended):
        asking.decline(application, at=ASKED_AT)
    asking.reconsider(stored(mended), at=ASKED_AT)
    asking.cancel_asking(cancelled, by="le site", at=ASKED_AT)
    other = factories.EditionFactory(slug="2026", is_current=False)
    declared_action(asked=True, edition=other)
    declared_action()
    return accepted, declined


def test_first_page_says_who_answered_what(organiser):
    nobody = detail(organiser)
    answers()
    told = detail(organiser)
    declared_action(
        asked_to_present_at=ASKED_AT - timedelta(days=9), editable_until=CLOSES_AT
    )

    assert nobody == "Inviter une action déclarée à passer le matin."
    assert told == "1 acceptée, 1 déclinée, 1 en attente."
    assert detail(organiser) == "1 acceptée, 1 déclinée, 1 en attente, 1 sans réponse."


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_first_page(organiser, django_assert_num_queries, rows):
    for _ in range(rows):
        answers()

    with django_assert_num_queries(12):
        told = detail(organiser)

    plural = "s" if rows > 1 else ""
    assert told.startswith(f"{rows} acceptée{plural}, {rows} déclinée{plural}, ")


def test_list_of_those_who_answered_leads_to_each(organiser):
    accepted, declined = answers()

    page = organiser.get("/admin/comite/proposer/", {"etat": "repondues"})

    told = {
        application: application.offer_state for application in page.context["page"]
    }
    assert told == {
        accepted: "accepted",
        declined: "declined",
    }
    days = {"accepté": "demandé le 10/06/2027", "décliné": "le 10/06/2027"}
    for word, told in days.items():
        assert f'>{word}</span> <span class="quiet">{told}<' in page.text
    change = reverse("admin:submissions_application_change", args=[accepted.pk])
    assert f'href="{change}"' in page.text
    assert f'href="{page_of(declined)}"' in page.text


def test_the_day_typed_is_given_back_after_the_session_has_ended():
    response = Client().post(
        page_of(declared_action()), {"last_day": "2027-06-24", "previewed": ""}
    )

    assert response.status_code == 403
    assert "Dernier jour pour répondre" in response.text
    assert "2027-06-24" in response.text


def test_a_very_long_search_is_cut_and_answers(organiser):
    declared_action(title="Robots")
    words = " ".join(["robots"] * 1500)

    page = organiser.get("/admin/comite/proposer/", {"q": words})

    assert page.status_code == 200
    assert [application.title for application in page.context["page"]] == ["Robots"]
