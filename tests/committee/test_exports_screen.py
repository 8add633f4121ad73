"""Who takes which list away, how is it sent, and what does it cost?"""

import re
from functools import partial

import pytest
from django.urls import reverse

from assises.models import Contact, Event
from assises.people import audit
from assises.people.permissions import Role
from committee import reference
from committee.exports import catalogue
from committee.models import Criterion, Decision, Review, Score
from submissions.models import Application
from tests import team
from tests.committee import exports
from tests.committee.exports import ANSWERS, DECISIONS, NAMES, PEOPLE, REVIEWS, SELECTED
from tests.committee.factories import (
    CandidacyFactory,
    DecisionFactory,
    MemberFactory,
    ReviewFactory,
)
from tests.conftest import refuse_writes_but_journal
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

PAGE = reverse("screens:exports")
DONE = Review.State.DONE


def reviewed(candidacy, *means):
    """Hand in one review per mean."""
    for mean in means:
        ReviewFactory(application=candidacy, state=DONE, mean=mean)
    return candidacy


# Who sees what.


@pytest.fixture
def sitting(me, edition):
    """An organiser who also sits on the committee."""
    me.groups.add(team.group(Role.MEMBERS))
    return MemberFactory(user=me, edition=edition)


def conflicted_by_structure(member, candidacy):
    member.structures.add(candidacy.structure)


def conflicted_by_person(member, candidacy):
    member.persons.add(candidacy.contact)


def recused(member, candidacy):
    ReviewFactory(application=candidacy, member=member, state=Review.State.RECUSED)


@pytest.mark.parametrize(
    "conflict", [conflicted_by_structure, conflicted_by_person, recused]
)
@pytest.mark.parametrize("name", NAMES)
def test_organiser_of_the_committee_gets_nothing_of_what_they_are_conflicted_with(
    organiser, sitting, name, conflict
):
    conflicted, other = (
        reviewed(CandidacyFactory(structure__name=f"Structure {title}", title=title), 2)
        for title in ("Liée", "Libre")
    )
    for candidacy in (conflicted, other):
        DecisionFactory(application=candidacy)
    before = exports.csv_text(organiser, name)
    conflict(sitting, conflicted)

    after = exports.csv_text(organiser, name)

    assert ("Liée" in before, "Libre" in before) == (True, True)
    assert ("Liée" in after, "Libre" in after) == (False, True)
    assert conflicted.contact.email not in after


def test_ranks_are_made_of_what_the_reader_sees(organiser, sitting):
    conflicted = reviewed(CandidacyFactory(), 3)
    sitting.structures.add(conflicted.structure)
    DecisionFactory(application=reviewed(CandidacyFactory(), 2))

    [row] = exports.workbook_rows(organiser, SELECTED)

    assert row["Rang"] == 1


@pytest.mark.parametrize("name", [SELECTED, REVIEWS, DECISIONS])
def test_marks_of_others_wait_for_one_s_own(organiser, sitting, name):
    late = reviewed(CandidacyFactory(title="Tardive"), 2)
    DecisionFactory(application=late)
    own = ReviewFactory(application=late, member=sitting)

    before = exports.csv_text(organiser, name)
    page = organiser.get(PAGE)
    Review.objects.filter(pk=own.pk).update(
        state=DONE, handed_in_at=WHILE_OPEN, mean=2.0
    )
    after = exports.csv_text(organiser, name)

    assert ("Tardive" in before, "Tardive" in after) == (False, True)
    assert "Il vous reste 1 évaluation à rendre" in page.text


@pytest.mark.parametrize(
    "end", ["inconnue.xlsx", "projets-retenus.pdf", "projets-retenus", "a/b.csv"]
)
def test_unknown_list_is_not_found(organiser, end):
    assert organiser.get(f"{PAGE}{end}").status_code == 404
    assert not Event.objects.exists()


def test_without_edition_there_is_nothing_to_export(organiser, edition):
    edition.is_current = False
    edition.save()

    assert organiser.get(PAGE).status_code == 404
    assert organiser.get(exports.address(SELECTED, "csv")).status_code == 404


def test_only_a_get_downloads(organiser):
    assert organiser.head(exports.address(SELECTED, "csv")).status_code == 405
    assert not Event.objects.exists()


# How it is sent, and who is told.


