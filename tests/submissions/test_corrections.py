from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from assises.forms.frames import FieldView
from assises.models import Contact, Event, Mail
from submissions.answering import lifecycle, propagation, snapshots
from submissions.models import Application, Snapshot
from tests import factories
from tests.answers import enter
from tests.submissions.desk import correction, found, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

sent = partial(factories.ApplicationFactory, proposed=True, sent=True)


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
    assert snapshot.content["action"]["title"] == ["Les  fusées\u200b"]


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
        "typed",
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
        name: ["Ce texte est obligatoire : il se corrige, il ne se vide pas."]
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
    assert application.title == title
    assert application.typed["public"]["seeks"] == [""]
    assert Snapshot.objects.count() == 0


def test_withdrawn_answer_is_left_as_it_was(organiser):
    application = sent()
    lifecycle.withdraw(application, at=factories.WHILE_OPEN)

    seen = organiser.get(page(application))
    refused = organiser.post(page(application), {"title": "Non", "_continue": ""})

    facts = [label for label, _ in seen.context["facts"]]
    assert ("Retirée" in facts, "Modifiable" in facts) == (True, False)
    assert "Corriger les textes" not in seen.text
    assert "Retirer la réponse" not in seen.text
    assert refused.status_code == 403


def test_refused_correction_leaves_what_is_stored_to_be_read(organiser):
    application = sent(title="Les fusées")

    response = correction(organiser, application, title="Les ballons", pitch="")

    assert list(response.context["adminform"].form.errors) == ["pitch"]
    assert response.context["adminform"].form["title"].value() == "Les ballons"
    assert "<h1>Les fusées</h1>" in response.text
    told = {
        row.name: row.value
        for section in response.context["sections"]
        for row in section.rows
    }
    assert (told["title"], told["pitch"]) == ("Les fusées", application.pitch)


def test_texts_are_asked_in_the_words_of_the_form(organiser):
    response = organiser.get(page(sent()))

    form = response.context["adminform"].form
    labels = {name: form.fields[name].label for name in ("pitch", "takeaway", "unit")}
    optional = {
        name
        for name in form.fields
        if name != "version" and FieldView(form[name]).optional
    }
    assert labels == {
        "pitch": "En une phrase",
        "takeaway": "Ce que les participantes et participants en retiendront",
        "unit": "Service, laboratoire, club ou classe",
    }
    assert optional == {"unit", "difficulty", "seeks", "offers", "minors", "equipment"}


def test_too_long_a_text_is_shown_again_whole(organiser):
    application = sent()
    typed = "é" * 101

    response = correction(organiser, application, title=typed)

    form = response.context["adminform"].form
    assert form["title"].value() == typed
    assert form.errors["title"] == ["100 caractères au plus, 1 de trop."]


def test_correction_of_a_page_read_before_another_one_shows_both(organiser):
    application = sent(title="Ancien")
    shown = organiser.get(page(application)).context["adminform"].form
    typed = {name: shown.initial.get(name) or "" for name in shown.fields}
    typed |= {"seen": shown.seen, "title": "Mon long travail", "_continue": ""}
    Application.objects.update(version=2, title="Changé entre-temps", pitch="Autre")

    refused = organiser.post(page(application), typed)
    kept = Application.objects.values_list("title", "pitch").get()
    form = refused.context["adminform"].form
    accepted = organiser.post(page(application), {**typed, "seen": form.seen})

    assert (refused.status_code, accepted.status_code) == (409, 302)
    assert [(told.stored, told.typed) for told in form.conflicts] == [
        ("Changé entre-temps", "Mon long travail")
    ]
    assert form["title"].value() == "Mon long travail"
    assert kept == ("Changé entre-temps", "Autre")
    assert Application.objects.get().title == "Mon long travail"


def test_reader_corrects_nothing(reader):
    application = sent()

    response = reader.post(page(application), {"title": "Non", "_save": ""})

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
    assert Snapshot.objects.get().content["structure"]["name"] == ["Planétarium Démo"]


