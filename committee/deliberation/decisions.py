"""How is it decided what becomes of a proposal?"""

from django.db import IntegrityError, transaction
from django.db.models import F

from assises.people import audit
from committee.models import Candidacy, Decision

# What a decision holds, by whom it is written; the rest belongs to its publication.
COLUMNS = ("outcome", "minutes", "reason", "note")
# Of these, what the journal may tell.
TOLD = ("outcome", "minutes")


class DecisionRefusedError(Exception):
    """The decision is published, or the proposal does not stand any more."""


class StaleDecisionError(Exception):
    """Somebody else decided meanwhile, on another page."""


def decision_of(candidacy):
    """Return what is decided of ``candidacy`` so far."""
    decision = Decision.objects.filter(application=candidacy.pk).first()
    decision = decision or Decision.unwritten(candidacy)
    decision.application = candidacy
    return decision


@transaction.atomic
def decide(candidacy, choice, *, seen, by, at):
    """Store ``choice`` (:data:`COLUMNS` → value) about ``candidacy``, and its history.

    ``seen`` is the version that the page was made from, ``UNWRITTEN`` if nothing was
    decided: of two people who decide together, one wins. An empty outcome goes back to
    « à décider ». What changes nothing writes nothing. Raises
    :class:`DecisionRefusedError` and :class:`StaleDecisionError`.
    """
    before = decision_of(candidacy)
    if before.published_at or before.version != seen:
        raise _refusal(candidacy)
    changed = {name for name in COLUMNS if getattr(before, name) != choice[name]}
    if not changed:
        return
    written = {**choice, "decided_by": by, "changed_at": at}
    if seen:
        update_decision(candidacy, written, seen=seen)
    else:
        create_decision(candidacy, written)
    audit.record(
        "décision enregistrée",
        decision_of(candidacy),
        by=by,
        at=at,
        changed=changed,
        values=_journal_values(choice, changed),
    )


def create_decision(candidacy, written):
    """Write the first decision; the database lets one of two of them in."""
    if not Candidacy.objects.filter(pk=candidacy.pk).exists():
        raise DecisionRefusedError
    try:
        with transaction.atomic():
            Decision.objects.create(application_id=candidacy.pk, **written)
    except IntegrityError:
        if not Decision.objects.filter(application=candidacy.pk).exists():
            raise
        raise _refusal(candidacy) from None


def update_decision(candidacy, written, *, seen):
    """Write over what was seen, by one UPDATE that tests version, state and publication."""
    own = _open_decisions(Decision.objects.filter(application=candidacy.pk))
    if not own.filter(version=seen).update(version=F("version") + 1, **written):
        raise _refusal(candidacy)


def _refusal(candidacy):
    """Return why the decision about ``candidacy`` was not written."""
    own = _open_decisions(Decision.objects.filter(application=candidacy.pk))
    return StaleDecisionError() if own.exists() else DecisionRefusedError()


def _open_decisions(decisions):
    """Keep those that may still be written: not published, about what still stands.

    Subqueries, not joins: PostgreSQL tests them again after waiting for a lock.
    """
    return decisions.filter(
        published_at=None, application__in=Candidacy.objects.values("pk")
    )


def _journal_values(choice, changed):
    """Return what the journal keeps of ``choice``, as people read it."""
    outcome = Decision(outcome=choice["outcome"])
    words = {"outcome": str(outcome), "minutes": choice["minutes"] or "aucune"}
    return {name: words[name] for name in TOLD if name in changed}
