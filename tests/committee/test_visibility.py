"""Does the committee read one and the same dossier, to judge and to decide?"""

import pytest

from committee import visibility
from submissions.reading import dossier
from tests.committee.factories import proposal
from tests.factories import ContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def application():
    return proposal(
        publishes=True,
        structure__name="Atelier Comète",
        structure__listed=True,
        second_contact=ContactFactory(email="seconde@example.org"),
    )


def names(sections):
    return {row.name for section in sections for row in section.rows}


def test_deliberation_reads_what_the_members_have_read(application):
    sent = application.snapshots.newest_first().first()

    judged = visibility.sections_to_judge(application, snapshot=sent)

    assert judged == visibility.sections_to_judge(application)
    assert [section.slug for section in judged] == [
        "action",
        "territoire",
        "matinee",
        "structure",
        "contact",
    ]
    assert all(row.value for section in judged for row in section.rows)


def test_committee_reads_neither_how_to_reach_people_nor_what_they_allow(application):
    whole = names(dossier.dossier_sections(application, empty=False))

    hidden = whole - names(visibility.sections_to_judge(application))

    assert hidden == {
        "email",
        "second_email",
        "second_first_name",
        "second_last_name",
        "phone",
        "direction_informed",
        "publishes",
        "listed",
    }


def test_names_are_left_out_for_who_may_not_read_them(application):
    named = names(visibility.sections_to_judge(application))

    unnamed = names(visibility.sections_to_judge(application, named=False))

    assert named - unnamed == {"first_name", "last_name", "presenters"}
