from datetime import UTC, datetime

import pytest
from django.urls import reverse

from assises.models import Edition, Event, Page, Term
from assises.people.permissions import Role
from committee.models import Criterion
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open")]


def change(edition):
    return reverse("admin:assises_edition_change", args=[edition.pk])


def typed(client, url, **values):
    """Return what the form at ``url`` would send, with ``values`` typed over it."""
    form = client.get(url).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    return {k: v for k, v in {**sent, **values}.items() if v not in (None, False)}


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ("8, 121", "120 minutes au plus."),
        ("8, 999", "120 minutes au plus."),
        ("0", "Indiquez des minutes séparées par des virgules"),
    ],
)
def test_a_talk_longer_than_a_decision_may_give_is_refused(
    organiser, edition, minutes, said
):
    url = change(edition)

    refused = organiser.post(url, typed(organiser, url, talk_lengths=minutes))
    kept = organiser.post(url, typed(organiser, url, talk_lengths="120 ; 8"))

    edition.refresh_from_db()
    form = refused.context["adminform"].form
    assert said in form.errors["talk_lengths"][0]
    assert form["talk_lengths"].value() == minutes
    assert (kept.status_code, edition.talk_lengths) == (302, [8, 120])


def test_second_current_edition_is_refused(organiser, edition):
    factories.EditionFactory(slug="2028", is_current=False)
    url = change(Edition.objects.get(slug="2028"))

    response = organiser.post(url, typed(organiser, url, is_current="on"))

    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors() == [
        "Une autre édition est déjà en cours."
    ]


def test_new_edition_starts_with_the_criteria_of_the_call(organiser, edition):
    url = reverse("admin:assises_edition_add")

    response = organiser.post(
        url,
        {
            "title": "Assises 2028",
            "slug": "2028",
            "territory": edition.territory_id,
            "first_day": "2028-02-01",
            "last_day": "2028-05-31",
            "inventory_last_day": "2028-09-30",
            "grace_minutes": "15",
            "morning_minutes": "120",
            "changeover_minutes": "2",
            "seats_per_structure": "2",
            "talk_lengths": "8, 12, 15",
            "held_on": "2028-10-19",
            "venue": "À choisir",
            "contact_name": "Secrétariat",
            "contact_email": "secretariat@example.org",
        },
    )

    assert response.status_code == 302
    new = Edition.objects.get(slug="2028")
    assert new.closes_at == datetime(2028, 5, 31, 22, tzinfo=UTC)
    assert Criterion.objects.of(new).count() == 5
    assert list(Event.objects.values_list("verb", "object_label")) == [
        ("ajoute", "Assises 2028")
    ]


def test_an_edition_asks_for_nothing_that_has_a_usual_value(organiser, edition):
    url = reverse("admin:assises_edition_add")
    needed = {
        "title": "Assises 2028",
        "slug": "2028",
        "territory": edition.territory_id,
        "first_day": "2028-02-01",
        "last_day": "2028-05-31",
        "inventory_last_day": "2028-09-30",
        "held_on": "2028-10-19",
        "venue": "À choisir",
        "contact_name": "Secrétariat",
        "contact_email": "secretariat@assises.test",
    }

    response = organiser.post(url, typed(organiser, url, **needed))

    assert response.status_code == 302
    assert Edition.objects.get(slug="2028").talk_lengths == [8, 12, 15]


def test_deleted_page_leaves_a_trace(organiser, edition):
    page = factories.PageFactory(title="Foire aux questions")

    organiser.post(
        reverse("admin:assises_page_delete", args=[page.pk]), {"post": "yes"}
    )

    assert list(Event.objects.values_list("verb", "object_label")) == [
        ("supprime", "Foire aux questions")
    ]


def test_page_is_seen_before_it_is_saved(organiser, edition):
    page = factories.PageFactory(title="Venir")
    url = reverse("admin:assises_page_change", args=[page.pk])
    new = {"title": "Venir <ici>", "body": "C’est **{jour}**.", "_preview": ""}

    shown = organiser.post(url, new)
    reader = team.signed_in(team.member(Role.READERS)).post(url, new)

    page.refresh_from_db()
    assert "<h1>Aperçu\u00a0: Venir &lt;ici&gt;</h1>" in shown.text
    assert "<strong>le jeudi 21\u00a0octobre 2027</strong>" in shown.text
    assert (page.title, Event.objects.count()) == ("Venir", 0)
    assert 'name="_preview"' in organiser.get(url).text
    assert reader.status_code == 403


def test_page_is_seen_on_the_site_from_its_form(organiser, edition):
    page = factories.PageFactory(slug="questions")

    response = organiser.get(reverse("admin:assises_page_change", args=[page.pk]))

    assert response.context["absolute_url"] == "/pages/questions/"


def test_code_of_a_term_stays_once_it_exists(organiser, edition):
    term = Term.objects.get(code="robotique")
    url = reverse("admin:assises_term_change", args=[term.pk])

    organiser.post(url, {"label": "Robots", "code": "robots", "order": term.order})

    term.refresh_from_db()
    assert (term.label, term.code) == ("Robots", "robotique")


@pytest.mark.parametrize(
    ("title", "slug", "kept"),
    [
        ("Venir à vélo", "", "venir-a-velo"),
        ("Venir à vélo", "velo", "velo"),
        ("é" * 100, "", "e" * 60),
    ],
)
def test_page_takes_its_name_from_its_title(organiser, edition, title, slug, kept):
    url = reverse("admin:assises_page_add")

    response = organiser.post(url, {"title": title, "slug": slug, "order": "0"})

    assert response.status_code == 302
    assert Page.objects.get().slug == kept


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("?!", "Rien ne s’en tire\u00a0: tapez-le."),
        ("Venir", "Une autre page porte déjà ce nom."),
    ],
)
def test_name_of_a_page_that_cannot_be_is_said(organiser, edition, title, said):
    factories.PageFactory(slug="venir")
    url = reverse("admin:assises_page_add")

    response = organiser.post(url, {"title": title, "slug": "", "order": "0"})

    assert dict(response.context["adminform"].form.errors) == {"slug": [said]}


def test_saving_and_deleting_are_told_and_lead_back(organiser, edition):
    page = factories.PageFactory(title="Accès <plan>")
    url = reverse("admin:assises_page_change", args=[page.pk])
    values = typed(organiser, url, order="1")

    stayed = organiser.post(url, {**values, "_continue": ""}, follow=True)
    left = organiser.post(url, values, follow=True)
    gone = organiser.post(
        reverse("admin:assises_page_delete", args=[page.pk]),
        {"post": "yes"},
        follow=True,
    )

    link = f'<a href="{url}">Accès &lt;plan&gt;</a>'
    told = [str(*response.context["messages"]) for response in (stayed, left, gone)]
    assert told == [
        f"C’est enregistré\u00a0: {link}.",
        f"C’est enregistré\u00a0: {link}.",
        "C’est supprimé\u00a0: Accès <plan>.",
    ]
    assert [response.request["PATH_INFO"] for response in (left, gone)] == [
        reverse("admin:assises_page_changelist")
    ] * 2


def test_list_of_contacts_writes_telephones_as_they_are_read(organiser, edition):
    factories.ContactFactory(phone="+33199004567")

    shown = organiser.get(reverse("admin:assises_contact_changelist")).text

    assert (
        '<td class="field-telephone">01\u202f99\u202f00\u202f45\u202f67</td>' in shown
    )
