"""How is it decided what becomes of a proposal?"""

from django.db import transaction
from django.db.models import F

from assises.people import audit
from committee.models import Candidacy, Decision

# What a decision holds, by whom it is written; the rest belongs to its publication.
COLUMNS = ("outcome", "minutes", "reason", "note")


class DecisionRefusedError(Exception):
    """The decision is published, or the proposal does not stand any more."""


class StaleDecisionError(Exception):
    """Somebody else decided meanwhile, on another page."""


def decision_of(candidacy):
    """Return what was decided of ``candidacy`` when it was read; version 0: nothing yet."""
    stored = getattr(candidacy, "decision", None)
    return stored or Decision(application=candidacy, version=0)


@transaction.atomic
def decide(candidacy, choice, *, seen, by, at):
    """Store ``choice`` (:data:`COLUMNS` → value) about ``candidacy``, and its history.

    ``seen`` is the version that the page was made from, 0 if nothing was decided: of two
    people who decide together, one wins. An empty outcome goes back to
    « à décider ». What changes nothing writes nothing. Raises
    :class:`DecisionRefusedError` and :class:`StaleDecisionError`.
    """
    before = decision_of(candidacy)
    if before.published_at or before.version != seen:
        raise _refusal(candidacy)
    changed = {name for name in COLUMNS if getattr(before, name) != choice[name]}
    if not changed:
        return
    write_decision(candidacy, {**choice, "decided_by": by, "changed_at": at}, seen=seen)
    # The texts stay out of the journal.
    told = {
        "outcome": str(Decision(outcome=choice["outcome"])),
        "minutes": choice["minutes"] or "aucune",
    }
    audit.record(
        "décision enregistrée",
        Decision.objects.select_related("application").get(application=candidacy.pk),
        by=by,
        at=at,
        changed=changed,
        values={name: words for name, words in told.items() if name in changed},
    )


def write_decision(candidacy, written, *, seen):
    """Write over what was ``seen``, by one UPDATE that tests version, state and
    publication; the database lets in one of two first decisions."""
    if seen:
        open_ones = _open_decisions(candidacy).filter(version=seen)
        if open_ones.update(version=F("version") + 1, **written):
            return
    elif Candidacy.objects.filter(pk=candidacy.pk).exists():
        _, created = Decision.objects.get_or_create(
            application_id=candidacy.pk, defaults=written
        )
        if created:
            return
    raise _refusal(candidacy)


def _refusal(candidacy):
    """Return why the decision about ``candidacy`` was not written."""
    may_be_written = _open_decisions(candidacy).exists()
    return StaleDecisionError() if may_be_written else DecisionRefusedError()


def _open_decisions(candidacy):
    """Return the decision about ``candidacy`` if it may still be written: not published,
    about what still stands.

    Subqueries, not joins: PostgreSQL tests them again after waiting for a lock.
    """
    return Decision.objects.filter(
        application=candidacy.pk,
        published_at=None,
        application__in=Candidacy.objects.values("pk"),
    )
