"""Which answers? The words that everything asks with."""

from django.db import models
from django.db.models import F, Q

from assises.models import Edition, Kind


class State(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SENT = "sent", "envoyée"
    WITHDRAWN = "withdrawn", "retirée"


def _owned(applicant):
    """Return the condition of an answer begun in this browser, or that its address has
    confirmed as its own.

    Once joined to the row of a person known before, it opens by a link alone:
    anybody could have typed that person's address.
    """
    own = Q(key__in=applicant.started, claimed_at=None)
    if applicant.email:
        own |= Q(email=applicant.email, email_confirmed_at__isnull=False)
        own |= Q(former_email=applicant.email)
    return own


def proposed(answer=""):
    """Return the condition of a proposal for the morning that was sent and not withdrawn.

    ``answer`` is the way to it from another row: « application__ ».
    """
    return Q(**{f"{answer}kind": Kind.PROPOSE, f"{answer}state": State.SENT})


class ApplicationQuerySet(models.QuerySet):
    def of(self, edition):
        return self.filter(edition=edition)

    def sent(self):
        return self.filter(state=State.SENT)

    def drafts(self):
        return self.filter(state=State.DRAFT)

    def unconfirmed(self):
        """Answers whose person has not used any link yet."""
        return self.filter(email_confirmed_at=None)

    def confirmed(self):
        return self.exclude(email_confirmed_at=None)

    def actions(self):
        """Answers that describe an action."""
        return self.filter(kind__in=[Kind.DECLARE, Kind.PROPOSE])

    def owned_by(self, applicant):
        """Answers of who is behind a request."""
        return self.filter(_owned(applicant))

    def editable_by(self, applicant):
        """Own answers, and those that name the applicant as second contact.

        The latter have a row from the first sending on, which tells them: from then on,
        withdrawn or taken up again, they read the answer and may leave it.
        """
        own = _owned(applicant)
        if applicant.email:
            own |= Q(second_contact__email=applicant.email)
        return self.filter(own)

    def reached_by(self, email):
        """Answers that a link sent to ``email`` opens, or asks about."""
        known = Q(email_confirmed_at__isnull=False) | Q(contested_at=None)
        named = Q(former_email=email) | Q(second_contact__email=email)
        return self.filter(known & Q(email=email) | named)

    def to_recognise(self, applicant):
        """Answers begun elsewhere under a confirmed address: are they its owner's?

        Anybody could have typed it, so nothing of them is hers until she says so.
        """
        if not applicant.email:
            return self.none()
        unknown = self.filter(email=applicant.email, contested_at=None)
        return unknown.unconfirmed().exclude(_owned(applicant))

    def naming(self, contact):
        """Answers that name ``contact``, as the person who answered or as the second."""
        return self.filter(Q(contact=contact) | Q(second_contact=contact))

    def open_for_changes(self, at):
        """Answers that may still be changed and sent at ``at``.

        Spelled without any join: a guarded UPDATE that filters through one lets
        two clicks win on PostgreSQL.
        """
        allowed = Q(editable_until__gt=at)
        for kind in Kind:
            editions = Edition.objects.open(at, kind).values("pk")
            late = Edition.objects.in_grace(at, kind).values("pk")
            allowed |= Q(kind=kind, edition__in=editions)
            allowed |= Q(kind=kind, state=State.DRAFT, edition__in=late)
        return self.filter(allowed)

    def declared(self):
        """Actions that were declared, sent, and not proposed for the morning."""
        return self.sent().filter(kind=Kind.DECLARE)

    def proposed(self):
        """Proposals for the morning that were sent and not withdrawn."""
        return self.filter(proposed())

    def asked_to_present(self):
        """Declared actions whose bearers the committee asked, and that gave no answer."""
        asked = self.declared().filter(asked_to_present_at__isnull=False)
        return asked.filter(declined_to_present_at=None)

    def declined_to_present(self):
        """Declared actions whose bearers said no."""
        return self.declared().filter(declined_to_present_at__isnull=False)

    def may_accept(self, at):
        """Those that may still say yes at ``at``."""
        return self.asked_to_present().offer_open(at)

    def offer_open(self, at):
        """Those whose own last day is to come, whatever the call, and the Assises too."""
        ahead = Edition.objects.ahead(at).values("pk")
        return self.filter(editable_until__gt=at, edition__in=ahead)

    def accepted_to_present(self):
        """Proposals whose bearers had been asked."""
        asked = self.sent().filter(asked_to_present_at__isnull=False)
        return asked.filter(kind=Kind.PROPOSE, declined_to_present_at=None)

    def rewrite(self, **values):
        """Write ``values`` under a new version; say whether a row was still there."""
        return self.update(version=F("version") + 1, **values)

    def with_people(self):
        """Bring what a list shows of each answer: structure, seat, contact."""
        return self.select_related("structure__seat", "contact", "edition")

    def newest_first(self):
        return self.order_by("-dated_at", "-pk")
