"""How does a member leave a proposal, and who gives it back?"""

from django.db import transaction
from django.db.models import F, Q

from assises.french import text
from assises.models import Contact
from assises.people import audit
from committee.models import Candidacy, ConflictOfInterest, Member, Review

State = Review.State


class PublishedError(Exception):
    """The results are told: nothing is given to read any more."""


class StillInConflictError(Exception):
    """The recusal follows from a conflict of interest: that goes first."""


@transaction.atomic
def declare(review, conflict, *, by, at):
    """Write the conflict of interest of a member, and take them off what it touches.

    What they had written stays, out of sight, and counts no more; once the results are
    published, what they had handed in stays counted.
    """
    member, application = review.member, review.application
    if conflict == ConflictOfInterest.STRUCTURE and application.structure_id:
        member.structures.add(application.structure_id)
    if conflict == ConflictOfInterest.PERSON:
        people = [application.contact_id, application.second_contact_id]
        member.persons.add(*Contact.objects.filter(pk__in=filter(None, people)))
    audit.record(
        "conflit d’intérêts déclaré", member, by=by, at=at, changed={str(conflict)}
    )
    recuse(Review.objects.filter(pk=review.pk), by=by, at=at)
    apply(member, by=by, at=at)


def apply(member, *, by, at):
    """Recuse ``member`` from every proposal they are in conflict with."""
    recuse(reviews_in_conflict(member), by=by, at=at)


def reviews_in_conflict(member):
    forbidden = Candidacy.objects.of(member.edition).in_conflict_with(member)
    return Review.objects.of(member).filter(application__in=forbidden.values("pk"))


def citations(edition):
    """Return pairs of a proposal and a member who may be in conflict with it: their address
    is typed in it, unconfirmed, or it describes anew a structure of the name of theirs.

    It recuses nobody: organisers read it, and decide.
    """
    members = Member.objects.of(edition).reading()
    members = members.select_related("user", "partner__structure")
    members = list(members.prefetch_related("structures"))
    emails = {member.user.email.lower() for member in members}
    cited = Q(email__in=emails, email_confirmed_at=None)
    cited |= Q(second_contact__email__in=emails)
    for name in set().union(*map(_names, members)):
        cited |= Q(structure__search_text__startswith=name)
    proposals = Candidacy.objects.of(edition).filter(cited).order_by("pk")
    pairs = [
        (proposal, member)
        for proposal in proposals.select_related("second_contact", "structure")
        for member in members
        if _cites(proposal, member)
    ]
    if not pairs:
        return []
    recused = Review.objects.recused().filter(member__in=members)
    recused = set(recused.values_list("application", "member"))
    return [pair for pair in pairs if (pair[0].pk, pair[1].pk) not in recused]


def _cites(proposal, member):
    email, second = member.user.email.lower(), proposal.second_contact
    return (
        (proposal.email == email and not proposal.is_confirmed)
        or (second is not None and second.email == email)
        or _bears_name_of(proposal.structure, member)
    )


def _bears_name_of(structure, member):
    """Say whether ``structure`` is none of ``member`` and has the name of one."""
    own = structure in _structures(member)
    return not own and text.fold(structure.name) in _names(member)


def _names(member):
    return {text.fold(structure.name) for structure in _structures(member)}


def _structures(member):
    """Return the structures that ``member`` is in conflict with."""
    partner = member.partner and member.partner.structure
    return [*member.structures.all(), *([partner] if partner else [])]


@transaction.atomic
def recuse(reviews, *, by, at):
    """Turn ``reviews`` into recusals and write it in the journal.

    Means that are published do not move: what was handed in before stays so.
    """
    for review in _recusable(reviews, at=at).select_related("member__user"):
        own = _recusable(Review.objects.filter(pk=review.pk), at=at)
        changes = {"state": State.RECUSED, "changed_at": at}
        if own.update(version=F("version") + 1, **changes):
            audit.record("déport", review, by=by, at=at, changed={"state"})


def _recusable(reviews, *, at):
    """Keep those that may become recusals.

    Subqueries, not joins: PostgreSQL tests them again after waiting for a lock.
    """
    unpublished = Member.objects.unpublished(at).values("pk")
    moving = Q(member__in=unpublished) | ~Q(state=State.DONE)
    return reviews.filter(moving).exclude(state=State.RECUSED)


@transaction.atomic
def give_back(review, *, by, at):
    """Let a member read again what they were recused from by mistake, or left without
    opinion.

    Raises :class:`StillInConflictError` while they are in conflict with it, and
    :class:`PublishedError` once the results are told.
    """
    refuse_published(review.member.edition, at=at)
    proposal = Candidacy.objects.filter(pk=review.application_id)
    if proposal.in_conflict_with(review.member).exists():
        raise StillInConflictError
    unpublished = Member.objects.unpublished(at).values("pk")
    own = Review.objects.filter(pk=review.pk, member__in=unpublished).ended()
    state = State.DRAFT if _holds_writing(review) else State.TO_READ
    changes = {"mean": None, "handed_in_at": None, "changed_at": at}
    if review.is_left and Review.objects.beside(review).exists():
        changes["after_others"] = True  # They may have read the deliberation.
    if own.update(state=state, version=F("version") + 1, **changes):
        verb = "évaluation redonnée" if review.is_left else "déport levé"
        audit.record(verb, review, by=by, at=at, changed={"state"})


def refuse_published(edition, *, at):
    """Raise :class:`PublishedError` once the results of ``edition`` are told."""
    if not edition.is_unpublished(at):
        raise PublishedError


def _holds_writing(review):
    """Say whether ``review`` holds a mark or a text, even one still to be mended."""
    written = review.comment or review.suggestion or review.unfinished
    return bool(written) or review.scores.exists()
