"""How is an answer noted by an organiser, dictated by telephone or received on paper?"""

from django.db import transaction

from assises.french import dates
from assises.people import audit
from submissions.answering import drafts
from submissions.models import Application


@transaction.atomic
def begin_dictated(*, edition, kind, start_key, by, at, **typed):
    """Begin an answer that ``by`` types for its person; once the call is closed, it can be
    typed until the end of the day.

    No mail leaves yet: the receipt brings the link that confirms it, in one click.
    """
    known = Application.objects.filter(start_key=start_key).exists()
    late = None
    if not edition.is_open(at, kind):
        late = dates.closing_after(dates.local_day(at))
    application = drafts.begin_answer(
        edition=edition,
        kind=kind,
        start_key=start_key,
        at=at,
        write_mail=False,
        typed_by=by,
        editable_until=late,
        **typed,
    )
    if not known:  # The other click has written it.
        audit.record("saisie pour une autre personne", application, by=by, at=at)
    return application
