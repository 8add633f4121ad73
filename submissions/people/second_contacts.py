"""Who was named second contact of an answer? The mail that told them says it."""

from assises.mail import outbox
from assises.models import Contact, Mail
from submissions import mails
from submissions.people import identity


def write_second(application, values):
    """Write ``values`` to the row of the second contact: of this answer alone, for
    somebody else typed it; another address is another person, hence another row."""
    second = application.second_contact
    if second is not None and second.email != values["email"]:
        keep_back(application, second.email)
        second = None
    if values["email"]:
        second = second or Contact()
        identity.write_row(second, {**values, "structure": application.structure})
    application.second_contact = second


def tell_second_contact(application, *, at):
    """Tell the second contact of a sent answer that they are named: once per person.

    Only organisers name again somebody who has left: the form refuses it.
    """
    second = application.second_contact
    if second is None:
        return
    told = _telling(application, second.email).exclude(state=Mail.State.CANCELLED)
    if application.was_left_by(second.email):
        application.left_by.remove(application.digest_of(second.email))
        application.save(update_fields=["left_by"])
    elif told.exists():
        return
    mails.second_contact_named(application, at=at)


def keep_back(application, email):
    """Keep the mail that would tell ``email`` that they are named from leaving: they are no
    more. Named again, they are told then."""
    outbox.cancel_mails(_telling(application, email))


def record_leaving(application, second):
    """Remember that ``second`` has left, by a digest: their address may be erased since."""
    keep_back(application, second.email)
    application.left_by.append(application.digest_of(second.email))
    application.save(update_fields=["left_by"])


def _telling(application, email):
    return Mail.objects.filter(
        kind="second_contact_named", reference=application.key, address=email
    )
