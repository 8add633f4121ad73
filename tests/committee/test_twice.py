"""A button pressed twice does once what it does, and says so; a page that is overtaken says so."""

import pytest
from django.urls import reverse

from committee.models import Review
from tests import team
from tests.committee.factories import ReviewFactory, proposal
from tests.committee.test_reviews import filled, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State
GIVEN_BACK = "Votre saisie est entière dans le formulaire"


@pytest.fixture
def client(member):
    return team.signed_in(member.user)


@pytest.fixture
def review(member, assigned):
    proposal()
    assigned()
    reviews = Review.objects.of(member)
    return reviews.select_related("application", "member__user").get()


@pytest.mark.parametrize(
    ("button", "typed", "state", "said"),
    [
        ("rendre", {}, State.DONE, "Évaluation rendue"),
        ("rendre", {"comment": "Une ligne.\r\nUne autre. "}, State.DONE, "rendue"),
        ("sans-avis", {}, State.ABSTAINED, "Évaluation rendue sans avis"),
        ("garder", {}, State.DRAFT, "Brouillon enregistré à"),
        ("garder", {"comment": "é" * 2001}, State.DRAFT, "à raccourcir"),
        ("rendre", {"comment": "é" * 2001}, State.DRAFT, "Pas encore rendue"),
    ],
)
def test_the_same_page_sent_twice_is_followed_twice(
    client, review, marks, button, typed, state, said
):
    page = filled(review, marks, geste=button, **typed)
    first = client.post(sheet_of(review), page, follow=True)
    version = Review.objects.get().version

    second = client.post(sheet_of(review), page, follow=True)

    assert second.redirect_chain == first.redirect_chain
    assert said in second.text
    stored = Review.objects.get()
    assert (stored.state, stored.version) == (state, version)


def test_the_same_words_with_another_button_are_not_taken_for_done(
    client, review, marks
):
    page = filled(review, marks)
    client.post(sheet_of(review), page | {"geste": "garder"})

    response = client.post(sheet_of(review), page | {"geste": "rendre"})

    assert response.status_code == 409
    assert response.context["conflict"] == []
    assert "Cette page était dépassée" in response.text
    assert GIVEN_BACK in response.text
    assert Review.objects.get().state == State.DRAFT


@pytest.mark.parametrize("button", ["rendre", "sans-avis"])
def test_no_review_is_of_no_version(client, review, marks, button):
    page = filled(review, marks, geste=button, comment="Tapé.", snapshot="")

    response = client.post(sheet_of(review), page)

    assert response.status_code == 409
    assert GIVEN_BACK in response.text
    form = response.context["form"]
    assert form["comment"].value() == "Tapé."
    assert Review.objects.get().state == State.TO_READ
    again = {name: form[name].value() for name in form.fields} | {"geste": button}
    assert client.post(sheet_of(review), again).status_code == 302
    assert Review.objects.get().snapshot == review.application.snapshots.get()


@pytest.mark.parametrize("conflict", ["dossier", "personne", "structure"])
def test_a_conflict_declared_twice_is_noted_twice(client, review, conflict):
    address = reverse("screens:conflict-of-interest", args=[review.pk])
    conflict = {"personne": "person"}.get(conflict, conflict)
    first = client.post(address, {"conflict_of_interest": conflict}, follow=True)

    second = client.post(address, {"conflict_of_interest": conflict}, follow=True)

    assert second.redirect_chain == first.redirect_chain
    assert "Si vous venez de déclarer un conflit d’intérêts, il est noté" in second.text
    assert Review.objects.get().state == State.RECUSED


def test_what_is_gone_is_told_from_what_never_was_by_nothing(client, member, review):
    """Keys follow one another: a proposal hidden from the start would be found by trying."""
    hidden = proposal(title="Cachée depuis le début")
    ReviewFactory(application=hidden, member=member, state=State.RECUSED)
    recused = Review.objects.get(application=hidden)
    keys = (recused.pk, 10**6)

    answers = [
        client.post(
            reverse("screens:conflict-of-interest", args=[pk]),
            {"conflict_of_interest": "dossier"},
            follow=True,
        )
        for pk in keys
    ]

    told = [[str(message) for message in one.context["messages"]] for one in answers]
    assert told[0] == told[1] != []
    assert answers[0].redirect_chain == answers[1].redirect_chain
    pages = [reverse("screens:conflict-of-interest", args=[pk]) for pk in keys]
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_nobody_declares_a_conflict_for_another(client, other, review):
    address = reverse("screens:conflict-of-interest", args=[review.pk])

    team.signed_in(other.user).post(address, {"conflict_of_interest": "dossier"})

    assert Review.objects.get(pk=review.pk).state == State.TO_READ
