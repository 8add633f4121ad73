import pytest
from django.urls import reverse

from assises.models import Event
from assises.permissions import Role
from submissions import lifecycle
from submissions.models import Application, Snapshot
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

LIST = reverse("admin:submissions_application_changelist")
sent = factories.proposal_found_by_its_words


def correction(client, application, **texts):
    """Post the correction form of ``application`` with ``texts`` changed."""
    form = client.get(page(application)).context["adminform"].form
    typed = {name: form.initial.get(name) or "" for name in form.fields}
    return client.post(
        page(application),
        {**typed, "version": application.version, **texts, "_continue": ""},
    )


def found(client, query):
    return [row.pk for row in client.get(LIST, {"q": query}).context["cl"].result_list]


def page(application):
    return reverse("admin:submissions_application_change", args=[application.pk])


@pytest.fixture
def organiser():
    return team.signed_in(team.member(Role.ORGANISERS))


@pytest.fixture
def reader():
    return team.signed_in(team.member(Role.READERS))


def test_correction_writes_one_event_one_version_one_snapshot(organiser):
    application = sent()

    response = correction(
        organiser, application, title="Les  fusées\u200b", presenters="Zoé Petit"
    )

    application.refresh_from_db()
    event = Event.objects.get()
    assert response.status_code == 302
    assert application.title == "Les  fusées\u200b"
    assert application.version == 2
    assert "zoe" not in application.search_text
    assert "fusee" in application.search_text
    assert event.changed == ["presenters", "title"]
    assert event.values == {"title": "Les  fusées\u200b"}
    assert event.object_label == f"réponse {application.reference}"
    snapshot = Snapshot.objects.get()
    assert snapshot.content["action"]["title"] == "Les  fusées\u200b"


def test_correction_touches_no_other_column(organiser):
    application = sent()
    before = Application.objects.filter(pk=application.pk).values().get()

    correction(
        organiser,
        application,
        title="Autre",
        state="withdrawn",
        email="pirate@example.org",
        kind="declare",
    )

    after = Application.objects.filter(pk=application.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {
        "title",
        "version",
        "search_text",
    }


def test_same_texts_again_write_nothing(organiser):
    application = sent()

    correction(organiser, application)

    application.refresh_from_db()
    assert (application.version, Event.objects.count(), Snapshot.objects.count()) == (
        1,
        0,
        0,
    )


@pytest.mark.parametrize(
    "name", ["title", "pitch", "description", "takeaway", "presenters"]
)
def test_sent_answer_stays_complete(organiser, name):
    application = sent()

    response = correction(organiser, application, **{name: "\u200b"})

    assert response.status_code == 200
    assert dict(response.context["adminform"].form.errors) == {
        name: ["Ce texte est nécessaire : il se corrige, il ne se vide pas."]
    }
    application.refresh_from_db()
    assert application.version == 1


def test_draft_loses_no_text_that_it_needs(organiser):
    application = factories.ApplicationFactory(
        declared=True, pitch="", seeks="Une salle"
    )
    title = application.title

    refused = correction(organiser, application, title="")
    correction(organiser, application, seeks="")

    application.refresh_from_db()
    assert list(refused.context["adminform"].form.errors) == ["title"]
    assert (application.title, application.pitch, application.seeks) == (title, "", "")
    assert Snapshot.objects.count() == 0


def test_withdrawn_answer_is_left_as_it_was(organiser):
    application = sent()
    lifecycle.withdraw(application, at=factories.WHILE_OPEN)

    seen = organiser.get(page(application))
    refused = organiser.post(
        page(application), {"title": "Non", "version": 2, "_continue": ""}
    )

    facts = [label for label, _ in seen.context["facts"]]
    assert ("Retirée" in facts, "Modifiable" in facts) == (True, False)
    assert "Corriger les textes" not in seen.text
    assert "Retirer la réponse" not in seen.text
    assert refused.status_code == 403


def test_too_long_a_text_is_shown_again_whole(organiser):
    application = sent()
    typed = "é" * 101

    response = correction(organiser, application, title=typed)

    form = response.context["adminform"].form
    assert form["title"].value() == typed
    assert form.errors["title"] == ["100 signes au plus\u00a0: il y a 1 signe de trop."]


def test_correction_of_a_page_read_before_another_one_is_refused(organiser):
    application = sent()
    Application.objects.update(version=2, title="Changé entre-temps")

    response = correction(organiser, application, title="Trop tard")

    application.refresh_from_db()
    assert application.title == "Changé entre-temps"
    assert list(response.context["adminform"].form.errors) == ["version"]


def test_reader_corrects_nothing(reader):
    application = sent()

    response = reader.post(
        page(application), {"title": "Non", "version": 1, "_save": ""}
    )

    application.refresh_from_db()
    assert response.status_code == 403
    assert application.version == 1


def test_corrected_structure_lets_its_answers_be_found_and_keeps_a_version(organiser):
    application = sent()
    structure = application.structure
    url = reverse("admin:assises_structure_change", args=[structure.pk])

    organiser.post(
        url,
        {"name": "Planétarium Démo", "kind": structure.kind, "seat": structure.seat_id},
    )

    assert found(organiser, "planetarium") == [application.pk]
    assert Snapshot.objects.get().content["structure"]["name"] == "Planétarium Démo"


def test_corrected_address_of_a_contact_is_to_confirm_again(organiser):
    application = sent()
    contact = application.contact
    contact.email_confirmed_at = factories.WHILE_OPEN
    contact.save()
    url = reverse("admin:assises_contact_change", args=[contact.pk])

    organiser.post(
        url, {"first_name": "Chloé", "last_name": "Lefèvre", "email": "c@exemple.fr"}
    )

    contact.refresh_from_db()
    event = Event.objects.get()
    assert (contact.email, contact.email_confirmed_at) == ("c@exemple.fr", None)
    assert found(organiser, "lefevre") == [application.pk]
    assert event.changed == ["email", "last_name", "phone"]
    assert event.values == {}
