"""What may each person of the committee know?

Conflicts of interest hide, and so do the reviews of others while one's own are unfinished.

Narrows ``submissions/reading/visibility.py``. Every screen, count and order of the committee
asks here; no view filters by itself.
"""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from assises.models import Edition
from committee.models import Candidacy, Decision, Member, Review, Score
from committee.models.conflicts import readable_by
from submissions.models import Application
from submissions.questions.index import kept_from_the_committee
from submissions.reading import dossier, visibility

# What no judgement rests on.
NOT_JUDGED = kept_from_the_committee()
# The action is read first, then who carries it.
READ_LAST = ("structure", "contact")


def member_of(user, edition):
    """Return who ``user`` is on the committee of ``edition``, or ``None``."""
    members = Member.objects.of(edition).select_related("user", "edition")
    return members.filter(user=user).first()


def proposals_known_to(member, edition):
    """Return the proposals of ``edition``, less the conflicts of interest of ``member`` if
    there is one."""
    proposals = Candidacy.objects.of(edition)
    return proposals if member is None else proposals.readable_by(member)


def reviews_of(member):
    """Return the reviews that ``member`` has to do with.

    A conflict of interest hides a proposal as soon as it exists, even before the recusal
    is written.
    """
    readable = proposals_known_to(member, member.edition)
    return Review.objects.of(member).filter(
        Exists(readable.filter(pk=OuterRef("application")))
    )


class Sight(NamedTuple):
    """What one person sees of ``edition``, beside the reviews of their own.

    ``candidacies`` are the proposals whose deliberation they see: not those of their own
    ``pending`` reviews, and none for whoever ``lacks_seat`` or, outside the committee,
    ``awaits_results``. ``published`` are the decisions
    about them once they are told, withdrawn since or not. ``answers`` are the sent ones, of
    every kind, that they read. ``named`` says whether they read who answered, and who
    on the committee wrote what, and the note of the deliberation.
    """

    edition: Edition
    candidacies: QuerySet
    published: QuerySet
    answers: QuerySet
    pending: QuerySet
    lacks_seat: bool
    awaits_results: bool
    named: bool


def sight(user, edition, *, at):
    """Return the :class:`Sight` of ``user`` at ``at``: the deliberation and what is taken
    away show nothing else.

    Whoever sits on the committee never sees what they are in conflict with, its people
    included, whatever else their roles allow: ranks, counts and minutes are made of the
    others.
    """
    member = member_of(user, edition)
    evaluates = user.has_perm("committee.evaluate_review")
    # The chair of another edition: nobody has written their conflicts in this one.
    lacks_seat = (
        member is None and evaluates and not user.has_perm("committee.change_decision")
    )
    candidacies = proposals_known_to(member, edition)
    answers = visibility.applications_visible_to(user).of(edition).sent()
    pending = Review.objects.none()
    published = _published_to(member, edition, at=at)
    if member is not None:
        answers = answers.filter(readable_by(member))
        # What the others think is read after one's own, or once all is published.
        if edition.is_unpublished(at):
            pending = reviews_of(member).pending()
            # Of those that are known already: SQLite refuses queries that nest deeper.
            own = Review.objects.of(member).pending()
            candidacies = candidacies.exclude(pk__in=own.values("application"))
    awaits_results = not _decides(user) and edition.is_unpublished(at)
    if lacks_seat or awaits_results or not user.has_perm("committee.view_decision"):
        candidacies, published = candidacies.none(), published.none()
    return Sight(
        edition=edition,
        candidacies=candidacies,
        published=published,
        answers=answers,
        pending=pending,
        lacks_seat=lacks_seat,
        awaits_results=awaits_results,
        # A seat without the role that it gives lifts nothing that another role hides.
        named=(member is not None and evaluates) or visibility.sees_people(user),
    )


def _decides(user):
    """Say whether ``user`` has a hand in the deliberation: the others wait for its results."""
    return user.has_perm("committee.evaluate_review") or user.has_perm(
        "committee.change_decision"
    )


def _published_to(member, edition, *, at):
    """Return the decisions that are told, less the conflicts of interest of ``member``."""
    if edition is None or edition.is_unpublished(at):
        return Decision.objects.none()
    published = Decision.objects.of(edition).published()
    if member is None:
        return published
    known = Application.objects.filter(readable_by(member))
    return published.filter(application__in=known.values("pk"))


def scores_visible_in(review, *, to):
    """Return the marks that the sheet of ``review`` shows to the user ``to``: its own,
    and those of the others if it is theirs and handed in."""
    visible = Q(review=review)
    if review.is_handed_in and review.is_by(to):
        visible |= Q(review__in=Review.objects.beside(review).values("pk"))
    scores = Score.objects.filter(visible)
    return scores.select_related("criterion", "review__member__user").order_by(
        "review__member__user__search_text", "review", "criterion__order", "criterion"
    )


def sections_to_judge(application, *, named=True, snapshot=None, lists=None):
    """Return what was answered in a proposal as the committee reads it, to judge and to
    decide: the action first; of the version ``snapshot``, or as it is stored.

    Neither how to reach people, nor what they agree to publish. Their names stay, unless
    ``named`` is false: a conflict of interest is recognised by them.
    """
    whole = visibility.visible_sections(
        application,
        sees_people=named,
        lists=lists,
        content=snapshot.content if snapshot else None,
    )
    answered = [
        section._replace(rows=[row for row in section.rows if row.value])
        for section in visibility.less_rows(whole, NOT_JUDGED)
    ]
    shown = [section for section in answered if section.rows]
    return sorted(shown, key=lambda section: READ_LAST.count(section.slug))


def reviews_open_to(user, edition):
    """Return the reviews that ``user`` may write: their own, or any on paper.

    An organiser copies the marks that a member wrote on paper; a member, even one who
    would also organise, writes their own alone.
    """
    member = member_of(user, edition)
    if member is not None:
        return reviews_of(member)
    if not user.has_perm("committee.type_review"):
        return Review.objects.none()
    proposals = Candidacy.objects.of(edition).values("pk")
    return Review.objects.filter(application__in=proposals).exclude(
        state=Review.State.RECUSED
    )


def changes(read, latest, application, *, lists):
    """Return what changed since the version that was ``read``, less how to reach people."""
    if read is None or read.pk == latest.pk:
        return []
    found = dossier.differences(read, latest, application=application, lists=lists)
    return [change for change in found if change.name not in NOT_JUDGED]
