"""Two tabs, two people: no silent overwrite."""

import pytest
from django.test import Client
from django.urls import reverse

from assises.models import Contact, Kind, Structure
from assises.people.access_links import NOBODY
from submissions.answering import drafts, holding, lifecycle, steps
from submissions.models import Application
from submissions.views import form as form_views
from tests.answers import ANSWERS, begin, fill, fill_all, fingerprint, send
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


@pytest.fixture
def application(client):
    application = begin(client, Kind.DECLARE)
    fill_all(client, application)
    return application


def test_a_stale_save_gets_both_versions(client, application):
    seen = fingerprint(client, application, "action")
    fill(
        client,
        application,
        "action",
        {**ANSWERS["action"], "title": "Titre du <b>premier</b> onglet"},
    )

    response = fill(
        client,
        application,
        "action",
        {**ANSWERS["action"], "title": "Du second"},
        seen=seen,
    )

    application.refresh_from_db()
    assert response.status_code == 409
    [told] = response.context["conflict"]
    assert (told.label, told.stored) == ("Titre", "Titre du <b>premier</b> onglet")
    assert "Titre du &lt;b&gt;premier&lt;/b&gt; onglet" in response.text
    assert 'value="Du second"' in response.text
    assert application.title == "Titre du <b>premier</b> onglet"


def test_after_reading_both_the_second_save_counts(client, application):
    seen = fingerprint(client, application, "action")
    fill(client, application, "action", {**ANSWERS["action"], "title": "Premier"})
    conflict = fill(
        client,
        application,
        "action",
        {**ANSWERS["action"], "title": "Second"},
        seen=seen,
    )

    fill(
        client,
        application,
        "action",
        {**ANSWERS["action"], "title": "Second"},
        seen=conflict.context["seen"],
    )

    application.refresh_from_db()
    assert application.title == "Second"


def test_two_tabs_on_two_steps_do_not_disturb_each_other(client, application):
    seen = fingerprint(client, application, "territoire")
    fill(client, application, "action", {**ANSWERS["action"], "title": "Autre étape"})

    response = fill(
        client,
        application,
        "territoire",
        ANSWERS["territoire"],
        seen=seen,
        follow=False,
    )

    assert response.status_code == 302


@pytest.mark.parametrize(
    "slug", ["structure", "contact", "action", "territoire", "public"]
)
def test_the_same_post_sent_twice_is_no_conflict(client, application, slug):
    typed = {**ANSWERS[slug], "website": "comete.example.org"}
    fill(client, application, slug, typed)

    response = fill(client, application, slug, typed, seen="stale", follow=False)

    assert response.status_code == 302


def test_a_save_between_reading_and_writing_is_noticed(application):
    stale = Application.objects.get(pk=application.pk)
    Application.objects.filter(pk=application.pk).update(version=99)
    form = steps.step_form(stale, "action", steps.query({"title": ["Perdu"]}))

    with pytest.raises(holding.StaleError):
        drafts.save_step(form, "action", by=NOBODY, at=WHILE_OPEN)


def test_a_sent_answer_amended_by_a_stale_page_is_not_overwritten(client, application):
    send(client, application)
    seen = fingerprint(client, application, "action")
    fill(client, application, "action", {**ANSWERS["action"], "title": "Premier"})

    response = fill(
        client,
        application,
        "action",
        {**ANSWERS["action"], "title": "Second"},
        seen=seen,
    )

    application.refresh_from_db()
    assert response.status_code == 409
    assert application.title == "Premier"
    assert application.snapshots.count() == 2


def test_an_invalid_change_of_a_sent_answer_is_shown_not_stored(client, application):
    send(client, application)

    response = fill(client, application, "action", {**ANSWERS["action"], "title": ""})

    application.refresh_from_db()
    assert list(response.context["form"].errors) == ["title"]
    assert application.title == ANSWERS["action"]["title"]
    assert application.snapshots.count() == 1
    assert application.said("action", "title") == ANSWERS["action"]["title"]


def test_a_withdrawn_answer_is_resumed_then_sent_again(client, application):
    send(client, application)
    client.post(reverse("submissions:withdraw", args=[application.key]))
    application.refresh_from_db()
    withdrawn = application.state

    client.post(reverse("submissions:resume", args=[application.key]))
    send(client, application)

    application.refresh_from_db()
    assert withdrawn == Application.State.WITHDRAWN
    assert application.state == Application.State.SENT
    assert application.snapshots.count() == 2


def test_a_draft_is_deleted_with_the_rows_it_alone_used(client, application):
    client.post(reverse("submissions:discard", args=[application.key]))

    assert not Application.objects.exists()
    assert not Contact.objects.exists()
    assert not Structure.objects.exists()


def test_a_sent_answer_cannot_be_deleted(client, application):
    send(client, application)

    client.post(reverse("submissions:discard", args=[application.key]))

    assert Application.objects.count() == 1
    assert (
        Client().get(reverse("submissions:check", args=[application.key])).status_code
        == 404
    )


@pytest.mark.parametrize("read_before", [True, False])
def test_a_step_of_an_answer_withdrawn_meanwhile_shows_the_text(
    client, application, monkeypatch, read_before
):
    send(client, application)
    seen = fingerprint(client, application, "action")
    if read_before:
        find = form_views.find_answer
        calls = []

        def withdraw_after_reading(request, key):
            found = find(request, key)
            if not calls:
                calls.append(key)
                lifecycle.withdraw(find(request, key), at=WHILE_OPEN)
            return found

        monkeypatch.setattr(form_views, "find_answer", withdraw_after_reading)
    else:
        client.post(reverse("submissions:withdraw", args=[application.key]))

    response = fill(
        client,
        application,
        "action",
        {**ANSWERS["action"], "title": "Gardé"},
        seen=seen,
    )

    application.refresh_from_db()
    assert response.status_code == 409
    assert "Gardé" in response.text
    assert "a été retirée entre-temps" in response.text
    assert application.title == ANSWERS["action"]["title"]


def test_the_check_page_of_a_withdrawn_answer_leads_to_where_it_is_resumed(
    client, application
):
    send(client, application)
    client.post(reverse("submissions:withdraw", args=[application.key]))

    for name in ("submissions:check", "submissions:receipt"):
        response = client.get(reverse(name, args=[application.key]), follow=True)
        assert response.redirect_chain[-1][0] == reverse("committee:space")


def test_leaving_a_refused_change_of_a_sent_answer_is_asked_about(client, application):
    send(client, application)
    typed = {**ANSWERS["action"], "title": ""}

    refused = fill(client, application, "action", typed)
    again = client.get(reverse("submissions:step", args=[application.key, "action"]))

    assert ("data-unsaved" in refused.text, "data-unsaved" in again.text) == (
        True,
        False,
    )
