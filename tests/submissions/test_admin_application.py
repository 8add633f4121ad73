import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from assises.models import Commune, Event
from assises.permissions import Role
from submissions.models import Application, Snapshot
from tests import factories, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

LIST = reverse("admin:submissions_application_changelist")


def page(application):
    return reverse("admin:submissions_application_change", args=[application.pk])


@pytest.fixture
def organiser():
    return team.signed_in(team.member(Role.ORGANISERS))


@pytest.fixture
def reader():
    return team.signed_in(team.member(Role.READERS))


def sent(**values):
    """Return a proposal that was sent, found by its words."""
    application = factories.ApplicationFactory(proposed=True, sent=True, **values)
    found_by = application.searchable()
    Application.objects.filter(pk=application.pk).update(search_text=found_by)
    return application


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


@pytest.mark.parametrize(
    "query",
    [
        "K7QF-2M9X",
        "k7qf2m9x",
        "fusées",
        "FUSEE",
        "comete",
        "lefèvre",
        "chloe.lefevre@example.org",
        "fusées lefevre",
    ],
)
def test_answer_is_found_by_any_of_its_words(organiser, query):
    structure = factories.StructureFactory(name="Association Comète")
    contact = factories.ContactFactory(structure=structure, last_name="Lefèvre")
    wanted = sent(
        key="K7QF2M9X",
        title="Les fusées du lycée",
        email="chloe.lefevre@example.org",
        structure=structure,
        contact=contact,
    )
    sent(key="ABCDEFGH", structure=factories.StructureFactory(name="Musée"))

    assert found(organiser, query) == [wanted.pk]


@pytest.mark.parametrize(
    ("query", "count"), [("k7qf-2m9x", 1), ("robotique", 1), ("comete", 1)]
)
def test_reader_finds_by_reference_title_and_structure(reader, query, count):
    sent(key="K7QF2M9X")

    assert len(found(reader, query)) == count


@pytest.mark.parametrize("query", ["martin", "chloé", "porteuse@example.org"])
def test_reader_finds_nobody_by_name_or_address(organiser, reader, query):
    application = sent(email="porteuse@example.org")
    application.contact.last_name = "Martin"
    application.contact.save()
    Application.objects.update(
        search_text=Application.objects.get(pk=application.pk).searchable()
    )

    assert found(organiser, query) == [application.pk]
    assert found(reader, query) == []


def test_reader_reads_the_answer_but_nobody_in_it(organiser, reader):
    application = sent(unit="Classe de Mme Durand", presenters="Chloé Martin")
    factories.MailFactory(reference=application.key, subject="Bien reçue")
    hidden = ["Chloé", "porteuse", "Mme Durand", "+3319", "01\u202f99", "Bien reçue"]

    seen = organiser.get(page(application)).text
    text = reader.get(page(application)).text

    assert [word for word in hidden if word not in seen] == ["+3319"]
    assert [word for word in hidden if word in text] == []
    assert application.takeaway in text
    assert "Enregistrer la correction" not in text


def test_page_shows_every_section_and_a_dash_for_silence(organiser):
    application = sent()

    response = organiser.get(page(application))

    assert [section.slug for section in response.context["sections"]] == [
        "structure",
        "contact",
        "action",
        "territoire",
        "matinee",
        "public",
    ]
    assert '<dd class="empty">—</dd>' in response.text


def test_page_shows_mails_versions_and_journal(organiser):
    application = sent()
    factories.MailFactory(reference=application.key, state="failed")
    factories.MailFactory(reference="OTHER234")
    correction(organiser, application, title="Un titre corrigé")

    context = organiser.get(page(application)).context

    assert [(line.mail.reference, line.wrong) for line in context["mails"]] == [
        (application.key, True)
    ]
    assert [snapshot.number for snapshot in context["snapshots"]] == [1]
    assert [line.verb for line in context["lines"]] == ["réponse corrigée"]


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
        name: ["Une réponse envoyée ne peut pas s’en passer."]
    }
    application.refresh_from_db()
    assert application.version == 1


def test_draft_may_lose_a_text(organiser):
    application = factories.ApplicationFactory(declared=True)

    correction(organiser, application, title="")

    application.refresh_from_db()
    assert (application.title, application.version) == ("", 2)
    assert Snapshot.objects.count() == 0


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


def test_withdrawing_goes_through_its_process_once(organiser):
    application = sent()
    action = {"action": "withdraw", "index": "0", "_selected_action": application.pk}

    first = organiser.post(LIST, action, follow=True)
    second = organiser.post(LIST, action, follow=True)

    application.refresh_from_db()
    assert application.state == Application.State.WITHDRAWN
    assert list(Event.objects.values_list("verb", flat=True)) == ["réponse retirée"]
    assert [str(message) for message in first.context["messages"]] == [
        f"{application.reference} est retirée."
    ]
    assert [message.level_tag for message in second.context["messages"]] == ["warning"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"proposed", "declared", "draft"}),
        ("kind__exact=propose", {"proposed"}),
        ("state__exact=draft", {"draft"}),
        ("commune=91286", {"proposed", "declared"}),
        ("commune=91228", {"proposed", "declared"}),
        ("commune=77326", set()),
        ("commune=territoire", {"declared"}),
        ("siege=77326", {"declared"}),
        ("siege=ailleurs", set()),
        ("adresse=non-confirmee", {"proposed", "draft"}),
        ("adresse=confirmee", {"declared"}),
        ("envoi=jour", {"proposed", "declared"}),
    ],
)
def test_filters_sort_answers_out(organiser, query, expected):
    structure = factories.StructureFactory(seat=Commune.objects.get(pk="77326"))
    contact = factories.ContactFactory(
        structure=structure, email_confirmed_at=factories.WHILE_OPEN
    )
    rows = {
        "proposed": sent(),
        "declared": factories.ApplicationFactory(
            declared=True,
            sent=True,
            structure=structure,
            contact=contact,
            whole_territory=True,
        ),
        "draft": factories.ApplicationFactory(),
    }

    listed = organiser.get(f"{LIST}?{query}").context["cl"].result_list

    names = {row.pk: name for name, row in rows.items()}
    assert {names[row.pk] for row in listed} == expected


@pytest.mark.parametrize("count", [1, 3])
def test_list_counts_the_same_queries(organiser, django_assert_num_queries, count):
    factories.ApplicationFactory.create_batch(count, proposed=True, sent=True)

    with django_assert_num_queries(9):
        response = organiser.get(LIST)

    assert len(response.context["cl"].result_list) == count


@pytest.mark.parametrize("count", [1, 3])
def test_page_counts_the_same_queries(organiser, django_assert_num_queries, count):
    application = sent()
    factories.MailFactory.create_batch(count, reference=application.key)
    ContentType.objects.get_for_model(Application)  # kept by each process

    with django_assert_num_queries(10):
        organiser.get(page(application))


def test_page_of_a_draft_to_correct_counts_its_queries(
    organiser, django_assert_num_queries
):
    application = factories.ApplicationFactory(
        declared=True, unfinished={"action": {"starts": ["31/02/2027"]}}
    )
    ContentType.objects.get_for_model(Application)  # kept by each process

    with django_assert_num_queries(12):
        response = organiser.get(page(application))

    assert "31/02/2027" in response.text


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
