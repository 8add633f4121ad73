"""What the database itself refuses of an answer, whoever writes it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from assises.models import Kind
from submissions.models import Application
from tests.factories import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        *(
            ("sent_is_complete", broken)
            for broken in (
                {"title": ""},
                {"pitch": ""},
                {"stage": ""},
                {"description": ""},
                {"takeaway": ""},
                {"transferable": ""},
                {"presenters": ""},
                {"availability": ""},
                {"email": ""},
                {"structure": None},
                {"contact": None},
            )
        ),
        ("sent_is_dated", {"sent_at": None}),
        ("sent_is_dated", {"state": "draft"}),
        ("two_contacts_differ", {"second_contact": F("contact")}),
        ("starts_before_it_ends", {"starts": "2027-09", "ends": "2026"}),
        ("starts_before_it_ends", {"starts": "2027-09", "ends": "2027-08"}),
        ("stage_known", {"stage": "elsewhere"}),
        ("reach_known", {"reach": "elsewhere"}),
        ("girls_share_known", {"girls_share": "elsewhere"}),
        ("availability_known", {"availability": "peut-être"}),
        ("state_known", {"state": "elsewhere"}),
        ("title_length", {"title": "é" * 101}),
        ("starts", {"starts": "demain"}),
        ("ends", {"ends": "2027-13"}),
        ("withdrawn_is_dated", {"state": "withdrawn", "withdrawn_at": None}),
    ],
)
def test_the_database_refuses_a_sent_answer_with(constraint, broken):
    application = ApplicationFactory(proposed=True, sent=True, kind=Kind.PROPOSE)
    mine = Application.objects.filter(pk=application.pk)
    mine.update(version=F("version") + 1)

    with (
        pytest.raises(IntegrityError, match=rf"submissions_application_{constraint}\b"),
        transaction.atomic(),
    ):
        mine.update(**broken)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2027-09", "2027"), ("2027", "2027-01"), ("2027", ""), ("", "2027-01")],
)
def test_a_year_holds_its_months(starts, ends):
    application = ApplicationFactory(starts=starts, ends=ends)

    assert Application.objects.get(pk=application.pk).ends == ends


def test_the_database_knows_three_doors():
    draft = Application.objects.filter(pk=ApplicationFactory().pk)

    with (
        pytest.raises(IntegrityError, match="submissions_application_kind_known"),
        transaction.atomic(),
    ):
        draft.update(kind="elsewhere")


def test_a_draft_may_be_empty():
    application = ApplicationFactory()

    Application.objects.filter(pk=application.pk).update(title="", email="")

    assert Application.objects.get().title == ""
