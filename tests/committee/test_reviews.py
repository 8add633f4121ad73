"""The member's list and sheet, as a browser sees them."""

import pytest
from django.urls import reverse

from assises.models import Event
from assises.people.permissions import Role
from committee.models import Review, Score
from submissions.answering import lifecycle
from tests import team
from tests.committee.factories import proposal
from tests.factories import WHILE_OPEN, ApplicationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State
LIST = reverse("screens:reviews")


@pytest.fixture
def client(member):
    return team.signed_in(member.user)


def sheet_of(review):
    return reverse("screens:review", args=[review.pk])


def filled(review, criteria, mark="2", **typed):
    """Return what a browser posts for a whole review."""
    return {
        "version": review.version,
        "snapshot": review.application.snapshots.last().pk,
        **{f"mark-{criterion.code}": mark for criterion in criteria},
        "comment": "Méthode claire, public nombreux.",
        "suggestion": "Préciser le matériel.",
        **typed,
    }


@pytest.fixture
def review(member, assigned):
    proposal(title="Les fusées du lycée")
    assigned()
    return Review.objects.select_related("application", "member__user").get()


def stored(review):
    review.refresh_from_db()
    return review


def test_list_shows_own_reviews_in_own_order(client, member, other, assigned):
    titles = [proposal(title=f"Projet {n}").title for n in range(5)]
    assigned()
    for place, review in enumerate(Review.objects.of(member).order_by("-pk")):
        Review.objects.filter(pk=review.pk).update(position=place)

    response = client.get(LIST)

    shown = [row.application.title for row in response.context["page"]]
    assert shown == titles[::-1]
    assert response.context["counts"].total == 5


def test_what_is_left_to_hand_in_comes_first(client, member, assigned):
    titles = [proposal(title=f"Projet {n}").title for n in range(3)]
    assigned()
    for place, review in enumerate(Review.objects.of(member).order_by("pk")):
        Review.objects.filter(pk=review.pk).update(position=place)
    Review.objects.filter(position=0).update(
        state=State.DONE, handed_in_at=WHILE_OPEN, mean=2.0
    )

    response = client.get(LIST)

    shown = [row.application.title for row in response.context["page"]]
    assert shown == [titles[1], titles[2], titles[0]]
    assert "2,00 sur 3" in response.text
    assert "Rendues" in response.text
    assert "Ce qui reste à rendre vient d’abord." in response.text
    Review.objects.update(state=State.DONE, handed_in_at=WHILE_OPEN, mean=2.0)
    assert "vient d’abord" not in client.get(LIST).text


def test_drawing_of_states_filters_the_list(client, member, assigned):
    proposal(title="À lire encore")
    done = proposal(title="Déjà rendue")
    assigned()
    Review.objects.filter(application=done).update(
        state=State.DONE, handed_in_at=WHILE_OPEN, mean=2.0
    )

    response = client.get(LIST, {"etat": "done"})

    assert [row.application.title for row in response.context["page"]] == [done.title]
    assert response.context["counts"].finished == 1


def test_draft_keeps_what_is_given_and_asks_for_nothing(client, review, marks):
    first = marks[0]

    response = client.post(
        sheet_of(review),
        {
            "version": 1,
            f"mark-{first.code}": "3",
            "comment": "À suivre",
            "geste": "garder",
        },
    )

    assert response.status_code == 302
    review = stored(review)
    assert (review.state, review.comment) == (State.DRAFT, "À suivre")
    assert list(review.scores.values_list("criterion", "mark")) == [(first.pk, 3)]
    assert (review.mean, review.handed_in_at) == (None, None)


def test_handing_in_writes_marks_mean_version_read_and_history(client, review, marks):
    typed = filled(review, marks, geste="rendre") | {f"mark-{marks[0].code}": "none"}

    response = client.post(sheet_of(review), typed)

    assert response.url == LIST
    review = stored(review)
    assert (review.state, review.mean, review.handed_in_at) == (
        State.DONE,
        2.0,
        WHILE_OPEN,
    )
    assert review.snapshot == review.application.snapshots.get()
    assert review.scores.get(criterion=marks[0]).mark is None
    assert Score.objects.count() == len(marks)
    assert list(Event.objects.about(review).values_list("verb", flat=True)) == [
        "évaluation rendue"
    ]


def test_handing_in_half_a_review_keeps_it_and_says_what_is_missing(
    client, review, marks
):
    typed = filled(review, marks, geste="rendre")
    del typed[f"mark-{marks[1].code}"]

    response = client.post(sheet_of(review), typed, follow=True)

    form = response.context["form"]
    assert list(form.errors) == [f"mark-{marks[1].code}"]
    assert "ne me prononce pas" in form.errors.as_text()
    review = stored(review)
    assert (review.state, review.comment) == (State.DRAFT, typed["comment"])
    assert review.scores.count() == len(marks) - 1


def test_too_long_a_comment_is_kept_and_shown_with_its_error(client, review, marks):
    long = "é" * 2001

    response = client.post(
        sheet_of(review),
        filled(review, marks, comment=long, geste="rendre"),
        follow=True,
    )

    form = response.context["form"]
    assert form.errors == {"comment": ["2\u202f000 caractères au plus, 1 de trop."]}
    assert form["comment"].value() == long
    review = stored(review)
    assert (review.state, review.comment, review.unfinished) == (
        State.DRAFT,
        "",
        {"comment": long},
    )

    client.post(sheet_of(review), filled(review, marks, geste="rendre"))
    assert (stored(review).state, review.unfinished) == (State.DONE, {})


