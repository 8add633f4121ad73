"""What spares a volunteer a question, a tap or a doubt."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from assises.french import dates, text
from assises.models import Contact, Kind
from submissions.answering import steps
from tests import factories
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send
from tests.factories import ApplicationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def page(client, application, step):
    return client.get(reverse("submissions:step", args=[application.key, step]))


def test_who_only_comes_is_not_asked_about_a_direction(client):
    application = begin(client, Kind.PARTICIPATE)
    fill(client, application, "structure", ANSWERS["structure"])
    mine = {k: v for k, v in ANSWERS["contact"].items() if k != "direction_informed"}

    shown = page(client, application, "contact")
    fill(client, application, "contact", mine)
    send(client, application)

    application.refresh_from_db()
    assert "direction" not in shown.text
    assert application.is_sent


def test_who_describes_an_action_reads_why_a_direction_is_asked_about(client):
    shown = page(client, begin(client, Kind.DECLARE), "contact").text

    assert "Votre direction ou votre présidence est-elle informée" in shown
    assert "C’est obligatoire pour décrire une action" in shown
    assert "peut appeler votre direction." in shown


def test_the_commune_of_the_seat_is_ticked_until_one_says_otherwise(client):
    application = begin(client, Kind.DECLARE)
    fill(client, application, "structure", ANSWERS["structure"])

    before = page(client, application, "territoire").context["form"]["communes"].value()
    fill(client, application, "territoire", {"communes": ["91286"]})
    after = page(client, application, "territoire").context["form"]["communes"].value()

    assert (before, after) == ([ANSWERS["structure"]["seat"]], ["91286"])


def test_who_answers_is_proposed_to_present(client):
    application = begin(client, Kind.PROPOSE)
    fill(
        client, application, "contact", ANSWERS["contact"] | {"function": "Animatrice"}
    )

    form = page(client, application, "matinee").context["form"]

    assert form["presenters"].value() == "Zoé Noël, Animatrice"


def test_the_day_is_told_where_one_says_to_be_there(client):
    shown = page(client, begin(client, Kind.PROPOSE), "matinee").text

    assert "le matin des Assises, le jeudi 21\u00a0octobre 2027\u202f?" in shown


def test_consent_says_what_stays_counted(client):
    application = begin(client, Kind.DECLARE)
    form = steps.step_form(application, "public")

    assert form.fields["publishes"].label == "Publier le texte de l’action"
    assert "seulement comptée, sans texte ni nom" in form.fields["publishes"].help_text


def test_each_way_to_answer_says_how_much_and_until_when(client, edition):
    shown = client.get(reverse("submissions:start")).text

    until = dates.deadline(edition.closes_at)
    later = dates.deadline(edition.inventory_closes_at)
    assert (
        f"5 réponses obligatoires, environ\u00a05\u00a0minutes, à envoyer {later}."
        in shown
    )
    assert (
        f"12 réponses obligatoires, environ\u00a015\u00a0minutes, à envoyer {later}."
        in shown
    )
    assert (
        f"18 réponses obligatoires, environ\u00a020\u00a0minutes, à envoyer {until}."
        in shown
    )


def test_who_has_an_answer_here_is_told_before_beginning_another(client):
    begun = begin(client, Kind.PARTICIPATE)
    alone = client.get(reverse("submissions:start")).text
    fill_all(client, begun)
    send(client, begun)
    sent = client.get(reverse("submissions:start")).text
    stranger = Client().get(reverse("submissions:start")).text

    resume = f'href="{reverse("submissions:check", args=[begun.key])}"'
    reread = f'href="{reverse("submissions:receipt", args=[begun.key])}"'
    another = f'action="{reverse("submissions:another", args=[begun.key])}"'
    assert [part in alone for part in (resume, reread, another)] == [True, False, False]
    assert [part in sent for part in (resume, reread, another)] == [False, True, True]
    assert "Vous avez déjà une réponse ici" in alone
    assert "Vous avez déjà" not in stranger


def test_a_browser_left_by_a_corrected_address_is_told_where_it_went(client, organiser):
    application = ApplicationFactory(
        declared=True,
        sent=True,
        email="faute@example.org",
        email_confirmed_at=factories.WHILE_OPEN,
        claimed_at=factories.WHILE_OPEN,
    )
    Contact.objects.update(email_confirmed_at=factories.WHILE_OPEN)
    enter(client, "faute@example.org")
    url = reverse("admin:assises_contact_change", args=[application.contact_id])
    form = organiser.get(url).context["adminform"].form
    typed = {name: value for name, value in form.initial.items() if value}
    organiser.post(url, {**typed, "email": "juste@example.org"})

    shown = client.get(reverse("submissions:receipt", args=[application.key]))
    step = reverse("submissions:step", args=[application.key, "action"])
    posted = client.post(step, {"title": "Tapé à l’instant"})
    space = client.get(reverse("committee:space"))

    assert [shown.status_code, posted.status_code] == [404, 404]
    for each in (shown, posted, space):
        assert "j…@example.org" in each.text
        assert "juste@" not in each.text
    assert "Tapé à l’instant" in posted.text
    unknown = reverse("submissions:receipt", args=["ABCDEFGH"])
    assert "n’existe pas" in client.get(unknown).text
    assert "j…@" not in Client().get(shown.request["PATH_INFO"]).text


@pytest.mark.usefixtures("asking")
def test_the_link_of_an_offer_opens_the_offer(client):
    ApplicationFactory(declared=True, sent=True, email="zoe@example.org")
    offered = factories.declared_action(asked=True, email="zoe@example.org")

    answer = enter(client, "zoe@example.org")

    assert answer.redirect_chain[0][0] == reverse(
        "submissions:morning", args=[offered.key]
    )
    assert "Présenter votre action le matin" in answer.text


def test_any_other_link_opens_ones_space_at_the_answer_it_speaks_of(client):
    application = ApplicationFactory(complete=True, sent=True, email="zoe@example.org")

    answer = enter(client, "zoe@example.org")

    space = f"{reverse('committee:space')}#dossier-{application.key}"
    assert answer.redirect_chain[0][0] == space
    assert f'id="dossier-{application.key}"' in answer.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("123", "Un SIRET a 14 chiffres, vous en avez tapé 3."),
        ("12345678901234", "Ce SIRET n’existe pas"),
    ],
)
def test_a_number_of_a_register_is_counted(client, typed, said):
    application = begin(client, Kind.DECLARE)

    answer = fill(
        client, application, "structure", ANSWERS["structure"] | {"siret": typed}
    )

    assert said in answer.text


def test_typed_text_breaks_before_no_mark():
    typed = "Un club : « l’œuf » à 5 € ! Ou pas ?! a:b ;; fin ;"

    shown = text.hard_spaced(typed)

    assert shown.replace("\u00a0", " ").replace("\u202f", " ") == typed
    assert not re.search(r" (?=[:;!?»](\s|$))|« ", shown.replace(";;", ""))


def test_a_first_name_is_asked_beside_the_name_and_stays_optional(client):
    shown = page(client, begin(client, Kind.PARTICIPATE), "contact").text

    asked, _, folded = shown.partition("Ajouter des précisions")
    assert 'name="first_name"' in asked
    assert 'name="function"' in folded
    assert "facultatif" in asked.partition("Prénom")[2].partition("</label>")[0]


def test_what_a_second_person_needs_is_not_called_optional_once_one_is_named(client):
    application = begin(client, Kind.PARTICIPATE)
    second = {"second_first_name": "Inès"}

    before = page(client, application, "contact").text
    after = fill(client, application, "contact", ANSWERS["contact"] | second).text

    asked = (
        "Nom de la seconde personne",
        "Adresse électronique de la seconde personne",
    )
    for shown, optional in ((before, True), (after, False)):
        labels = [
            shown.rpartition(label)[2].partition("</label>")[0] for label in asked
        ]
        assert ["facultatif" in label for label in labels] == [optional] * 2
    summary = after.partition('id="erreurs"')[2].partition("</section>")[0]
    assert summary.count(">Indiquez le nom de la seconde personne.<") == 1
    assert (
        summary.count(">Indiquez l’adresse électronique de la seconde personne.<") == 1
    )
