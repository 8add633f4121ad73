from datetime import timedelta
from functools import partial

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from assises.models import Commune, Event, Mail
from assises.people.permissions import Role
from submissions.models import Application
from tests import factories, team
from tests.submissions.desk import LIST, correction, found, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

CREATED = factories.WHILE_OPEN
RESUMED = (
    "par la seule personne qui a répondu, depuis son dossier, jusqu’au lundi 31\u00a0mai"
    " 2027 inclus (23\u00a0h\u00a059, heure de\u00a0Paris)"
)
sent = partial(factories.ApplicationFactory, proposed=True, sent=True)


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


def test_answers_are_listed_by_their_sending_or_else_their_start(organiser):
    first = factories.ApplicationFactory(
        sent=True, sent_at=CREATED + timedelta(hours=1)
    )
    last = factories.ApplicationFactory(sent=True, sent_at=CREATED + timedelta(hours=3))
    draft = factories.ApplicationFactory(created_at=CREATED + timedelta(hours=2))

    assert found(organiser, "") == [last.pk, draft.pk, first.pk]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("evry", {"action"}),
        ("Évry-Courcouronnes", {"action"}),
        ("nandy", {"seat"}),
        ("fusées evry", {"action"}),
        ("grigny", set()),
    ],
)
@pytest.mark.parametrize("role", [Role.ORGANISERS, Role.READERS])
def test_answer_is_found_by_the_communes_of_its_action_and_seat(role, query, expected):
    client = team.signed_in(team.member(role))
    elsewhere = factories.StructureFactory(seat=None, seat_elsewhere=True)
    by_action = sent(title="Les fusées", structure=elsewhere)
    by_action.communes.set(["91228"])
    nandy = factories.StructureFactory(seat=Commune.objects.get(pk="77326"))
    by_seat = sent(structure=nandy)
    by_seat.communes.clear()
    names = {by_action.pk: "action", by_seat.pk: "seat"}

    assert {names[pk] for pk in found(client, query)} == expected


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
    factories.retype(application)

    assert found(organiser, query) == [application.pk]
    assert found(reader, query) == []


def test_reader_reads_the_answer_but_nobody_in_it(organiser, reader):
    application = sent(unit="Classe de Mme Durand", presenters="Chloé Martin")
    factories.MailFactory(reference=application.key, subject="Bien reçue")
    hidden = ["Chloé", "porteuse", "Mme Durand", "+3319", "01\u202f99", "Bien reçue"]

    seen = organiser.get(page(application)).text
    text = reader.get(page(application)).text

    assert [word for word in hidden if word not in seen] == []
    assert [word for word in hidden if word in text] == []
    assert application.takeaway in text
    assert "Enregistrer la correction" not in text


def test_page_shows_every_section_and_folds_what_was_not_answered(organiser):
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
    assert '<dd dir="auto" class="empty">' not in response.text
    assert f"<summary>{len(response.context['unanswered'])} questions sans réponse" in (
        response.text
    )


def test_page_shows_mails_versions_and_journal(organiser):
    application = sent()
    factories.MailFactory(reference=application.key, state="failed")
    factories.MailFactory(reference="OTHER234")
    correction(organiser, application, title="Un titre corrigé")

    context = organiser.get(page(application)).context

    assert [(mail.reference, mail.state) for mail in context["mails"]] == [
        (application.key, "failed")
    ]
    assert [snapshot.number for snapshot in context["snapshots"]] == [1]
    assert [line["verb"] for line in context["lines"]] == ["réponse corrigée"]


def withdraw(client, *answers, **confirmed):
    """Choose « Retirer la réponse » for ``answers`` in the list."""
    chosen = [answer.pk for answer in answers]
    action = {"action": "withdraw_answers", "_selected_action": chosen}
    return client.post(LIST, {**action, **confirmed}, follow=True)


