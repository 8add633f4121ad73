"""Which editions take answers, have chosen, are ahead? The twins of what ``Edition`` says of one."""

from django.db import models
from django.db.models import ExpressionWrapper, F, Q

from assises.french import dates
from assises.models.kind import CLOSINGS


class EditionQuerySet(models.QuerySet):
    def current(self):
        """Return the edition of the moment, or ``None``."""
        return self.filter(is_current=True).select_related("territory").first()

    def open(self, at, kind):
        """Editions that take answers of ``kind`` at the instant ``at``."""
        return self.filter(Q(opens_at__lte=at, **{f"{CLOSINGS[kind]}__gt": at}))

    def in_grace(self, at, kind):
        """Editions that have just closed ``kind``, and still take drafts begun before."""
        closing = CLOSINGS[kind]
        grace = ExpressionWrapper(
            F("grace_until") - F("closes_at"), models.DurationField()
        )
        return self.alias(tolerated_until=F(closing) + grace).filter(
            **{f"{closing}__lte": at}, tolerated_until__gt=at
        )

    def unpublished(self, at):
        """Editions whose results are not told yet at ``at``."""
        return self.exclude(results_published_at__lte=at)

    def choosing(self, at):
        """Editions whose committee may still be given answers to read."""
        return self.filter(opens_at__lte=at).ahead(at).unpublished(at)

    def ahead(self, at):
        """Editions whose day has not come at ``at``."""
        return self.filter(held_on__gt=dates.local_day(at))
