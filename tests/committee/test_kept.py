"""What applicants delete takes along nothing of the committee: reviews, decisions, conflicts of interest."""

import pytest
from django.urls import reverse

from assises.models import Contact, Structure
from committee.models import Decision, Member, Review
from submissions.answering import drafts, lifecycle, snapshots
from submissions.models import Application
from submissions.people import identity
from tests import factories
from tests.answers import enter
from tests.committee.factories import DecisionFactory, ReviewFactory, proposal
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

HERS = "zoe@example.org"
State = Review.State


@pytest.fixture
def sent():
    return proposal(email=HERS, email_confirmed_at=WHILE_OPEN, title="L’œuf d’Étiolles")


def taken_back(application):
    """Return ``application`` as a draft again: withdrawn, then resumed."""
    lifecycle.withdraw(application, at=WHILE_OPEN)
    lifecycle.resume(application, at=WHILE_OPEN)
    return application


def recused(application, **values):
    return ReviewFactory(application=application, state=State.RECUSED, **values)


@pytest.fixture
def bearer(client):
    enter(client, HERS)
    return client


@pytest.mark.parametrize("state", [State.DRAFT, State.DONE, State.ABSTAINED])
def test_a_proposal_that_was_read_keeps_its_reviews(bearer, sent, state):
    ReviewFactory(application=sent, state=state)
    draft = taken_back(sent)
    address = reverse("submissions:discard", args=[draft.key])

    shown, posted = bearer.get(address), bearer.post(address)

    assert (shown.status_code, posted.status_code) == (200, 403)
    for page in (shown, posted):
        assert "le comité de pilotage a commencé à la lire" in page.text
        assert draft.edition.contact_email in page.text
        assert "Supprimer le brouillon" not in page.text
    assert Application.objects.get().is_draft
    assert Review.objects.get().state == state


def test_a_proposal_that_was_decided_keeps_its_decision(bearer, sent):
    DecisionFactory(application=sent)
    draft = taken_back(sent)

    posted = bearer.post(reverse("submissions:discard", args=[draft.key]))

    assert posted.status_code == 403
    assert Decision.objects.exists()


def test_who_was_recused_after_having_read_has_read(sent):
    recused(sent, snapshot=snapshots.take_snapshot(sent, at=WHILE_OPEN))

    assert drafts.is_judged(sent)


@pytest.mark.parametrize(
    "written",
    [
        {"comment": "Trop court."},
        {"suggestion": "Préciser."},
        {"unfinished": {"comment": "é"}},
        {"handed_in_at": WHILE_OPEN},
        {"mark": 2},
    ],
)
def test_who_was_recused_after_having_written_has_read(sent, written):
    recused(sent, **written)

    assert drafts.is_judged(sent)


def test_a_proposal_that_nobody_has_read_is_deleted(bearer, sent):
    ReviewFactory(application=sent)
    recused(sent)
    draft = taken_back(sent)
    address = reverse("submissions:discard", args=[draft.key])

    shown = bearer.get(address)
    bearer.post(address)

    assert "Supprimer le brouillon" in shown.text
    assert not Application.objects.exists()
    assert not Review.objects.exists()


def test_reading_meanwhile_is_noticed_by_the_deletion(sent):
    draft = taken_back(sent)
    ReviewFactory(application=sent, done=True)

    with pytest.raises(drafts.JudgedError):
        drafts.discard_draft(draft, by="le site", at=WHILE_OPEN)

    assert Application.objects.get().version == draft.version - 1


@pytest.fixture
def conflicted(edition):
    """A member in conflict with the structure and to the person of a draft."""
    draft = factories.ApplicationFactory(
        complete=True, email=HERS, email_confirmed_at=WHILE_OPEN
    )
    member = Member.objects.create(user=factories.UserFactory(), edition=edition)
    member.structures.add(draft.structure)
    member.persons.add(draft.contact)
    return draft


def test_what_a_conflict_names_outlives_the_draft_that_described_it(bearer, conflicted):
    bearer.post(reverse("submissions:discard", args=[conflicted.key]))

    member = Member.objects.get()
    assert not Application.objects.exists()
    assert list(member.structures.all()) == [conflicted.structure]
    assert list(member.persons.all()) == [conflicted.contact]


def test_what_no_conflict_names_goes_with_the_draft(bearer, conflicted):
    Member.objects.get().structures.clear()
    Member.objects.get().persons.clear()

    bearer.post(reverse("submissions:discard", args=[conflicted.key]))

    assert not Structure.objects.exists()
    assert not Contact.objects.exists()


def test_a_structure_that_a_partner_or_a_merger_names_stays(edition):
    partner, merged = factories.StructureFactory(), factories.StructureFactory()
    factories.PartnerFactory(edition=edition, structure=partner)
    factories.StructureFactory(merged_into=merged)

    identity.forget(partner)
    identity.forget(merged)

    assert Structure.objects.count() == 3


def test_a_person_in_conflict_with_a_member_is_not_forgotten(conflicted):
    member = Member.objects.get()
    second = factories.ContactFactory(structure=conflicted.structure)
    member.persons.add(second)
    Application.objects.update(second_contact=second)
    answer = Application.objects.get()

    lifecycle.remove_second_contact(answer, at=WHILE_OPEN)

    assert answer.second_contact is None
    assert second in member.persons.all()
