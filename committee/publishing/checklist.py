"""What is missing before the results may be published, or could go wrong once they are?"""

from collections import Counter
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from assises.french.dates import NBSP
from assises.french.numbers import plural
from assises.models import Mail
from committee.deliberation import agenda
from committee.models import Candidacy, Decision, Review
from committee.publishing import letters

Outcome = Decision.Outcome
State = Mail.State


class Line(NamedTuple):
    """One thing to look at: how it is said, where it is mended; ``blocks``: nothing is
    published before."""

    told: str
    url: str
    blocks: bool = False


def lines(found, edition, decisions, post, *, at):
    """Yield the :class:`Line` of what is missing before ``decisions`` of ``edition`` are
    published: ``found`` is its whole agenda, ``post`` what :func:`post_of` it says."""
    yield from _undecided(found)
    if edition.is_unpublished(at):
        yield from _unread(edition)
    yield from _without_reason(decisions)
    yield from _overflow(found.morning(edition))
    yield from _without_day(edition)
    yield from _addresses([decision.application for decision in decisions])
    yield from _post(post)


def post_of(edition):
    """Return triples of address, kind and state of what was written to who proposed, mails
    of results included, in one query; what came back has failed."""
    proposals = Candidacy.objects.of(edition)
    own = Q(address__in=proposals.values("email")) | Q(kind__in=letters.KINDS)
    mails = Mail.objects.filter(own, edition=edition)
    return list(mails.values_list("address", "kind", "state"))


def _listed(outcome):
    return reverse("screens:deliberation", query={"decision": outcome})


def _undecided(found):
    if number := len(found.undecided):
        s = plural(number)
        told = f"{number} proposition{s} sans décision{NBSP}: personne ne resterait sans réponse."
        yield Line(told, _listed(agenda.UNDECIDED), blocks=True)


def _unread(edition):
    reviews = Review.objects.filter(application__in=Candidacy.objects.of(edition))
    if number := reviews.pending().count():
        told = f"{number} évaluation{plural(number)} du comité ne sont pas rendues."
        if number == 1:
            told = "Une évaluation du comité n’est pas rendue."
        yield Line(told, reverse("screens:progress"))


def _without_reason(decisions):
    counts = Counter(each.outcome for each in decisions if not each.reason)
    for outcome in Outcome:
        if outcome != Outcome.SELECTED and (number := counts[outcome]):
            told = f"{number} réponse{plural(number)} «{NBSP}{outcome.label}{NBSP}» sans motif."
            yield Line(told, _listed(outcome))


def _overflow(morning):
    if morning.excess:
        told = f"La matinée dépasse de {morning.excess}{NBSP}min, changements compris."
        yield Line(told, reverse("screens:deliberation"))


def _without_day(edition):
    if edition.confirm_by is None:
        told = f"Aucun dernier jour pour confirmer n’est fixé{NBSP}: aucune relance ne partira."
        url = reverse("admin:assises_edition_calendar", args=[edition.pk])
        yield Line(told, url)


def _addresses(applications):
    answers = reverse("admin:submissions_application_changelist")
    contested = {each.email for each in applications if each.contested_at}
    if number := len(contested):
        s = plural(number)
        told = (
            f"{number} adresse{s} contestée{s}{NBSP}: aucun courriel n’y part. Appelez."
        )
        yield Line(told, f"{answers}?adresse=contestee")
    unconfirmed = {each.email for each in applications if not each.is_confirmed}
    if number := len(unconfirmed - contested):
        s = plural(number)
        told = f"{number} adresse{s} non confirmée{s}{NBSP}: le courriel y part quand même."
        yield Line(told, f"{answers}?adresse=non-confirmee")


def _post(post):
    mails = reverse("admin:assises_mail_changelist")
    failing = {address for address, _, state in post if state == State.FAILED}
    if number := len(failing):
        told = f"{number} adresse{plural(number)} où un courriel a échoué."
        yield Line(told, f"{mails}?state__exact=failed")
    waiting = [
        address
        for address, kind, state in post
        if state in {State.HELD, State.QUEUED} and kind not in letters.KINDS
    ]
    if number := len(waiting):
        told = f"{number} courriel{plural(number)} déjà en attente pour ces structures."
        yield Line(told, mails)
