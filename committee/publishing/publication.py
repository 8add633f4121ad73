"""How do the decisions become results: all at once, frozen, told to each applicant once?"""

from django.db import transaction
from django.db.models import F

from assises.guests.invitations import hold_edition
from assises.mail import outbox
from assises.models import Edition, Mail
from assises.people import audit
from committee import mails
from committee.deliberation import ranking
from committee.deliberation.decisions import DecisionRefusedError, StaleDecisionError
from committee.models import Candidacy, Decision, Presentation
from committee.publishing import letters, outcomes

Outcome = Decision.Outcome


class UndecidedError(Exception):
    """Some proposal would get no answer."""


class NothingToPublishError(Exception):
    """All that is decided is published: somebody else has done it, perhaps."""


@transaction.atomic
def publish(edition, *, by, at):
    """Freeze what is decided of ``edition``, open it to the applicants, and hold one mail for
    each of them: one transaction. Returns how many decisions were published.

    Proposals that came after the first publication are published by the next one. Raises
    :class:`UndecidedError` and :class:`NothingToPublishError`; then nothing changed.
    """
    hold_edition(edition)
    edition.refresh_from_db(fields=["results_published_at"])
    candidacies = Candidacy.objects.of(edition)
    # Nobody withdraws meanwhile, nor decides otherwise.
    held = candidacies.select_for_update().order_by("pk").values_list("pk", flat=True)
    proposals = set(held)
    decided = letters.standing(edition).select_for_update(of=["self"])
    decisions = list(letters.with_what_is_told(decided).order_by("pk"))
    if proposals - {decision.application_id for decision in decisions}:
        raise UndecidedError
    fresh = [decision for decision in decisions if not decision.published_at]
    if not fresh:
        raise NothingToPublishError
    _freeze(
        fresh, ranking.standings(candidacies), first=edition.is_unpublished(at), at=at
    )
    _await(fresh, edition, at=at)
    Edition.objects.filter(pk=edition.pk, results_published_at=None).update(
        results_published_at=at
    )
    edition.refresh_from_db(fields=["results_published_at"])
    mails.results_told(letters.letters_about(fresh, edition), edition, at=at)
    told = {"décisions": len(fresh)}
    audit.record("résultats publiés", edition, by=by, at=at, changed=told, values=told)
    return len(fresh)


def _freeze(decisions, standings, *, first, at):
    """Write in each of ``decisions`` what was published of it. Who comes after the ``first``
    publication was compared with nobody: no rank."""
    for decision in decisions:
        application, standing = decision.application, standings[decision.application_id]
        if not first:
            standing = standing._replace(rank=None, shares_rank=False)
        decision.published_at, decision.version = at, decision.version + 1
        decision.frozen = {
            "title": application.title,
            "structure": application.structure_name,
            **standing._asdict(),
        }
    columns = ["published_at", "version", "frozen"]
    Decision.objects.bulk_update(decisions, columns, batch_size=200)


def _await(decisions, edition, *, at):
    """Await a yes or a no from whoever is selected."""
    day = outcomes.day_to_confirm(edition, at)
    for decision in decisions:
        if decision.outcome == Outcome.SELECTED:
            decision.presentation = awaited(decision, day)
    rows = [each.presentation for each in decisions if each.outcome == Outcome.SELECTED]
    Presentation.objects.bulk_create(rows, batch_size=200)


def awaited(decision, day):
    """Return the presentation of a selected project, not stored, as its answer says it."""
    said = decision.application
    return Presentation(
        decision=decision,
        confirm_by=day,
        presenters=said.presenters,
        minors=said.minors,
        equipment=said.equipment,
    )


@transaction.atomic
def send_results(edition, *, by, at):
    """Let the mails held by the publication leave; return how many."""
    left = outbox.release(letters.written_in(edition), at=at)
    if left:
        told = {"courriels": left}
        audit.record(
            "résultats envoyés", edition, by=by, at=at, changed=told, values=told
        )
    return left


@transaction.atomic
def revise(candidacy, choice, *, seen, by, at):
    """Change a published decision, and correct what its applicant was told; return whether a
    mail leaves at once. Ranks and means stay as they were published.

    ``choice`` and ``seen`` are those of :func:`committee.deliberation.decisions.decide`, and
    so is what is raised; besides, a published decision is never left open.
    """
    edition = candidacy.edition
    hold_edition(edition)
    published = letters.standing(edition).published().filter(application=candidacy.pk)
    stored = letters.with_what_is_told(published.select_for_update(of=["self"])).first()
    if stored is None or not choice["outcome"]:
        raise DecisionRefusedError
    if stored.version != seen:
        raise StaleDecisionError
    changed = {name for name in choice if getattr(stored, name) != choice[name]}
    if not changed:
        return False
    columns = {**choice, "decided_by": by, "changed_at": at}
    if "outcome" in changed:
        columns |= {"confirmed_at": None, "declined_at": None}
    Decision.objects.filter(pk=stored.pk).update(version=F("version") + 1, **columns)
    if "outcome" in changed:
        _follow_outcome(stored, choice["outcome"], edition, at=at)
    told = {"outcome": str(Decision(outcome=choice["outcome"]))}
    told |= {"minutes": choice["minutes"] or "aucune"}
    values = {name: words for name, words in told.items() if name in changed}
    audit.record(
        "décision publiée changée", stored, by=by, at=at, changed=changed, values=values
    )
    if changed == {"note"}:  # For the committee alone.
        return False
    return letters.tell_again(stored.application.email, edition, at=at)


def _follow_outcome(decision, outcome, edition, *, at):
    """Await a yes or a no if ``decision`` has become a selected one, else no longer."""
    Presentation.objects.filter(decision=decision.pk).delete()
    if outcome == Outcome.SELECTED:
        awaited(decision, outcomes.day_to_confirm(edition, at)).save()


def withdrawn(application, *, at):
    """Tell whoever withdraws a proposal nothing more of its result."""
    decision = Decision.objects.published().filter(application=application.pk).first()
    if decision is None:
        return
    edition = application.edition
    waiting = [Mail.State.HELD, Mail.State.QUEUED, Mail.State.FAILED]
    if letters.about(application.email, edition).filter(state__in=waiting).exists():
        letters.tell_again(application.email, edition, at=at)
