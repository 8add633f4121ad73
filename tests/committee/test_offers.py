"""The organiser's screen of one declared action: ask its bearer, extend, take back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assises.models import Event, Mail
from assises.people.permissions import Role
from tests import factories, team
from tests.factories import ASKED_AT, ASKED_UNTIL, declared_action
from tests.offers import stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "asking")]

OFFERS = "/admin/comite/proposer/"
LINK = "[le lien personnel, fabriqué à l’envoi]"
DEADLINE = (
    "jusqu’au jeudi 24\u00a0juin 2027 inclus (23\u00a0h\u00a059, heure de\u00a0Paris)"
)


def offer(application):
    return reverse("screens:offer", args=[application.pk])


def ask(client, application, last_day="2027-06-24", **typed):
    posted = {"last_day": last_day, "previewed": last_day, **typed}
    return client.post(offer(application), posted, follow=True)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ORGANISERS, 200),
        (Role.CHAIR, 403),
        (Role.MEMBERS, 403),
        (Role.READERS, 403),
        (Role.DESK, 403),
    ],
)
def test_only_organisers_ask(role, status):
    application = declared_action()
    client = team.signed_in(team.member(role))

    statuses = [
        client.get(OFFERS).status_code,
        client.get(offer(application)).status_code,
        ask(client, application).status_code,
    ]

    assert statuses == [status] * 3
    assert Mail.objects.exists() is (status == 200)
    assert (stored(application).asked_to_present_at is None) is (status == 403)


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.ORGANISERS, True), (Role.READERS, False)]
)
def test_page_of_an_answer_leads_here_those_who_may_ask(role, shown):
    client = team.signed_in(team.member(role))
    declared = declared_action()
    others = [
        factories.ApplicationFactory(proposed=True, sent=True),
        factories.ApplicationFactory(sent=True),
        declared_action(state="withdrawn", withdrawn_at=ASKED_AT),
    ]

    pages = [
        client.get(
            reverse("admin:submissions_application_change", args=[application.pk])
        ).text
        for application in (declared, *others)
    ]

    assert ["/admin/comite/proposer/" in page for page in pages] == [
        shown,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.ORGANISERS, True), (Role.CHAIR, False)]
)
def test_first_page_leads_to_the_list(role, shown):
    client = team.signed_in(team.member(role))

    assert (f'href="{OFFERS}"' in client.get("/admin/").text) is shown


def test_page_shows_the_action_and_the_mail_that_would_leave(organiser):
    application = declared_action(title="L’œuf <d’Étiolles>")

    response = organiser.get(offer(application))

    assert response.status_code == 200
    assert 'value="2027-06-24"' in response.text
    assert "L’œuf &lt;d’Étiolles&gt;" in response.text
    assert application.pitch in response.text
    assert DEADLINE in response.context["body"]
    assert LINK in response.context["body"]
    assert "\x1e" not in response.text
    assert not Mail.objects.exists()


def test_mail_that_leaves_is_the_one_that_was_shown(organiser):
    application = declared_action(title="L’œuf <d’Étiolles> & {{ lien }}")
    shown = organiser.get(offer(application)).context

    response = ask(organiser, application, previewed="2027-06-24")

    mail, now = Mail.objects.get(), stored(application)
    assert mail.subject == shown["subject"]
    assert mail.body.replace("\x1e", LINK) == shown["body"]
    assert (now.asked_to_present_at, now.editable_until) == (ASKED_AT, ASKED_UNTIL)
    assert f"Le courriel part à {application.email}." in response.text
    assert "le 10/06/2027, jusqu’au 24/06/2027" in response.text
    assert Event.objects.get().user is not None


def test_a_day_changed_shows_the_mail_again_before_it_leaves(organiser):
    application = declared_action()

    first = ask(organiser, application, "2027-07-01", previewed="2027-06-24")
    left_at_once = Mail.objects.count()
    ask(organiser, application, "2027-07-01", previewed="2027-07-01")

    assert left_at_once == 0
    assert "jeudi 1er\u00a0juillet 2027" in first.context["body"]
    assert 'name="previewed" value="2027-07-01"' in first.text
    assert "Rien n’est encore parti" in first.text
    assert "jeudi 1er\u00a0juillet 2027" in Mail.objects.get().body


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Indiquez un jour."),
        ("2027-06-09", "Ce jour est passé."),
        ("2029-01-01", "Un an au plus."),
        (
            "2027-10-21",
            "Les Assises ont lieu le jeudi 21\u00a0octobre 2027\u00a0: choisissez un jour"
            " avant.",
        ),
    ],
)
def test_day_that_serves_nothing_is_refused(organiser, typed, said):
    application = declared_action()

    response = ask(organiser, application, typed)

    assert response.status_code == 422
    assert response.context["form"].errors == {"last_day": [said]}
    assert not Mail.objects.exists()


def test_a_day_given_is_not_shortened(organiser):
    application = declared_action(asked=True)

    response = ask(organiser, application, "2027-06-23")

    assert list(response.context["form"].errors) == ["last_day"]
    assert DEADLINE in response.context["form"].errors["last_day"][0]
    assert stored(application).editable_until == ASKED_UNTIL


@pytest.mark.parametrize(
    ("held_in", "given", "day"),
    [
        (100, None, "2027-06-24"),
        (10, None, "2027-06-19"),
        (100, 30, "2027-07-10"),
        (100, 3, "2027-06-24"),
    ],
)
def test_day_to_begin_with_is_sensible(organiser, edition, held_in, given, day):
    edition.reviews_due_on = edition.results_on = None
    edition.held_on = ASKED_AT.date() + timedelta(days=held_in)
    edition.save()
    until = ASKED_UNTIL + timedelta(days=given - 14) if given else None

    response = organiser.get(offer(declared_action(editable_until=until)))

    assert f'value="{day}"' in response.text


def test_asking_the_same_day_twice_mails_once(organiser):
    application = declared_action()
    ask(organiser, application)

    response = ask(organiser, application)

    assert "était déjà demandée" in response.text
    assert Mail.objects.count() == 1


def test_taking_back_holds_the_mail_that_has_not_left(organiser):
    application = declared_action()
    ask(organiser, application)
    before = organiser.get(offer(application)).text

    response = organiser.post(offer(application), {"geste": "annuler"}, follow=True)
    again = organiser.post(offer(application), {"geste": "annuler"}, follow=True)

    assert "Annuler la demande" in before
    assert "La demande est annulée." in response.text
    assert "Annuler la demande" not in response.text
    assert "rien n’a changé" in again.text
    assert stored(application).asked_to_present_at is None
    assert Mail.objects.get().state == Mail.State.CANCELLED


@pytest.mark.parametrize("trait", ["complete", "proposed"])
def test_who_declared_no_action_is_not_asked(organiser, trait):
    application = factories.ApplicationFactory(**{trait: True}, sent=True)

    shown = organiser.get(offer(application))
    posted = organiser.post(offer(application), {"last_day": "2027-06-24"})

    expected = 404 if trait == "complete" else 302
    assert (shown.status_code, posted.status_code) == (expected, expected)
    assert stored(application).asked_to_present_at is None


def test_results_published_do_not_end_the_offer(organiser, edition):
    edition.results_published_at = ASKED_AT - timedelta(days=1)
    edition.save()
    application = declared_action()

    ask(organiser, application)

    assert stored(application).asked_to_present_at == ASKED_AT


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_one_action(organiser, django_assert_num_queries, rows):
    applications = [declared_action(asked=True) for _ in range(rows)]

    with django_assert_num_queries(7):
        response = organiser.get(offer(applications[0]))

    assert response.status_code == 200
