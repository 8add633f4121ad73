"""What did the bearers who were asked to present answer, as the journal and the answers tell it?"""

from typing import NamedTuple

from django.db.models import Count, Q

from assises.models import Event
from submissions.models import Application

# What the journal says of each gesture; the last one tells where an offer stands.
ASKED = "matinée proposée à la structure"
DECLINED = "matinée déclinée par la structure"
CANCELLED = "matinée plus proposée à la structure"
RECONSIDERED = "matinée reconsidérée par la structure"
GESTURES = (ASKED, DECLINED, CANCELLED, RECONSIDERED)


class Tally(NamedTuple):
    """How many answered what; ``unanswered``: their last day is past."""

    accepted: int
    declined: int
    waiting: int
    unanswered: int


def declined(applications=None):
    """Return key → instant of the « no » that was their last word, in one query.

    Of all answers, or of the list ``applications``.
    """
    told = Event.objects.filter(model=Application._meta.label_lower, verb__in=GESTURES)
    if applications is not None:
        keys = [str(application.pk) for application in applications]
        told = told.filter(object_key__in=keys)
    told = told.order_by("at", "pk").values_list("object_key", "verb", "at")
    last = {int(key): (verb, at) for key, verb, at in told}
    return {pk: at for pk, (verb, at) in last.items() if verb == DECLINED}


def declined_at(application):
    """Return when the bearer said no, if that is how the last offer ended."""
    if not _may_have_declined(application):
        return None
    return declined([application]).get(application.pk)


def _may_have_declined(application):
    """Say whether a « no » is worth looking for in the journal."""
    is_free = application.is_declared and not application.is_asked_to_present
    return is_free and application.editable_until is not None


def told_to_bearers(applications, at):
    """Return key → what the bearer of each answer is told of the offer: ``open``,
    ``missed``, ``declined``, ``closed`` (declined, and too late to change one's mind),
    or nothing. One query at most, and none where nobody was ever asked."""
    asked = [each for each in applications if _may_have_declined(each)]
    refusals = declined(asked) if asked else {}
    return {
        each.pk: _told_to_bearer(each, each.pk in refusals, at) for each in applications
    }


def _told_to_bearer(application, has_declined, at):
    if application.may_accept(at):
        return "open"
    if not application.edition.is_ahead(at):
        return ""
    if application.is_asked_to_present:
        return "missed"
    if not has_declined:
        return ""
    return "declined" if at < application.offer_ends_at() else "closed"


def answered(applications):
    """Keep, of the answers ``applications``, those whose bearers said yes or no."""
    return applications.accepted_to_present() | _having_declined(applications)


def _having_declined(applications):
    free = applications.declared().filter(asked_to_present_at=None)
    return free.filter(pk__in=list(declined()))


def tally(applications, *, at):
    """Return the :class:`Tally` of ``applications``, in two queries."""
    asked = applications.asked_to_present()
    waiting = asked.may_accept(at)
    kept = {
        "accepted": applications.accepted_to_present(),
        "declined": _having_declined(applications),
        "waiting": waiting,
        "unanswered": asked.exclude(pk__in=waiting.values("pk")),
    }
    counts = {
        name: Count("pk", filter=Q(pk__in=answers.values("pk")))
        for name, answers in kept.items()
    }
    return Tally(**applications.aggregate(**counts))
