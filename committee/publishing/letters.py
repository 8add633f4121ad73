"""What does each applicant read of the results, in one mail whatever they proposed?"""

from itertools import groupby
from typing import NamedTuple

from assises.french import text
from assises.mail import outbox
from assises.models import Mail
from committee import mails
from committee.models import Candidacy, Decision
from committee.publishing import outcomes

State = Mail.State
# The mails that tell an outcome: whoever has had one may only be told otherwise by the next.
KINDS = ("results_told", "results_corrected")
# In this order: of several answers, the best one comes first.
ORDER = {outcome: place for place, outcome in enumerate(Decision.Outcome)}


class Letter(NamedTuple):
    """One mail, to one address, about all that it proposed: ``decisions``, best first."""

    decisions: list
    subject: str
    body: str

    @property
    def application(self):
        return self.decisions[0].application

    @property
    def address(self):
        return self.application.email

    @property
    def outcome(self):
        return self.decisions[0].outcome

    @property
    def shown(self):
        """The text as it is read before it leaves: its link is made at sending."""
        return self.body.replace(text.LINK_PLACE, "[lien personnel]")


def standing(edition):
    """Return the decisions about what ``edition`` was proposed and still stands, with what
    their mails tell."""
    decisions = Decision.objects.of(edition).decided()
    return decisions.filter(application__in=Candidacy.objects.values("pk"))


def with_what_is_told(decisions):
    related = ("application__contact", "application__edition", "presentation")
    return decisions.select_related(*related)


def letters_about(decisions, edition, name="results_told"):
    """Return the :class:`Letter` of each address that ``decisions`` concern, by outcome.

    Nobody is written to about an answer that they have said is not theirs.
    """
    told = [each for each in decisions if not each.application.contested_at]
    if not told:
        return []
    told.sort(key=lambda each: (each.application.email, ORDER[each.outcome], each.pk))
    groups = [
        list(rows) for _, rows in groupby(told, lambda each: each.application.email)
    ]
    compose = mails.composer(name, edition)
    letters = [
        Letter(rows, *compose(rows[0].application, list(map(_told, rows))))
        for rows in groups
    ]
    return sorted(letters, key=lambda letter: ORDER[letter.outcome])


def _told(decision):
    return decision.application, outcomes.told(decision)


def about(address, edition):
    """Return the mails of results written to ``address``."""
    return written_in(edition).filter(address=address)


def written_in(edition):
    """Return the mails of results of ``edition``."""
    return Mail.objects.filter(edition=edition, kind__in=KINDS)


def tell_again(address, edition, *, at):
    """Let ``address`` be told what stands now, and nothing else: what has not left never
    does, and what has left is corrected at once. Returns whether a mail leaves."""
    outbox.cancel_mails(about(address, edition))
    has_left = about(address, edition).filter(state__in=[State.SENDING, State.SENT])
    decisions = standing(edition).published().filter(application__email=address)
    decisions = list(with_what_is_told(decisions))
    corrects = has_left.exists()
    name = "results_corrected" if corrects else "results_told"
    letters = letters_about(decisions, edition, name)
    if not letters:
        return False
    if corrects:
        mails.results_corrected(letters, edition, at=at)
    else:
        mails.results_told(letters, edition, at=at)
    return corrects
