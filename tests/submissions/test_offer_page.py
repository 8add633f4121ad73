"""`/candidature/<key>/matinee/`, when the committee asks: one page, one save, or no."""

import pytest
from django.urls import reverse

from assises.models import Event, Kind, Mail
from submissions.answering import lifecycle
from submissions.offers import asking
from submissions.views import offer as views
from tests.answers import ANSWERS, enter, save_elsewhere
from tests.factories import (
    ASKED_AT,
    ASKED_UNTIL,
    WHILE_OPEN,
    ApplicationFactory,
    declared_action,
)
from tests.offers import MISSING, address, say_no, say_yes, stored, too_late, untouched

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "asking")]

HOSTILE = "<script>alert(1)</script> {{ 7 }} & « l’œuf » à 5 €"


def test_page_says_who_asks_until_when_and_what_is_missing(bearer, application):
    response = bearer.get(address(application))

    assert response.status_code == 200
    assert (
        "Le comité de pilotage des Assises vous propose de présenter" in response.text
    )
    assert (
        "Répondez jusqu’au jeudi 24\u00a0juin 2027 inclus"
        " (23\u00a0h\u00a059, heure de\u00a0Paris)" in response.text
    )
    assert [name for name in MISSING if f'name="{name}"' not in response.text] == []
    assert 'name="title"' not in response.text
    assert response.text.count("<details") == 1
    assert "Proposer cette action pour la matinée" in response.text


def test_one_valid_save_proposes_and_leads_to_the_receipt(bearer, application):
    response = say_yes(bearer, application, follow=True)

    now = stored(application)
    assert response.redirect_chain[-1][0] == reverse(
        "submissions:receipt", args=[application.key]
    )
    assert "Votre action est proposée pour la matinée" in response.text
    assert "Vous l’avez proposée à la demande du comité." in response.text
    assert (now.kind, now.takeaway) == (Kind.PROPOSE, ANSWERS["matinee"]["takeaway"])
    assert now.snapshots.count() == 1


def test_an_invalid_save_shows_every_text_again_beside_its_error(bearer, application):
    typed = {**MISSING, "takeaway": HOSTILE, "presenters": "", "phone": "12"}

    response = say_yes(bearer, application, typed)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["phone", "presenters"]
    assert response.text.count('href="#id_') >= 2
    assert 'role="alert"' in response.text
    assert "Indiquez qui présentera votre action." in response.text
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }} &amp; « l’œuf »" in response.text
    )
    assert 'value="12"' in response.text
    assert untouched(application)
    assert not Mail.objects.exists()


def test_after_the_last_day_the_texts_are_shown_and_nothing_changes(
    bearer, application
):
    seen = bearer.get(address(application)).context["seen"]

    with too_late():
        response = say_yes(
            bearer, application, {**MISSING, "takeaway": "Trop tard"}, seen=seen
        )
        page = bearer.get(address(application), follow=True)

    assert response.status_code == 403
    assert "Trop tard" in response.text
    assert "est passé" in response.text
    assert untouched(application)
    assert page.redirect_chain[-1][0].endswith("/recu/")
    assert "Vous pouviez répondre à la proposition du comité" in page.text


def test_what_was_withdrawn_meanwhile_shows_the_texts(bearer, application):
    seen = bearer.get(address(application)).context["seen"]
    lifecycle.withdraw(stored(application), at=ASKED_AT)

    response = say_yes(bearer, application, seen=seen)

    assert response.status_code == 409
    assert MISSING["takeaway"] in response.text
    assert "a été retirée entre-temps" in response.text
    assert stored(application).kind == Kind.DECLARE


def test_what_was_cancelled_meanwhile_shows_the_texts(bearer, application):
    seen = bearer.get(address(application)).context["seen"]
    asking.cancel_asking(stored(application), by="le site", at=ASKED_AT)

    response = say_yes(bearer, application, seen=seen)

    assert response.status_code == 404
    assert MISSING["takeaway"] in response.text
    assert "n’attend plus" in response.text
    assert untouched(application)


