"""Who reads what? Every member, every proposal, but for conflicts of interest."""

from django.db import transaction

from assises.models import Edition
from assises.people import audit
from committee.models import Candidacy, Member, Review
from committee.reviewing import recusals

State = Review.State


@transaction.atomic
def assign(edition, *, by=audit.SYSTEM, at):
    """Give every member every proposal without conflict; return how many reviews were added.

    May be run again at any time: what exists is never moved, what is missing is added,
    and a conflict met since becomes a recusal. Whoever has no account any more gets nothing.
    Raises :class:`~committee.reviewing.recusals.PublishedError` once the results are published.
    """
    recusals.refuse_published(edition, at=at)
    # In one order, so that two runs at once wait for each other and never in a circle.
    proposals = Candidacy.objects.of(edition).order_by("pk")
    proposals = list(proposals.values_list("pk", flat=True))
    members = Member.objects.of(edition).reading().select_related("user", "edition")
    added = 0
    for member in members.order_by("pk"):
        # A conflict met later may follow from what an applicant types: the sheet is
        # hidden, and what was handed in stays.
        unread = recusals.reviews_in_conflict(member).pending()
        recusals.recuse(unread, by=by, at=at)
        before = Review.objects.of(member).count()
        reviews = _missing_reviews(member, proposals)
        Review.objects.bulk_create(reviews, ignore_conflicts=True)
        added += Review.objects.of(member).count() - before
    if added:
        audit.record(
            "dossiers attribués", edition, by=by, at=at, values={"évaluations": added}
        )
    return added


def _missing_reviews(member, proposals):
    """Return the reviews that ``member`` has not yet among ``proposals``, as recusals
    where a conflict forbids them."""
    known = set(Review.objects.of(member).values_list("application", flat=True))
    forbidden = Candidacy.objects.of(member.edition).in_conflict_with(member)
    forbidden = set(forbidden.values_list("pk", flat=True))
    return [
        Review(
            application_id=proposal,
            member=member,
            state=State.RECUSED if proposal in forbidden else State.TO_READ,
        )
        for proposal in proposals
        if proposal not in known
    ]


def run(at):
    """Assign what has come in since, until the results are published: the periodic work.

    A bearer whom the committee asked proposes after the call has closed.
    """
    editions = Edition.objects.choosing(at).order_by("pk")
    added = sum(assign(edition, at=at) for edition in editions)
    return f"{added} évaluations ajoutées"