@pytest.mark.parametrize("count", [1, 3])
def test_what_many_answers_bear_is_corrected_by_as_many_queries(
    django_assert_num_queries, count
):
    structure = factories.StructureFactory()
    answers = [sent(structure=structure, pk=pk) for pk in range(1, count + 1)]
    for answer in answers:
        answer.type("structure", {"name": ["Avant"]})
        answer.save()
        snapshots.take_snapshot(answer, at=factories.SENT_AT)
    structure.name = "Planétarium Démo"

    with django_assert_num_queries(4):
        propagation.propagate(structure, {"name"}, at=factories.WHILE_OPEN)

    told = Application.objects.values_list("version", "structure_name")
    assert list(told) == [(2, "Planétarium Démo")] * count
    assert [
        list(answer.snapshots.values_list("number", "content__structure__name"))
        for answer in answers
    ] == [[(1, ["Avant"]), (2, ["Planétarium Démo"])]] * count


def correct_contact(client, contact, **values):
    """Post the page of ``contact`` with ``values`` changed."""
    url = reverse("admin:assises_contact_change", args=[contact.pk])
    form = client.get(url).context["adminform"].form
    typed = {name: value for name, value in form.initial.items() if value}
    return client.post(url, {**typed, **values})


def test_corrected_address_lets_its_person_in_and_the_former_one_out(organiser):
    application = sent(email="faute@example.org", claimed_at=factories.WHILE_OPEN)
    contact = application.contact
    Contact.objects.update(email_confirmed_at=factories.WHILE_OPEN)
    receipt = reverse("submissions:receipt", args=[application.key])
    former, hers = Client(), Client()
    enter(former, "faute@example.org")
    assert former.get(receipt).status_code == 200

    correct_contact(organiser, contact, email="juste@example.org")
    hers.post(reverse("submissions:access"), {"email": "juste@example.org"})
    enter(hers, "juste@example.org")
    enter(Client(), "faute@example.org")

    contact.refresh_from_db()
    assert Mail.objects.filter(kind="link_requested").count() == 1
    assert (hers.get(receipt).status_code, former.get(receipt).status_code) == (
        200,
        404,
    )
    assert contact.email == "juste@example.org"
    assert contact.email_confirmed_at == factories.WHILE_OPEN


def test_corrected_address_is_confirmed_again_and_told(organiser):
    application = sent(email="faute@example.org")
    contact = application.contact
    Contact.objects.update(email_confirmed_at=factories.WHILE_OPEN)

    correct_contact(organiser, contact, email="juste@example.org", last_name="Lefèvre")

    contact.refresh_from_db()
    application.refresh_from_db()
    told = Mail.objects.order_by("pk").values_list("kind", "address", "link_email")
    events = Event.objects.order_by("pk").values_list("verb", "changed", "values")
    assert (contact.email, contact.email_confirmed_at) == ("juste@example.org", None)
    assert (application.email, application.version) == ("juste@example.org", 3)
    assert list(told) == [
        ("address_changed", "juste@example.org", "juste@example.org"),
        ("address_replaced", "faute@example.org", ""),
    ]
    assert list(events) == [
        ("adresse corrigée", ["email"], {}),
        ("corrige", ["email", "last_name"], {}),
    ]
    assert found(organiser, "lefevre juste@example.org") == [application.pk]
    contents = [version.content["contact"] for version in Snapshot.objects.all()]
    assert [(who["last_name"], who["email"]) for who in contents] == [
        (["Lefèvre"], ["juste@example.org"])
    ]


def test_corrected_address_leaves_the_answers_of_others_where_they_are(organiser):
    second = factories.ContactFactory(email="faute@example.org")
    hers = sent(email="autre@example.org", second_contact=second)
    draft = factories.ApplicationFactory()
    homonym = sent(email="faute@example.org")

    correct_contact(organiser, second, email="juste@example.org")

    addresses = Application.objects.order_by("pk").values_list("email", flat=True)
    told = Mail.objects.values_list("kind", "address", "reference")
    assert list(addresses) == ["autre@example.org", draft.email, homonym.email]
    assert list(told) == [("second_contact_named", "juste@example.org", hers.key)]
    assert list(Application.objects.reached_by("juste@example.org")) == [hers]


@pytest.mark.parametrize("kind", ["contact", "structure"])
def test_saving_a_row_without_change_writes_nothing(organiser, kind):
    row = getattr(sent(), kind)
    url = reverse(f"admin:assises_{kind}_change", args=[row.pk])
    form = organiser.get(url).context["adminform"].form
    typed = {name: value for name, value in form.initial.items() if value}

    response = organiser.post(url, typed)

    assert response.status_code == 302
    assert (Snapshot.objects.count(), Event.objects.count()) == (0, 0)