def test_a_double_click_lands_twice_on_the_receipt(bearer, application):
    seen = bearer.get(address(application)).context["seen"]

    responses = [say_yes(bearer, application, seen=seen) for _ in range(2)]

    receipt = reverse("submissions:receipt", args=[application.key])
    assert [response.url for response in responses] == [receipt, receipt]
    assert application.snapshots.count() == 1
    assert Mail.objects.filter(kind="proposal_received").count() == 1


def test_who_comes_second_with_other_texts_sees_them(bearer, application):
    seen = bearer.get(address(application)).context["seen"]
    say_yes(bearer, application, seen=seen)

    response = say_yes(
        bearer, application, {**MISSING, "description": "Un autre texte"}, seen=seen
    )

    assert response.status_code == 409
    assert "Un autre texte" in response.text
    assert stored(application).description == MISSING["description"]


def test_what_another_page_wrote_meanwhile_is_shown_beside(bearer, application):
    seen = bearer.get(address(application)).context["seen"]
    save_elsewhere(application, "action", description="Écrit <b>ailleurs</b>")

    refused = say_yes(bearer, application, seen=seen)
    accepted = say_yes(bearer, application, seen=refused.context["seen"])

    assert refused.status_code == 409
    [told] = refused.context["conflict"]
    assert (told.label, told.stored) == ("Description", "Écrit <b>ailleurs</b>")
    assert told.typed == MISSING["description"]
    assert "Écrit &lt;b&gt;ailleurs&lt;/b&gt;" in refused.text
    assert MISSING["takeaway"] in refused.text
    assert accepted.status_code == 302
    assert stored(application).description == MISSING["description"]


def test_a_save_between_reading_and_writing_is_noticed(
    bearer, application, monkeypatch
):
    seen = bearer.get(address(application)).context["seen"]
    find, found = views.find_answer, []

    def change_after_reading(request, key, **options):
        found.append(find(request, key))
        if len(found) == 1:
            save_elsewhere(found[0], "action", description="Entre-temps")
        return found[-1]

    monkeypatch.setattr(views, "find_answer", change_after_reading)
    response = say_yes(bearer, application, seen=seen)

    assert response.status_code == 409
    assert [told.stored for told in response.context["conflict"]] == ["Entre-temps"]
    assert stored(application).kind == Kind.DECLARE


def test_one_click_says_no_and_organisers_read_it(bearer, application):
    response = say_no(bearer, application)
    again = say_no(bearer, application)

    assert "vous ne présenterez pas cette action le matin" in response.text
    assert "n’attendait plus de réponse" in again.text
    assert stored(application).declined_to_present_at == ASKED_AT
    assert [event.verb for event in Event.objects.all()] == [
        "matinée déclinée par la structure"
    ]


def test_what_was_not_asked_has_no_such_page(client):
    application = declared_action(
        email="zoe@example.org",
        editable_until=ASKED_UNTIL,
        email_confirmed_at=WHILE_OPEN,
    )
    enter(client, "zoe@example.org")

    shown = client.get(address(application))
    posted = client.post(
        address(application), {**MISSING, "reponse": "oui", "seen": ""}
    )

    assert (shown.status_code, posted.status_code) == (404, 404)
    assert MISSING["takeaway"] in posted.text
    assert untouched(application)


def test_a_proposal_in_draft_keeps_its_step(client):
    draft = ApplicationFactory(kind=Kind.PROPOSE, email="zoe@example.org")
    enter(client, "zoe@example.org")

    shown = client.get(address(draft))

    assert shown.status_code == 200
    assert shown.context["step"].slug == "matinee"


def test_withdrawn_then_a_draft_again_leads_to_where_it_is_sent(bearer, application):
    lifecycle.withdraw(stored(application), at=ASKED_AT)
    withdrawn = bearer.get(address(application), follow=True)
    lifecycle.resume(stored(application), at=ASKED_AT)
    draft = bearer.get(address(application), follow=True)
    posted = say_yes(bearer, application, seen="")

    assert withdrawn.redirect_chain[-1][0] == reverse("committee:space")
    assert draft.redirect_chain[-1][0].endswith("/verifier/")
    assert "envoyez d’abord votre réponse" in draft.text
    assert (posted.status_code, MISSING["takeaway"] in posted.text) == (404, True)
