"""What may be typed in the calendar of an edition, and what is said of it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from assises.models import Event
from assises.people.permissions import Role
from tests import factories, team
from tests.assises.test_admin_edition import change, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]


DEADLINE = (
    "jusqu’au mardi 15\u00a0juin 2027 inclus (23\u00a0h\u00a059, heure de\u00a0Paris)"
)


def calendar(edition):
    return reverse("admin:assises_edition_calendar", args=[edition.pk])


def test_last_day_typed_is_stored_as_the_next_midnight(organiser, edition):
    url = calendar(edition)

    response = organiser.post(
        url,
        typed(organiser, url, last_day="2027-06-15", inventory_last_day="2027-10-31"),
    )

    edition.refresh_from_db()
    assert response.status_code == 302
    assert edition.closes_at == datetime(2027, 6, 15, 22, tzinfo=UTC)
    assert edition.inventory_closes_at == datetime(2027, 10, 31, 23, tzinfo=UTC)
    assert edition.opens_at == factories.OPENS_AT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("first_day", "0001-01-01"),
        ("last_day", "9999-12-31"),
        ("inventory_last_day", "9999-12-31"),
        ("held_on", "0001-01-01"),
        ("reviews_due_on", "9999-12-31"),
        ("grace_minutes", "99999"),
        ("grace_minutes", "121"),
    ],
)
def test_a_calendar_that_no_call_has_is_refused_beside_its_field(
    organiser, edition, name, value
):
    url = calendar(edition)

    response = organiser.post(url, typed(organiser, url, **{name: value}))

    assert response.status_code == 200
    assert name in response.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "2027-05-13",
            ["L’appel est déjà ouvert\u00a0: choisissez aujourd’hui ou un jour passé."],
        ),
        ("2027-05-12", []),
        ("2027-01-15", []),
    ],
)
def test_a_call_that_has_opened_does_not_open_later(organiser, edition, day, said):
    url = calendar(edition)

    response = organiser.post(url, typed(organiser, url, first_day=day))

    edition.refresh_from_db()
    errors = response.context["adminform"].form.errors if said else {}
    assert errors.get("first_day", []) == said
    assert (edition.opens_at == factories.OPENS_AT) == bool(said)


def test_a_call_to_come_may_still_open_later(organiser, edition, while_open):
    url = calendar(edition)
    while_open.move_to(datetime(2027, 1, 20, 9, tzinfo=UTC))
    organiser = team.signed_in(team.member(Role.ORGANISERS))

    response = organiser.post(url, typed(organiser, url, first_day="2027-02-15"))

    assert response.status_code == 302


def test_form_shows_the_last_day_accepted(organiser, edition):
    form = organiser.get(calendar(edition)).context["adminform"].form

    shown = [
        form.initial[name] for name in ("first_day", "last_day", "inventory_last_day")
    ]
    assert shown == [date(2027, 2, 1), date(2027, 5, 31), date(2027, 9, 30)]


def test_closing_in_the_middle_of_a_day_stays_and_is_not_passed(organiser, edition):
    at_noon = datetime(2027, 6, 4, 10, tzinfo=UTC)
    edition.inventory_closes_at = at_noon
    edition.save()
    url, whole = calendar(edition), change(edition)

    organiser.post(whole, typed(organiser, whole, venue="Ailleurs"))
    refused = organiser.post(url, typed(organiser, url, last_day="2027-06-04"))

    edition.refresh_from_db()
    assert (edition.inventory_closes_at, edition.venue) == (at_noon, "Ailleurs")
    assert "au moins jusqu’à la clôture des propositions" in refused.text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"last_day": "2027-01-15"}, "last_day"),
        ({"inventory_last_day": "2027-05-30"}, "inventory_last_day"),
        ({"last_day": "31/02/2027"}, "last_day"),
        ({"reviews_due_on": "2027-05-30"}, "reviews_due_on"),
        ({"results_on": "2027-06-29"}, "results_on"),
        ({"results_on": "2027-05-30", "reviews_due_on": ""}, "results_on"),
        ({"held_on": "2027-07-04"}, "held_on"),
        ({"held_on": "2027-06-29", "results_on": ""}, "held_on"),
        (
            {"held_on": "2027-05-30", "results_on": "", "reviews_due_on": ""},
            "held_on",
        ),
        ({"title": " "}, "title"),
        ({"venue": "é" * 161}, "venue"),
        ({"contact_email": "abc@"}, "contact_email"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(organiser, edition, values, field):
    page = change if field in {"title", "venue", "contact_email"} else calendar
    url = page(edition)

    response = organiser.post(url, typed(organiser, url, **values))

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]
    assert Event.objects.count() == 0


def test_calendar_is_a_page_of_its_own(organiser, edition):
    whole, own = (
        set(organiser.get(page(edition)).context["adminform"].form.fields)
        for page in (change, calendar)
    )
    url = calendar(edition)
    saved = organiser.post(url, typed(organiser, url, held_on="2027-10-22"))

    assert own == {
        "answers_until",
        "confirm_by",
        "programme_on",
        "quiet_from",
        "quiet_to",
        "first_day",
        "last_day",
        "inventory_last_day",
        "grace_minutes",
        "reviews_due_on",
        "results_on",
        "held_on",
    }
    assert not whole & own
    assert url in organiser.get(change(edition)).text
    assert saved.url == change(edition)


def test_refused_date_is_not_said_to_be_on_the_site(organiser, edition):
    url = calendar(edition)

    response = organiser.post(
        url, typed(organiser, url, last_day="2027-06-15", grace_minutes="")
    )

    assert "jusqu’au lundi 31 mai 2027 inclus" in response.text
    assert "mardi 15 juin 2027" not in response.text
    assert 'value="2027-06-15"' in response.text


def test_correction_is_told_in_french_with_its_values(organiser, edition):
    url = calendar(edition)
    values = typed(organiser, url, last_day="2027-06-15", grace_minutes="20")
    organiser.post(url, values)

    response = organiser.get(
        reverse("admin:assises_edition_history", args=[edition.pk])
    )

    event = Event.objects.get()
    assert event.changed == ["closes_at", "grace_minutes"]
    assert event.values == {"closes_at": DEADLINE, "grace_minutes": "20"}
    line = response.context["lines"][0]
    assert line == {
        "when": "12/05/2027, 14\u00a0h\u00a032",
        "who": "Odile Garnier",
        "verb": "corrige",
        "changed": f"clôture des propositions pour la matinée\u00a0: {DEADLINE} ;"
        " tolérance après la clôture (minutes)\u00a0: 20",
    }


def test_journal_writes_days_and_instants_as_people_say_them(organiser, edition):
    url = calendar(edition)

    organiser.post(
        url, typed(organiser, url, held_on="2027-10-22", first_day="2027-02-02")
    )

    assert Event.objects.get().values == {
        "held_on": "vendredi 22\u00a0octobre 2027",
        "opens_at": "mardi 2\u00a0février 2027 à 0\u00a0h",
    }


def test_reader_sees_the_calendar_in_words(edition):
    reader = team.signed_in(team.member(Role.READERS))

    shown = reader.get(calendar(edition)).text

    days = {
        "Premier jour de l’appel": "lundi 1er\u00a0février 2027",
        "Dernier jour accepté pour proposer une action à la matinée": (
            "lundi 31\u00a0mai 2027"
        ),
        "Dernier jour accepté pour déclarer une action ou participer": (
            "jeudi 30\u00a0septembre 2027"
        ),
    }
    lines = [f"<dt>{label}</dt><dd>{day}</dd>" for label, day in days.items()]
    assert [line for line in lines if line not in shown] == []
