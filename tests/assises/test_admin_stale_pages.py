"""A page of the administration left open overwrites nothing unseen."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from assises.models import Contact, Edition, Event, Page, Structure, User
from assises.people.permissions import Role
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def page_of(row):
    label = row._meta.label_lower.replace(".", "_")
    return reverse(f"admin:{label}_change", args=[row.pk])


def opened(client, url):
    """Return what a browser would send of the page at ``url``, as it was shown."""
    return sent(client.get(url).context["adminform"].form)


def sent(form):
    values = {name: form[name].value() for name in form.fields}
    values = {
        name: "on" if value is True else value
        for name, value in values.items()
        if value is not None and value is not False
    }
    return {**values, "seen": form.seen}


@pytest.fixture
def rows():
    """Return a row of each page, what is stored meanwhile, and what is typed."""
    return {
        "page": (factories.PageFactory(), "body", "Second", "Le mien"),
        "structure": (factories.StructureFactory(), "name", "Seconde", "La mienne"),
        "edition": (Edition.objects.get(), "venue", "Ailleurs", "Chez moi"),
        "user": (factories.UserFactory(), "first_name", "Lou", "Zoé"),
        "contact": (factories.ContactFactory(), "function", "Autre", "Directrice"),
    }


@pytest.mark.parametrize("kind", ["page", "structure", "edition", "user", "contact"])
def test_a_field_changed_on_both_sides_is_shown_twice_then_knowingly_replaced(
    organiser, rows, kind
):
    row, name, stored, mine = rows[kind]
    url, mine_only = page_of(row), {name: mine}
    if kind == "user":
        row.groups.add(team.group(Role.DESK))
    typed = opened(organiser, url)
    type(row).objects.filter(pk=row.pk).update(**{name: stored})

    refused = organiser.post(url, {**typed, **mine_only})
    before = type(row).objects.values_list(name, flat=True).get(pk=row.pk)
    form = refused.context["adminform"].form
    accepted = organiser.post(url, sent(form))

    assert (refused.status_code, before) == (409, stored)
    assert [(told.stored, told.typed) for told in form.conflicts] == [(stored, mine)]
    assert f"En place\u00a0:</span> {stored}<" in refused.text
    assert form[name].value() == mine
    assert accepted.status_code == 302
    row.refresh_from_db()
    assert getattr(row, name) == mine


# Another field of the same page.
OTHERS = {
    "page": "title",
    "structure": "about",
    "edition": "title",
    "user": "last_name",
    "contact": "last_name",
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_stale_page_writes_only_what_was_typed_in_it(organiser, rows, kind):
    row, name, stored, _ = rows[kind]
    if kind == "user":
        row.groups.add(team.group(Role.DESK))
    other = OTHERS[kind]
    url = page_of(row)
    typed = opened(organiser, url)
    type(row).objects.filter(pk=row.pk).update(**{name: stored})

    response = organiser.post(url, {**typed, other: "Corrigé"})

    row.refresh_from_db()
    assert response.status_code == 302
    assert (getattr(row, name), getattr(row, other)) == (stored, "Corrigé")
    assert Event.objects.get().changed == [other]


def test_a_box_ticked_meanwhile_stays_ticked(organiser):
    structure = factories.StructureFactory(listed=False)
    url = page_of(structure)
    typed = opened(organiser, url)
    Structure.objects.update(listed=True)

    organiser.post(url, {**typed, "about": "Corrigé"})

    structure.refresh_from_db()
    assert (structure.listed, structure.about) == (True, "Corrigé")


def test_a_closing_moved_meanwhile_is_not_moved_back(organiser, edition):
    url = reverse("admin:assises_edition_calendar", args=[edition.pk])
    typed = opened(organiser, url)
    moved = datetime(2027, 6, 15, 22, tzinfo=UTC)
    edition.closes_at = moved
    edition.save()

    kept = organiser.post(url, {**typed, "grace_minutes": "20"})
    refused = organiser.post(url, {**typed, "last_day": "2027-06-30"})

    edition.refresh_from_db()
    assert (kept.status_code, refused.status_code) == (302, 409)
    assert (edition.closes_at, edition.grace_minutes) == (moved, 20)


def test_a_role_given_meanwhile_is_not_taken_back(organiser):
    user = team.member(Role.DESK)
    url = page_of(user)
    typed = opened(organiser, url)
    user.groups.set([team.group(Role.READERS)])

    kept = organiser.post(url, {**typed, "first_name": "Zoé"})
    refused = organiser.post(url, {**typed, "groups": [team.group(Role.CHAIR).pk]})

    [told] = refused.context["adminform"].form.conflicts
    assert (kept.status_code, refused.status_code) == (302, 409)
    assert (told.stored, told.typed) == (Role.READERS, Role.CHAIR)
    assert list(User.objects.get(pk=user.pk).groups.all()) == [team.group(Role.READERS)]


def test_a_column_that_the_page_does_not_show_is_never_written(organiser, monkeypatch):
    page = factories.PageFactory()
    url = page_of(page)
    typed = opened(organiser, url)
    written = []
    save = Page.save
    monkeypatch.setattr(
        Page,
        "save",
        lambda row, **options: written.append(options) or save(row, **options),
    )

    organiser.post(url, {**typed, "title": "Corrigé"})

    assert written == [{"update_fields": ["title"]}]


def test_the_same_page_saved_twice_is_no_conflict(organiser):
    page = factories.PageFactory()
    url = page_of(page)
    typed = {**opened(organiser, url), "body": "## Corrigé\r\n\r\nDeux lignes."}

    responses = [organiser.post(url, typed) for _ in range(2)]

    assert [response.status_code for response in responses] == [302, 302]
    assert Event.objects.count() == 1


def test_organisers_read_the_consents_of_a_person_and_change_none(organiser):
    contact = factories.ContactFactory(on_shared_list=True)
    url = page_of(contact)
    typed = opened(organiser, url)

    organiser.post(url, {**typed, "keep_informed": "on", "function": "Directrice"})

    contact.refresh_from_db()
    consents = (contact.shows_email, contact.on_shared_list, contact.keep_informed)
    assert (consents, contact.function) == ((False, True, False), "Directrice")
    shown = organiser.get(url).text
    assert "participantes et participants\u00a0: oui" in shown
    assert "adresse visible du public\u00a0: non" in shown
    assert Contact.objects.count() == 1
