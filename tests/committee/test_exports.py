"""Which rows has each list, and what do they say?"""

from datetime import datetime

import pytest

from assises.models import Kind, Structure
from committee import reference
from committee.models import Criterion, Decision, Review, Score
from submissions.models import Application
from tests.committee import exports
from tests.committee.exports import ANSWERS, DECISIONS, REVIEWS, SELECTED
from tests.committee.factories import (
    CandidacyFactory,
    DecisionFactory,
    MemberFactory,
    ReviewFactory,
)
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    ContactFactory,
    EditionFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

DONE, Outcome = Review.State.DONE, Decision.Outcome


@pytest.fixture
def criteria(edition):
    reference.load()
    return list(Criterion.objects.of(edition))


def reviewed(candidacy, *means):
    """Hand in one review per mean."""
    for mean in means:
        ReviewFactory(application=candidacy, state=DONE, mean=mean)
    return candidacy


def test_selected_holds_exactly_the_selected_ones_by_rank(organiser):
    first, second, last = (
        CandidacyFactory(title=title) for title in ("Un", "Deux", "Trois")
    )
    reviewed(second, 2.0, 3.0)
    reviewed(first, 3.0)
    reviewed(CandidacyFactory(title="Entre deux, en réserve"), 2.75)
    for candidacy in (last, second, first):
        DecisionFactory(application=candidacy)
    for outcome in set(Outcome) - {Outcome.SELECTED}:
        DecisionFactory(outcome=outcome, minutes=None)
    DecisionFactory(
        application__state=Application.State.WITHDRAWN,
        application__withdrawn_at=WHILE_OPEN,
    )
    DecisionFactory(application__edition=EditionFactory(slug="2026", is_current=False))

    rows = exports.workbook_rows(organiser, SELECTED)

    assert [
        (row["Rang"], row["Titre"], row["Moyenne sur 3"], row["Évaluations"])
        for row in rows
    ] == [(1, "Un", 3, 1), (3, "Deux", 2.5, 2), (None, "Trois", None, 0)]


def test_marks_of_who_is_recused_do_not_count(organiser):
    candidacy = reviewed(CandidacyFactory(), 1)
    ReviewFactory(application=candidacy, state=Review.State.RECUSED, mean=3.0)
    DecisionFactory(application=candidacy)

    [row] = exports.workbook_rows(organiser, SELECTED)

    assert (row["Moyenne sur 3"], row["Évaluations"]) == (1, 1)


def test_selected_tells_all_that_the_morning_needs(organiser):
    application = CandidacyFactory(
        key="K7QF2M9X",
        title="L’œuf d’Étiolles",
        unit="Club du mercredi",
        structure__name="Médiathèque Château-d’Eau",
        structure__kind=Structure.Kind.LIBRARY,
        minors="6 élèves de 4e",
        equipment="Un vidéoprojecteur",
    )
    person = application.contact
    person.first_name, person.last_name, person.function = "Zoé", "Nguyễn", "Directrice"
    person.save()
    application.second_contact = ContactFactory(
        structure=application.structure,
        first_name="Aïcha",
        last_name="Diallo",
        email="aicha@example.org",
        phone="+3227654321",
    )
    application.save()
    DecisionFactory(application=application, minutes=15, reason="Exemplaire.")
    reviewed(application, 2.0, 3.0, 2.0)

    [row] = exports.workbook_rows(organiser, SELECTED)

    assert row == {
        "Rang": 1,
        "Dossier": "K7QF-2M9X",
        "Structure": "Médiathèque Château-d’Eau",
        "Type de structure": "Médiathèque ou équipement culturel",
        "Service, laboratoire, club ou classe": "Club du mercredi",
        "Titre": "L’œuf d’Étiolles",
        "En une phrase": application.pitch,
        "Prénom": "Zoé",
        "Nom": "Nguyễn",
        "Fonction": "Directrice",
        "Adresse électronique": person.email,
        "Téléphone": "01 99 00 12 34",
        "Prénom du second contact": "Aïcha",
        "Nom du second contact": "Diallo",
        "Adresse du second contact": "aicha@example.org",
        "Téléphone du second contact": "+32 2 765 43 21",
        "Communes": "Évry-Courcouronnes; Grigny",
        "Objectifs de l’action": "Innovation pédagogique",
        "Thèmes": "Robotique",
        "Publics": "Élémentaire (CP–CM2) · 6–10\u00a0ans",
        "Minutes": 15,
        "Qui présentera": "Chloé Martin, animatrice",
        "Élèves ou jeunes présents": "6 élèves de 4e",
        "Matériel nécessaire": "Un vidéoprojecteur",
        "Présence le matin des Assises": "Oui",
        "Moyenne sur 3": pytest.approx(7 / 3),
        "Évaluations": 3,
        "Motif communiqué": "Exemplaire.",
    }


@pytest.mark.parametrize("name", [SELECTED, ANSWERS, DECISIONS])
def test_title_comes_right_after_the_structure(organiser, name):
    DecisionFactory(application=CandidacyFactory())

    [row] = exports.workbook_rows(organiser, name)

    headers = list(row)
    assert headers.index("Titre") == headers.index("Structure") + 1


def test_whole_territory_wins_over_communes(organiser):
    DecisionFactory(application__whole_territory=True)

    [row] = exports.workbook_rows(organiser, SELECTED)

    assert row["Communes"] == "Tout le territoire"


