"""Who answers the committee, where the invitation is seen, and what the page costs."""

import pytest
from django.urls import reverse

from assises.models import Kind, Mail
from submissions.models import Application
from submissions.offers import asking
from tests.answers import enter
from tests.factories import (
    ASKED_AT,
    ApplicationFactory,
    ContactFactory,
    MailFactory,
    StructureFactory,
    retype,
)
from tests.offers import (
    MISSING,
    address,
    change_mind,
    say_no,
    say_yes,
    stored,
    too_late,
    untouched,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "asking")]


@pytest.mark.parametrize("reponse", ["oui", "non"])
def test_nobody_else_sees_or_answers(client, application, reponse):
    enter(client, "autre@example.org")

    shown = client.get(address(application))
    posted = client.post(address(application), {**MISSING, "reponse": reponse})

    assert (shown.status_code, posted.status_code) == (404, 404)
    assert MISSING["takeaway"] in posted.text
    assert stored(application).asked_to_present_at == ASKED_AT
    assert untouched(application)


@pytest.fixture
def seconded(application):
    second = ContactFactory(
        structure=application.structure, email="samir@example.org", first_name="Samir"
    )
    Application.objects.filter(pk=application.pk).update(second_contact=second)
    return stored(application)


def test_second_contact_proposes_if_nothing_of_another_is_missing(client, seconded):
    seconded.contact.phone = "+33199001234"
    seconded.contact.save()
    retype(seconded)
    enter(client, "samir@example.org")
    typed = {name: value for name, value in MISSING.items() if name != "phone"}

    response = say_yes(client, seconded, typed)

    now = stored(seconded)
    assert response.status_code == 302
    assert (now.kind, now.contact_id) == (Kind.PROPOSE, seconded.contact_id)


def test_second_contact_is_told_who_must_give_the_telephone(client, seconded):
    enter(client, "samir@example.org")

    page = client.get(address(seconded))
    posted = say_yes(client, seconded, MISSING, seen=page.context["seen"])

    seconded.contact.refresh_from_db()
    assert "qui seule peut l’indiquer (Téléphone)" in page.text
    assert "Proposer cette action" not in page.text
    assert "téléphone" in posted.context["form"].errors["__all__"][0]
    assert MISSING["takeaway"] in posted.text
    assert (seconded.contact.phone, stored(seconded).kind) == ("", Kind.DECLARE)


def test_second_contact_says_no_for_nobody(client, seconded):
    enter(client, "samir@example.org")

    page = client.get(address(seconded))
    answered = say_no(client, seconded)

    assert "Ne pas présenter cette action" not in page.text
    assert (
        f"{seconded.contact}, qui a répondu à l’appel, peut seule le dire" in page.text
    )
    assert answered.status_code == 404
    assert stored(seconded).asked_to_present_at == ASKED_AT


def test_second_contact_stops_no_mail_to_who_answered(client, seconded):
    letter = MailFactory(kind="asked_to_present", reference=seconded.key)
    enter(client, "samir@example.org")

    say_no(client, seconded)

    assert Mail.objects.get(pk=letter.pk).state == letter.state


@pytest.mark.parametrize("name", ["committee:space", "submissions:receipt"])
def test_second_contact_takes_back_the_no_of_nobody(client, seconded, name):
    page = reverse(name, args=[] if name == "committee:space" else [seconded.key])
    asking.decline(seconded, at=ASKED_AT)
    enter(client, "samir@example.org")

    shown = client.get(page).text
    answered = change_mind(client, seconded)
    enter(client, seconded.email)

    assert "Revoir la proposition du comité" not in shown
    assert f"{seconded.contact} peut encore changer d’avis" in shown
    assert answered.status_code == 404
    assert stored(seconded).has_declined_to_present
    assert "Revoir la proposition du comité" in client.get(page).text


@pytest.mark.parametrize("name", ["committee:space", "submissions:receipt"])
def test_invitation_is_seen_until_the_last_day(bearer, application, name):
    page = reverse(name, args=[] if name == "committee:space" else [application.key])
    link = f'href="{address(application)}">Répondre à la proposition du comité</a>'

    during = bearer.get(page).text
    with too_late():
        after = bearer.get(page).text
    Application.objects.update(asked_to_present_at=None)
    never = bearer.get(page).text

    assert [link in text for text in (during, after, never)] == [True, False, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_page(bearer, application, django_assert_num_queries, rows):
    application.communes.set(["91228", "91286", "91225"][:rows])
    StructureFactory.create_batch(rows, listed=True)
    ApplicationFactory.create_batch(rows, email="zoe@example.org")

    with django_assert_num_queries(4):
        response = bearer.get(address(application))

    assert response.status_code == 200


def test_queries_of_saying_yes(bearer, application, django_assert_num_queries):
    seen = bearer.get(address(application)).context["seen"]

    with django_assert_num_queries(17):
        response = say_yes(bearer, application, seen=seen)

    assert response.status_code == 302
