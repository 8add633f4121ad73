"""From the first screen to the receipt, through each kind of answer, without JavaScript."""

import re

import pytest
from django.urls import reverse

from assises.models import Contact, Kind, Mail, Structure
from submissions.answering import steps
from submissions.forms.action import ActionForm
from submissions.models import Application
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send
from tests.factories import ApplicationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def lacks_of(response):
    """Return what the check page says is missing, as pairs of step and field."""
    return [
        (lack.step, lack.field)
        for _, group in response.context["lacks"]
        for lack in group
    ]


def test_what_one_form_changes_of_its_fields_no_other_one_sees():
    application = ApplicationFactory(proposed=True)
    changed, other = (steps.step_form(application, "action") for _ in range(2))

    for field in changed.fields.values():
        field.needed = field.required = "changed"
        field.label, field.initial = "Changé", "changé"
        if hasattr(field, "choices"):
            field.choices = [("change", "Changé")]

    for name, field in (*other.fields.items(), *ActionForm.base_fields.items()):
        told = (field.label, field.initial, field.required)
        assert not {"Changé", "changé", "changed"} & {*told}, name
        assert "change" not in dict(getattr(field, "choices", [])), name
        assert "change" not in dict(getattr(field.widget, "choices", [])), name


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_leads_to_its_receipt(client, kind):
    application = begin(client, kind)

    fill_all(client, application)
    response = send(client, application)

    application.refresh_from_db()
    assert response.redirect_chain == [
        (reverse("submissions:receipt", args=[application.key]), 302)
    ]
    assert application.state == Application.State.SENT
    assert application.reference in response.text
    assert application.snapshots.count() == 1
    assert list(Mail.objects.order_by("pk").values_list("kind", flat=True)) == [
        "application_started",
        "application_received",
    ]


def test_what_is_stored_is_what_was_typed(client):
    application = begin(client, Kind.PROPOSE)

    fill_all(client, application)
    send(client, application)

    application = Application.objects.get(pk=application.pk)
    assert application.structure.name == "Association Démo Comète"
    assert application.structure.seat_id == "91225"
    assert application.contact.first_name == "Zoé"
    assert application.contact.phone == "+33199001234"
    assert application.title == "Les petites mains de la robotique"
    assert application.description == "Un club\n\ndu mercredi : « l’œuf » à 5 €."
    assert sorted(term.code for term in application.terms.all()) == [
        "egalite-des-chances",
        "elementaire",
        "filles",
        "innovation-pedagogique",
    ]
    assert sorted(application.communes.values_list("name", flat=True)) == [
        "Grigny",
        "Étiolles",
    ]
    assert application.presenters == "Zoé Noël, animatrice"


def test_check_page_lists_what_is_missing_with_links(client):
    application = begin(client, Kind.DECLARE)
    fill(client, application, "structure", ANSWERS["structure"])

    response = client.get(reverse("submissions:check", args=[application.key]))

    lacking = lacks_of(response)
    assert lacking == [
        ("contact", "last_name"),
        ("contact", "direction_informed"),
        ("action", "title"),
        ("action", "pitch"),
        ("action", "stage"),
        ("action", "axes"),
        ("territoire", "communes"),
        ("territoire", "audiences"),
    ]
    address = reverse("submissions:step", args=[application.key, "action"])
    assert f'href="{address}?retour=verifier#id_title"' in response.text


def test_sending_what_is_incomplete_changes_nothing(client):
    application = begin(client, Kind.DECLARE)

    response = send(client, application)

    application.refresh_from_db()
    assert response.status_code == 422
    assert application.state == Application.State.DRAFT
    assert not application.snapshots.exists()


def test_an_invalid_field_is_kept_and_empties_no_other(client):
    application = begin(client, Kind.DECLARE)
    fill(client, application, "action", ANSWERS["action"])
    too_long = "é" * 214

    response = fill(
        client,
        application,
        "action",
        {**ANSWERS["action"], "pitch": too_long, "ends": "31/02/2027"},
    )

    application.refresh_from_db()
    assert response.context["form"].errors == {
        "pitch": ["200 caractères au plus, 14 de trop."],
        "ends": [
            "Indiquez une année, ou un mois et une année\u00a0: 2027, 09/2027 ou septembre 2027."
        ],
    }
    assert application.title == ANSWERS["action"]["title"]
    assert application.typed["action"]["stage"] == [ANSWERS["action"]["stage"]]
    again = client.get(reverse("submissions:step", args=[application.key, "action"]))
    assert too_long in again.text
    assert "31/02/2027" in again.text
    assert again.context["form"].errors.keys() == {"pitch", "ends"}


def test_a_draft_is_what_was_typed_and_no_row_of_anything(client):
    application = begin(client, Kind.PROPOSE)

    fill_all(client, application)

    application.refresh_from_db()
    rows = (application.structure, application.contact, application.second_contact)
    assert rows == (None, None, None)
    assert not Structure.objects.exists()
    assert not Contact.objects.exists()
    assert not application.terms.exists()
    assert not application.communes.exists()
    assert (application.structure_name, application.person, application.title) == (
        "Association Démo Comète",
        "Zoé Noël",
        "Les petites mains de la robotique",
    )


