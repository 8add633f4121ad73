"""Who was named second contact of an answer? Told once; whoever left is named no more."""

from assises.mail import outbox
from assises.models import Mail
from submissions import mails
from submissions.models import Application


def tell_second_contact(application, *, at):
    """Tell the second contact of a sent answer that they are named: once per person.

    Only organisers name again somebody who has left: the form refuses it.
    """
    second = application.second_contact
    _keep_back(application, but=second)
    if (
        second
        and application.named.get(application.digest_of(second.email))
        != Application.TOLD
    ):
        mails.second_contact_named(application, at=at)
        _record_told(
            application, {application.digest_of(second.email): Application.TOLD}
        )


def record_leaving(application, second):
    """Remember that ``second`` has left; keep back what was still to tell them."""
    _keep_back(application, but=None)
    _record_told(application, {application.digest_of(second.email): Application.LEFT})


def _keep_back(application, *, but):
    """Cancel what waits to tell anybody ``but`` the second contact that they are named."""
    if not application.named:
        return
    waiting = Mail.objects.filter(
        kind="second_contact_named",
        reference=application.key,
        state=Mail.State.QUEUED,
    )
    if but is not None:
        waiting = waiting.exclude(address=but.email)
    untold = {application.digest_of(mail.address): None for mail in waiting}
    if untold:
        outbox.cancel_mails(waiting)
        _record_told(application, untold)


def _record_told(application, changes):
    """Write what became of the people of ``changes``, digest → state; ``None`` forgets."""
    named = {**application.named, **changes}
    application.named = {who: state for who, state in named.items() if state}
    Application.objects.filter(pk=application.pk).update(named=application.named)
