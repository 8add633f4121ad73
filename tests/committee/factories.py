"""The committee of the tests: members, reviews, decisions."""

import factory
from factory.django import DjangoModelFactory

from assises.models import Kind
from committee import reference
from committee.models import Criterion, Decision, Member, Review, Score
from tests.factories import WHILE_OPEN, ApplicationFactory, EditionFactory, UserFactory


class CandidacyFactory(ApplicationFactory):
    """A proposal for the morning that was sent."""

    class Params:
        proposal = factory.Trait(proposed=True, sent=True)

    proposal = True


class MemberFactory(DjangoModelFactory):
    """Somebody who sits on the committee; ``tests.team.member`` gives the role."""

    class Meta:
        model = Member

    user = factory.SubFactory(UserFactory)
    edition = factory.SubFactory(EditionFactory)


class ReviewFactory(DjangoModelFactory):
    """A proposal still to read; ``handed_in`` gives every criterion the same mark."""

    class Meta:
        model = Review
        skip_postgeneration_save = True

    application = factory.SubFactory(CandidacyFactory)
    member = factory.SubFactory(MemberFactory)
    position = factory.Sequence(lambda n: n)
    changed_at = WHILE_OPEN
    state = Review.State.TO_READ
    handed_in_at = factory.LazyAttribute(
        lambda review: WHILE_OPEN if review.state == Review.State.DONE else None
    )

    mean = factory.LazyAttribute(
        lambda review: 2.0 if review.state == Review.State.DONE else None
    )

    class Params:
        done = factory.Trait(state=Review.State.DONE)

    @factory.post_generation
    def mark(self, create, mark, **kwargs):
        """Give every criterion the mark ``mark``; the mean follows."""
        if mark is None:
            return
        Score.objects.bulk_create(
            Score(review=self, criterion=criterion, mark=mark)
            for criterion in criteria(self.member.edition)
        )
        self.mean = float(mark)
        self.save(update_fields=["mean"])


FROZEN = {
    "title": "Tel quel",
    "structure": "Telle quelle",
    "rank": 1,
    "shares_rank": False,
    "means": [2.0],
    "abstained": 0,
    "assigned": 1,
}


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    application = factory.SubFactory(CandidacyFactory)
    outcome = Decision.Outcome.SELECTED
    minutes = 12
    changed_at = WHILE_OPEN
    # No number stands before its publication, all do after it.
    frozen = factory.LazyAttribute(lambda made: FROZEN if made.published_at else None)
    published_at = None


def criteria(edition):
    """Return the criteria of ``edition``, which has those of the call at least."""
    reference.load()
    return list(Criterion.objects.of(edition))


def proposal(**values):
    """Return a proposal that was sent, with the snapshot of its sending."""
    from submissions.answering import snapshots

    application = ApplicationFactory(
        proposed=True, sent=True, kind=Kind.PROPOSE, **values
    )
    snapshots.take_snapshot(application, at=WHILE_OPEN)
    return application