def test_answers_hold_every_kind_that_was_sent_newest_first(organiser):
    ApplicationFactory(sent=True)
    ApplicationFactory(declared=True, sent=True, kind=Kind.DECLARE)
    newest = CandidacyFactory(sent_at=datetime.fromisoformat("2027-05-20T22:30Z"))
    ApplicationFactory(complete=True)
    ApplicationFactory(
        complete=True, state=Application.State.WITHDRAWN, withdrawn_at=WHILE_OPEN
    )
    ApplicationFactory(sent=True, edition=EditionFactory(slug="2026", is_current=False))

    rows = exports.workbook_rows(organiser, ANSWERS)

    assert [row["Façon de répondre"] for row in rows] == [
        "Proposer une action pour la matinée",
        "Déclarer une action",
        "Participer",
    ]
    assert {row["État"] for row in rows} == {"envoyée"}
    assert rows[0]["Dossier"] == newest.reference


def test_answers_hold_texts_and_choices_in_words(organiser):
    application = ApplicationFactory(
        proposed=True,
        sent=True,
        starts="2026-09",
        recurrent=True,
        reach=Application.Reach.UNDER_100,
        minutes_wanted=12,
        difficulty="Toucher les lycées\nprofessionnels",
        publishes=True,
        structure__siret="35600000000048",
        structure__seat=None,
        structure__seat_elsewhere=True,
    )

    [row] = exports.workbook_rows(organiser, ANSWERS)

    told = {
        "Siège": "Hors du territoire",
        "SIRET": "356 000 000 00048",
        "Début": "septembre 2026",
        "Revient chaque année": "oui",
        "Où en est l’action": "En cours",
        "Personnes touchées par an": "de 30 à 99",
        "Durée souhaitée (minutes)": 12,
        "Difficulté à travailler l’après-midi": "Toucher les lycées\nprofessionnels",
        "Publier le texte de l’action": "oui",
        "Sur la liste remise aux participants": None,
        "Description": application.description,
    }
    assert {header: row[header] for header in told} == told


def test_answers_say_who_typed_them_and_which_address_is_confirmed(organiser, me):
    ApplicationFactory(sent=True, typed_by=me)
    ApplicationFactory(sent=True, email_confirmed_at=WHILE_OPEN)

    rows = exports.workbook_rows(organiser, ANSWERS)

    told = {(row["Saisie par"], row["Adresse confirmée"]) for row in rows}
    assert told == {("Odile Garnier", None), (None, "oui")}


def test_every_text_of_an_answer_is_exported(organiser):
    unread = {"search_text", "people_text", "structure_name", "person"}
    unread |= {"key", "email", "starts", "ends"}
    coded = {"kind", "state", "stage", "reach", "girls_share", "availability"}
    application = CandidacyFactory()
    texts = {
        field.name: f"texte {field.name}"
        for field in Application._meta.local_fields
        if field.get_internal_type() == "TextField" and field.name not in unread | coded
    }
    Application.objects.filter(pk=application.pk).update(**texts)

    [row] = exports.workbook_rows(organiser, ANSWERS)

    assert len(texts) > 12
    assert set(texts.values()) <= set(row.values())


def test_reviews_hold_marks_as_numbers_and_nobody_s_name(organiser, criteria):
    candidacy = CandidacyFactory(title="Robots", key="K7QF2M9X")
    review = ReviewFactory(
        application=candidacy,
        state=DONE,
        mean=7 / 3,
        comment="Solide.",
        suggestion="Dites le coût.",
    )
    marks = [3, None, 0, 2]
    for criterion, mark in zip(criteria[:4], marks, strict=True):
        Score.objects.create(review=review, criterion=criterion, mark=mark)
    for state in set(Review.State) - {DONE}:
        ReviewFactory(application=candidacy, state=state, comment=f"pas {state}")
    withdrawn = CandidacyFactory(
        state=Application.State.WITHDRAWN, withdrawn_at=WHILE_OPEN
    )
    ReviewFactory(application=withdrawn, state=DONE, comment="Retirée")

    [row] = exports.workbook_rows(organiser, REVIEWS)

    assert list(row) == [
        "Dossier",
        "Titre",
        *(criterion.label for criterion in criteria),
        "Moyenne sur 3",
        "Commentaire",
        "Suggestion pour la structure",
    ]
    assert list(row.values()) == [
        "K7QF-2M9X",
        "Robots",
        *[3, None, 0, 2, None],
        pytest.approx(7 / 3),
        "Solide.",
        "Dites le coût.",
    ]


def test_order_of_reviews_does_not_tell_members_apart(organiser):
    members = MemberFactory.create_batch(6)
    for key in ("AAAAAAAA", "BBBBBBBB", "CCCCCCCC", "DDDDDDDD"):
        candidacy = CandidacyFactory(key=key)
        for number, member in enumerate(members):
            ReviewFactory(
                application=candidacy, member=member, state=DONE, comment=str(number)
            )

    rows = exports.workbook_rows(organiser, REVIEWS)

    orders = {}
    for row in rows:
        orders.setdefault(row["Dossier"], []).append(row["Commentaire"])
    assert list(orders) == sorted(orders)
    assert len({tuple(order) for order in orders.values()}) > 1
    assert exports.workbook_rows(organiser, REVIEWS) == rows
