"""Is the demonstration whole, plainly invented, and loaded once?"""

import re
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.db.models import Count
from django.test import Client

from assises.french import dates
from assises.mail import outbox
from assises.models import (
    Commune,
    Contact,
    Edition,
    Invitation,
    Mail,
    Note,
    Outreach,
    Page,
    Structure,
    User,
)
from assises.web import page_dates
from committee.demonstration import answers, invented, loading
from committee.models import Decision, Review
from committee.reviewing import progress
from submissions.answering import lifecycle
from submissions.models import Action, Application

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load it once: each test undoes what it has changed, this what it has loaded."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load_demonstration(AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(loaded, db):
    return Edition.objects.get()


def test_demonstration_holds_answers_of_every_kind_and_state(demonstration):
    counts = Application.objects.values_list("kind", "state").annotate(Count("pk"))

    assert {(kind, state): count for kind, state, count in counts} == {
        ("participate", "sent"): 5,
        ("declare", "sent"): 19,
        ("propose", "sent"): 13,
        ("participate", "draft"): 1,
        ("declare", "draft"): 1,
        ("propose", "draft"): 2,
        ("declare", "withdrawn"): 1,
    }
    answered = Structure.objects.filter(outreach=None)
    assert (answered.count(), Structure.objects.count()) == (30, 34)


def test_demonstration_leaves_white_zones(demonstration):
    counts = Action.objects.counted(demonstration).by_commune()

    assert max(counts.values()) >= 10
    assert Commune.objects.count() - len(counts) == 10


def test_answers_were_sent_between_the_opening_and_the_loading(demonstration):
    instants = Application.objects.sent().values_list("sent_at", flat=True)

    assert all(demonstration.opens_at < instant < AT for instant in instants)
    assert all(8 <= dates.local(instant).hour <= 20 for instant in instants)


def test_each_sent_answer_has_its_snapshot_and_its_receipt(demonstration):
    sent = Application.objects.exclude(sent_at=None)

    counts = sorted(answer.snapshots.count() for answer in sent)
    assert counts == [1] * 37 + [2]  # one was changed after the committee had read it
    assert Mail.objects.filter(kind="application_received").count() == 38


def test_committee_is_at_work(demonstration):
    states = Review.objects.values_list("state").annotate(Count("pk"))

    assert {state for state, _ in states} == set(Review.State.values)
    assert Review.objects.exclude(typed_by=None).count() == 1
    modified = progress.review_rows(Review.objects.handed_in())
    assert 0 < sum(review.was_modified for review in modified) < 9
    assert all(demonstration.opens_at < r.handed_in_at <= AT for r in modified)


def test_some_decisions_are_prepared_and_one_bearer_is_asked(demonstration):
    outcomes = Decision.objects.values_list("outcome", flat=True).order_by("pk")

    assert list(outcomes) == [*["selected"] * 3, "reserve", "poster", "declined"]
    assert Application.objects.asked_to_present().may_accept(AT).count() == 1
    assert Mail.objects.filter(kind="asked_to_present").count() == 1


def test_some_addresses_are_confirmed_and_some_are_not(demonstration):
    firsts = Contact.objects.filter(applications__state="sent").distinct()

    confirmed = firsts.confirmed().count()
    assert (confirmed, firsts.count() - confirmed) == (23, 8)


def test_drafts_keep_what_was_typed_and_is_not_valid(demonstration):
    lacks = [
        lack
        for draft in Application.objects.drafts()
        for lack in lifecycle.missing(draft)
        if lack.wrong
    ]

    assert sorted((lack.step, lack.field) for lack in lacks) == [
        ("action", "starts"),
        ("contact", "phone"),
    ]


def test_some_structures_are_still_looked_for(demonstration):
    organiser = User.objects.get(email="organisation@example.org")
    rows = Outreach.objects.filter(edition=demonstration)
    followed = rows.exclude(state=Outreach.State.TO_CONTACT)

    assert sorted(rows.values_list("state", flat=True)) == sorted(Outreach.State)
    assert set(followed.values_list("followed_by", flat=True)) == {organiser.pk}
    assert set(followed.exclude(structure__notes=None)) == set(followed)
    assert all(demonstration.opens_at < note.at < AT for note in Note.objects.all())
    assert not Application.objects.filter(structure__outreach__in=rows).exists()


def test_mails_that_ask_to_keep_the_day_wait_for_an_organiser(demonstration):
    prepared = Invitation.objects.of(demonstration)
    held = Mail.objects.filter(kind="day_kept", state=Mail.State.HELD)

    assert set(prepared.values_list("state", flat=True)) == {Invitation.State.PREPARED}
    assert set(held.values_list("reference", flat=True)) == set(
        prepared.values_list("key", flat=True)
    )
    assert held.count() == Mail.objects.filter(state=Mail.State.HELD).count() == 3
    assert "Réservez" in held.first().subject
    assert outbox.release(held, at=AT) == 3


def test_everybody_is_invented(demonstration):
    addresses = {
        *Contact.objects.values_list("email", flat=True),
        *Application.objects.values_list("email", flat=True),
        *Mail.objects.values_list("address", flat=True),
    }
    phones = set(Contact.objects.values_list("phone", flat=True)) - {""}

    assert [
        address for address in addresses if not address.endswith("@example.org")
    ] == []
    assert [phone for phone in phones if not phone.startswith("+3319900")] == []
    assert not Structure.objects.exclude(siret="", rna="", uai="").exists()
    assert [
        structure.name
        for structure in Structure.objects.all()
        if "démo" not in structure.name.lower()
    ] == []


def test_no_two_actions_are_told_in_the_same_words():
    typed = answers.invented_answers()

    for field in ("title", "pitch", "description", "takeaway"):
        texts = [answer[field] for answer in typed if field in answer]
        assert len(texts) == len(set(texts))


def test_texts_follow_french_typography():
    texts = [
        *(str(answer) for answer in answers.invented_answers()),
        *(str(line) for line in invented.read_data("called")["structure"]),
        *(path.read_text() for path in (invented.DATA / "pages").glob("*.md")),
    ]

    faults = r"(?<=\w) [;!?](?=\s)|(?<=\w) :(?=\s)|« | »|(?<=\b[cdjlmnqs])'(?=\w{2})"
    assert [re.search(faults, text) for text in texts if re.search(faults, text)] == []


def test_pages_carry_the_dates_of_the_edition(demonstration):
    body = Client().get("/pages/texte-de-l-appel/").text

    assert dates.deadline(demonstration.closes_at) in body
    assert dates.day(demonstration.held_on) in body
    assert [page.slug for page in Page.objects.filter(body__contains="$")] == []
    assert [page for page in Page.objects.all() if page_dates.unknown(page.body)] == []
    assert Page.objects.count() == 4


def test_it_is_loaded_once_and_beside_nothing(demonstration):
    assert loading.is_loaded()

    with pytest.raises(loading.RealDataError):
        loading.load_demonstration(AT)