def test_wrong_change_of_a_review_handed_in_is_shown_and_not_stored(
    client, review, marks
):
    client.post(sheet_of(review), filled(review, marks, geste="rendre"))
    review = stored(review)

    response = client.post(
        sheet_of(review), filled(review, marks, comment="é" * 3000, geste="rendre")
    )

    assert response.status_code == 422
    assert response.context["form"]["comment"].value() == "é" * 3000
    assert stored(review).comment == "Méthode claire, public nombreux."


def test_without_opinion_needs_no_mark_and_counts_none(client, review):
    client.post(sheet_of(review), filled(review, [], geste="sans-avis"))

    review = stored(review)
    assert (review.state, review.mean, review.scores.count()) == (
        State.ABSTAINED,
        None,
        0,
    )


def test_stale_sheet_shows_both_and_replaces_nothing(client, review, marks):
    client.post(sheet_of(review), filled(review, marks, mark="1", geste="garder"))

    late = filled(review, marks, mark="3", comment="Autre avis", geste="rendre")
    response = client.post(sheet_of(review), late)

    assert response.status_code == 409
    told = {each.label: each.stored for each in response.context["conflict"]}
    assert told["Commentaire pour le comité"] == "Méthode claire, public nombreux."
    assert response.context["form"]["comment"].value() == "Autre avis"
    assert stored(review).comment == "Méthode claire, public nombreux."

    again = late | {"version": response.context["form"]["version"].value()}
    assert client.post(sheet_of(review), again).status_code == 302
    assert stored(review).comment == "Autre avis"


def test_withdrawn_meanwhile_gives_back_what_was_typed(client, review, marks):
    lifecycle.withdraw(review.application, at=WHILE_OPEN)

    response = client.post(sheet_of(review), filled(review, marks, geste="rendre"))

    assert response.status_code == 404
    assert "Méthode claire, public nombreux." in response.text
    assert stored(review).state == State.TO_READ


def test_published_results_close_the_reviews(client, review, marks, edition):
    edition.results_published_at = WHILE_OPEN
    edition.save()

    response = client.post(sheet_of(review), filled(review, marks, geste="rendre"))

    assert response.status_code == 409
    assert "Méthode claire, public nombreux." in response.text
    assert stored(review).state == State.TO_READ


def test_ended_session_gives_back_what_was_typed(client, review, marks):
    client.logout()

    response = client.post(sheet_of(review), filled(review, marks, geste="rendre"))

    assert response.status_code == 403
    assert "Méthode claire, public nombreux." in response.text
    first, *_ = response.context["chosen"]
    assert first == ("Impact educatif", "2")
    assert len(response.context["chosen"]) == len(marks)
    assert "<dt>Impact educatif</dt><dd>2</dd>" in response.text
    assert client.get(sheet_of(review)).status_code == 302


def test_modified_since_it_was_read_is_said_in_list_and_sheet(client, review, marks):
    client.post(sheet_of(review), filled(review, marks, geste="rendre"))
    assert "odifié depuis votre lecture" not in client.get(LIST).text

    amend(review.application, takeaway="Tout autre chose à retenir.")

    assert "modifié depuis votre lecture" in client.get(LIST).text
    sheet = client.get(sheet_of(review))
    assert [(change.name, change.after) for change in sheet.context["changes"]] == [
        ("takeaway", "Tout autre chose à retenir.")
    ]

    review = stored(review)
    client.post(sheet_of(review), filled(review, marks, geste="rendre"))
    assert "odifié depuis votre lecture" not in client.get(LIST).text


def amend(application, **values):
    from submissions.answering import corrections

    application.refresh_from_db()
    corrections.correct(application, values, by="une organisatrice", at=WHILE_OPEN)


def test_sheet_tells_names_and_no_way_to_reach_them(client, review):
    application = review.application

    page = client.get(sheet_of(review)).text

    assert application.contact.last_name in page
    assert application.presenters in page
    assert application.email not in page
    assert application.contact.email not in page
    assert "01\u202f99\u202f00\u202f12\u202f34" not in page


def test_anothers_review_is_not_found(client, other, assigned):
    proposal()
    assigned()
    foreign = Review.objects.of(other).get()

    assert client.get(sheet_of(foreign)).status_code == 404
    assert client.post(sheet_of(foreign), {"geste": "garder"}).status_code == 404
    assert client.get(f"{LIST}999999999999999999999/").status_code == 404


def test_without_a_seat_the_list_says_so():
    client = team.signed_in(team.member(Role.MEMBERS))

    assert "Vous ne siégez pas encore" in client.get(LIST).text


def test_first_page_of_a_member_begins_with_what_is_left(client, review):
    response = client.get(reverse("admin:index"))

    task = response.context["tasks"][0]
    assert (task.count, task.label, task.url) == (1, "dossier à évaluer", LIST)


def test_first_page_thanks_who_has_handed_everything_in(client, review):
    client.post(sheet_of(review), filled(review, [], geste="sans-avis"))

    done = client.get(reverse("admin:index")).context["tasks"][0]
    Review.objects.all().delete()
    nothing = client.get(reverse("admin:index")).context["tasks"][0]

    assert done.detail == "Tout est rendu\u00a0: merci."
    assert nothing.detail == "Rien à évaluer pour le moment."


def test_declared_actions_are_nobodys_to_review(client, member, assigned):
    ApplicationFactory(declared=True, sent=True)
    assigned()

    assert "Aucun dossier ne vous est encore attribué." in client.get(LIST).text


def test_second_page_keeps_the_state_that_was_asked(
    client, member, assigned, monkeypatch
):
    monkeypatch.setattr("assises.admin.screens.PER_PAGE", 1)
    for _ in range(3):
        proposal()
    assigned()

    page = client.get(LIST, {"etat": "to_read"}).text

    assert 'href="?etat=to_read&amp;p=2"' in page