def test_a_consent_given_before_the_name_finds_its_place(client):
    application = begin(client, Kind.PARTICIPATE)
    fill(client, application, "public", {"keep_informed": "on", "listed": "on"})

    fill(client, application, "structure", ANSWERS["structure"])
    fill(client, application, "contact", ANSWERS["contact"])
    send(client, application)
    enter(client, "zoe@example.org")

    application.refresh_from_db()
    assert application.contact.keep_informed is True
    assert application.structure.listed is True


def test_an_emptied_needed_field_is_shown_empty_and_missing(client):
    application = begin(client, Kind.PARTICIPATE)
    fill(client, application, "structure", ANSWERS["structure"])

    fill(client, application, "structure", {**ANSWERS["structure"], "name": ""})

    response = client.get(
        reverse("submissions:step", args=[application.key, "structure"])
    )
    check = client.get(reverse("submissions:check", args=[application.key]))
    assert response.context["form"]["name"].value() == ""
    assert ("structure", "name") in lacks_of(check)


def test_invisible_signs_are_removed_and_it_is_said(client):
    application = begin(client, Kind.DECLARE)

    response = fill(
        client,
        application,
        "action",
        {**ANSWERS["action"], "title": "Fu\x0bsée \ufffe"},
    )

    application.refresh_from_db()
    assert application.title == "Fu sée"
    assert "Des caractères invisibles ont été retirés de\u00a0: Titre." in response.text


def test_double_click_on_start_makes_one_answer_and_one_mail(client):
    page = client.get(reverse("submissions:start"))
    typed = {
        "email": "chloe@example.org",
        "kind": "declare",
        "start_key": re.search(r'name="start_key" value="([^"]+)"', page.text)[1],
    }

    first = client.post(reverse("submissions:start"), typed)
    second = client.post(reverse("submissions:start"), typed)

    assert first.url == second.url
    assert Application.objects.count() == 1
    assert Mail.objects.count() == 1


def test_the_same_page_with_another_address_begins_another_answer(client):
    page = client.get(reverse("submissions:start"))
    key = re.search(r'name="start_key" value="([^"]+)"', page.text)[1]
    typed = {"email": "chloe@example.org", "kind": "declare", "start_key": key}

    client.post(reverse("submissions:start"), typed)
    client.post(reverse("submissions:start"), {**typed, "email": "zoe@example.org"})

    assert sorted(Application.objects.values_list("email", flat=True)) == [
        "chloe@example.org",
        "zoe@example.org",
    ]


def test_double_click_on_send_lands_twice_on_one_receipt(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)

    first, second = send(client, application), send(client, application)

    assert first.redirect_chain == second.redirect_chain
    assert application.snapshots.count() == 1
    assert Mail.objects.filter(kind="application_received").count() == 1


def test_start_normalises_the_address(client):
    application = begin(
        client, Kind.DECLARE, email=" Chloé.Martin@Éxemple.FR ".replace("é", "e")
    )

    assert application.email == "chloe.martin@xn--xemple-9ua.fr"


@pytest.mark.parametrize(
    "address", ["abc@", "a@localhost", "a@[127.0.0.1]", "a b@c.fr", "@"]
)
def test_start_refuses_what_is_no_address_and_shows_it_again(client, address):
    response = client.post(
        reverse("submissions:start"),
        {"email": address, "kind": "declare", "start_key": ""},
    )

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["email"]
    assert f'value="{address}"' in response.text
    assert not Application.objects.exists()


def test_another_action_of_the_same_structure_keeps_who_answers(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    send(client, application)

    first = client.post(
        reverse("submissions:another", args=[application.key]),
        {"start_key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"},
    )
    second = client.post(
        reverse("submissions:another", args=[application.key]),
        {"start_key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"},
    )

    other = Application.objects.exclude(pk=application.pk).get()
    application.refresh_from_db()
    assert (
        first.url
        == second.url
        == reverse("submissions:step", args=[other.key, "action"])
    )
    assert (other.structure, other.contact) == (application.structure, None)
    assert other.typed["structure"]["name"] == application.typed["structure"]["name"]
    assert other.person == application.person
    assert other.kind == Kind.DECLARE


def test_the_second_contact_is_told_once_at_sending(client):
    application = begin(client, Kind.PARTICIPATE)
    fill_all(client, application)
    fill(
        client,
        application,
        "contact",
        {
            **ANSWERS["contact"],
            "second_first_name": "Inès",
            "second_last_name": "Petit",
            "second_email": "ines@example.org",
        },
    )

    send(client, application)

    told = Mail.objects.get(kind="second_contact_named")
    assert (told.address, told.link_email) == ("ines@example.org", "ines@example.org")
    assert "Zoé Noël a répondu" in told.body