@pytest.mark.parametrize(
    ("extension", "kind"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_file_has_a_name_and_stays_in_no_cache(organiser, extension, kind):
    response = organiser.get(exports.address(SELECTED, extension))

    name = f"assises-2027-projets-retenus-2027-05-12.{extension}"
    assert response.streaming
    assert exports.body(response)
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == kind
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@pytest.mark.parametrize("name", NAMES)
def test_each_download_is_written_once_in_the_journal(organiser, me, name, extension):
    for candidacy in CandidacyFactory.create_batch(2, title="Zoé"):
        DecisionFactory(application=reviewed(candidacy, 2), reason="Zoé")
        ReviewFactory(application=candidacy)

    exports.body(organiser.get(exports.address(name, extension)))

    event = Event.objects.get()
    assert (event.verb, event.user, event.at) == ("export", me, WHILE_OPEN)
    assert event.values == {"liste": name, "format": extension, "lignes": "2"}
    assert event.object_label == "Assises de la culture scientifique et technique 2027"
    assert event.actor == f"compte n° {me.pk}"


def test_page_says_who_took_each_list_last(organiser, edition):
    audit.record("dossiers attribués", edition, by=audit.SYSTEM, at=WHILE_OPEN)
    other = team.signed_in(team.member(Role.ORGANISERS, last_name="Avant"))
    for client, name, extension in (
        (other, SELECTED, "csv"),
        (organiser, SELECTED, "xlsx"),
        (other, PEOPLE, "csv"),
    ):
        exports.body(client.get(exports.address(name, extension)))

    response = organiser.get(PAGE)

    when = "mercredi 12\xa0mai 2027 à 14\xa0h\xa032"
    said = re.findall(
        r'<h2 id="([^"]+)".*?(Dernier[^<]+|Jamais[^<]+)</p>', response.text, re.DOTALL
    )
    assert said == [
        (SELECTED, f"Dernier téléchargement\u00a0: {when}, par Odile Garnier."),
        (ANSWERS, "Jamais téléchargée."),
        (PEOPLE, f"Dernier téléchargement\u00a0: {when}, par Camille Avant."),
        (REVIEWS, "Jamais téléchargée."),
        (DECISIONS, "Jamais téléchargée."),
        *[(name, "Jamais téléchargée.") for name in exports.OF_THE_DAY],
    ]
    for name in NAMES:
        for extension in ("csv", "xlsx"):
            assert f'href="{exports.address(name, extension)}"' in response.text


def test_first_page_leads_organisers_to_the_exports(organiser):
    member = team.signed_in(team.member(Role.MEMBERS))

    assert f'href="{PAGE}"' in organiser.get(reverse("admin:index")).text
    assert f'href="{PAGE}"' not in member.get(reverse("admin:index")).text


def test_only_the_journal_is_written_by_a_download():
    run = partial(
        refuse_writes_but_journal, lambda *args: "run", many=False, context={}
    )

    assert run('INSERT INTO "assises_event" …', ("export",)) == "run"
    for sql, params in (
        ('INSERT INTO "assises_event" …', ("envoie",)),
        ('INSERT INTO "assises_mail" …', ("export",)),
        ('UPDATE "assises_event" …', ("export",)),
    ):
        with pytest.raises(AssertionError, match="a GET wrote"):
            run(sql, params)


def test_the_page_itself_may_not_even_write_the_journal(
    organiser, me, edition, monkeypatch
):
    def writing(edition):
        audit.record("export", edition, by=me, at=WHILE_OPEN)

    monkeypatch.setattr(catalogue, "last_downloads", writing)

    with pytest.raises(AssertionError, match="a GET wrote"):
        organiser.get(PAGE)


# What it costs.

# Session, account, second factor, edition, rights, seat on the committee; the journal.
FRAME = 7


def crowd(count):
    """Make ``count`` of every row that any list holds, at little cost."""
    model = reviewed(CandidacyFactory(), 2)
    DecisionFactory(application=model)
    member, terms = MemberFactory(), model.terms.all()
    people = Contact.objects.bulk_create(
        Contact(structure=model.structure, last_name=f"Zola {number}", email="z@x.fr")
        for number in range(count - 1)
    )
    more = Application.objects.bulk_create(alike(model, person) for person in people)
    Decision.objects.bulk_create(
        Decision(application=one, outcome="selected", minutes=8, changed_at=WHILE_OPEN)
        for one in more
    )
    reviews = Review.objects.bulk_create(
        Review(
            application=one,
            member=member,
            state=DONE,
            mean=2.0,
            handed_in_at=WHILE_OPEN,
        )
        for one in more
    )
    for criterion in Criterion.objects.all():
        Score.objects.bulk_create(
            Score(review=review, criterion=criterion, mark=2) for review in reviews
        )
    through = Application.terms.through
    through.objects.bulk_create(
        through(application=one, term=term) for one in more for term in terms
    )


def alike(model, second_contact):
    """Return a copy of ``model`` to store, but for its second contact."""
    own = {"id", "key", "start_key", "second_contact", "dated_at"}
    columns = {
        field.attname: getattr(model, field.attname)
        for field in Application._meta.concrete_fields
        if field.name not in own
    }
    return Application(second_contact=second_contact, **columns)


@pytest.mark.parametrize(
    ("extension", "count"), [("csv", 1), ("csv", 3), ("xlsx", 3), ("csv", 1000)]
)
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        (SELECTED, 5),  # ranks, keys, rows, terms, communes
        (ANSWERS, 4),  # keys, rows, terms, communes
        (PEOPLE, 3),  # keys, structures, contacts
        (REVIEWS, 4),  # keys, criteria, rows, marks
        (DECISIONS, 4),  # ranks, keys, rows, authors
    ],
)
def test_export_query_count_does_not_grow(
    organiser, django_assert_num_queries, name, queries, extension, count
):
    reference.load()
    crowd(count)
    Decision.objects.update(decided_by=team.member(Role.ORGANISERS))

    with django_assert_num_queries(FRAME + queries):
        content = exports.body(organiser.get(exports.address(name, extension)))

    if extension == "csv":
        assert content.count(b"\r\n") == count + 1


def test_page_counts_its_queries(organiser, django_assert_num_queries):
    for name in NAMES:
        organiser.get(exports.address(name, "csv"))

    with django_assert_num_queries(FRAME):
        organiser.get(PAGE)