def test_withdrawing_asks_first_and_says_who_is_told(organiser):
    structure = factories.StructureFactory(name="Association Comète")
    second = factories.ContactFactory(structure=structure, email="lou@example.org")
    application = sent(structure=structure, second_contact=second)
    draft = factories.ApplicationFactory()

    response = withdraw(organiser, application, draft)

    assert [answer.pk for answer in response.context["answers"]] == [application.pk]
    assert f"courriel à {application.contact.email} et à lou@example.org" in (
        response.text
    )
    assert [str(message) for message in response.context["messages"]] == [
        f"{draft.reference}\u00a0: seule une réponse envoyée se retire."
    ]
    assert (Application.objects.sent().count(), Mail.objects.count()) == (1, 0)


def test_one_answer_is_asked_about_from_its_own_page(organiser):
    application = sent()

    response = organiser.post(
        page(application),
        {"CHANGE_FORM-action": "withdraw_answers", "_selected_action": application.pk},
    )

    assert response.context["answers"] == [application]
    assert Application.objects.get().is_sent


def test_only_organisers_withdraw(reader):
    application = sent()

    withdraw(reader, application, confirmed="yes")

    assert Application.objects.get().is_sent


def test_withdrawing_goes_through_its_process_once(organiser):
    application = sent()

    first = withdraw(organiser, application, confirmed="yes")
    second = withdraw(organiser, application, confirmed="yes")

    application.refresh_from_db()
    assert application.state == Application.State.WITHDRAWN
    assert list(Event.objects.values_list("verb", flat=True)) == ["réponse retirée"]
    assert [str(message) for message in first.context["messages"]] == [
        f"{application.reference} est retirée."
    ]
    assert [message.level_tag for message in second.context["messages"]] == ["warning"]
    assert Mail.objects.get().kind == "application_withdrawn"
    assert ("À reprendre", RESUMED) in first.context["facts"]


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
    rows = {
        "proposed": sent(),
        "declared": factories.ApplicationFactory(
            declared=True,
            sent=True,
            structure=structure,
            email_confirmed_at=factories.WHILE_OPEN,
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
    application = factories.ApplicationFactory(declared=True)
    application.type("action", {"starts": ["31/02/2027"]})
    application.save()
    ContentType.objects.get_for_model(Application)  # kept by each process

    with django_assert_num_queries(9):
        response = organiser.get(page(application))

    assert "31/02/2027" in response.text


def test_a_reader_never_reads_the_name_of_an_individual(edition):
    answer = factories.ApplicationFactory(
        sent=True,
        structure__name="Bernadette Moulinot",
        structure__kind="individuel",
    )
    reader = team.signed_in(team.member(Role.READERS))
    pages = [
        reverse("admin:submissions_application_changelist"),
        reverse("admin:submissions_application_changelist") + "?q=moulinot",
        reverse("admin:submissions_application_change", args=[answer.pk]),
        reverse("admin:assises_structure_changelist") + "?q=moulinot",
    ]

    texts = [reader.get(page).text.replace("moulinot", "") for page in pages]
    found = reader.get(pages[1]).context["cl"].result_count
    card = reader.get(
        reverse("admin:assises_structure_change", args=[answer.structure_id])
    )

    assert not [text for text in texts if "Moulinot" in text]
    assert "Personne à titre individuel" in texts[0]
    assert found == 0
    assert card.status_code != 200


@pytest.mark.parametrize("kind", ["individuel", ""])
def test_a_reader_never_reads_a_name_that_has_no_structure_yet(reader, organiser, kind):
    typed = {"name": ["Bernadette Moulinot"], "kind": [kind], "seat": [""]}
    draft = factories.ApplicationFactory(typed={"structure": typed})

    assert "Moulinot" not in reader.get(page(draft)).text
    assert "Moulinot" in organiser.get(page(draft)).text


def test_a_reader_never_reads_the_name_of_a_structure_becoming_an_individual(reader):
    draft = factories.ApplicationFactory(complete=True)
    draft.type("structure", {"kind": ["individuel"]})
    draft.save()

    assert draft.structure.name not in reader.get(page(draft)).text
