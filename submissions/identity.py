"""Whose answer is it? Contacts, their confirmed addresses, and rows that serve no more."""

from django.db import transaction
from django.db.models import Q

from assises.models import Contact, Mail
from submissions.models import Application

DETAILS = ("first_name", "last_name", "function", "status", "phone")
CONSENTS = ("on_shared_list", "keep_informed")
# The fields of the form that write to the contact's row.
OF_A_PERSON = {*DETAILS, *CONSENTS, "shows_email", "email"}


def separate(application, *, email, by):
    """Give the answer a contact row of its own before somebody else's would change.

    A row shared with another answer changes only by the hand of the person whose
    confirmed address it bears.
    """
    contact = application.contact
    if contact is None or not used_elsewhere(contact, application):
        return
    if contact.email == by.email and email in {None, contact.email}:
        return
    application.contact = copied(contact)


def copied(contact):
    """Return a new, unconfirmed and unsaved row with the details of ``contact``."""
    fields = (*DETAILS, *CONSENTS, "shows_email", "email", "structure")
    return Contact(**{name: getattr(contact, name) for name in fields})


def settle(application, *, by, at):
    """Give the contacts of ``application`` its structure.

    What a person types with an address that its link has confirmed goes to the
    row of that person in that structure. A second contact is a row of this answer
    alone, never confirmed and never joined: somebody else typed it.
    """
    if application.contact is not None:
        application.contact = place(application.contact, application, by=by, at=at)
    second = application.second_contact
    if second is not None and second.structure_id != application.structure_id:
        second.structure = application.structure
        second.save(update_fields=["structure"])


def place(contact, application, *, by, at):
    """Return ``contact`` within the structure of ``application``."""
    if contact.email == by.email and contact.email_confirmed_at is None:
        contact.email_confirmed_at = at
    elif contact.structure_id == application.structure_id:
        return contact
    if contact.structure_id not in {None, application.structure_id} and used_elsewhere(
        contact, application
    ):
        contact = copied(contact)
    contact.structure = application.structure
    twin = confirmed_twin(contact)
    if twin is None:
        contact.save()
        return contact
    merge(contact, twin, overwrite=True)
    return twin


def used_elsewhere(contact, application):
    return (
        Application.objects.filter(Q(contact=contact) | Q(second_contact=contact))
        .exclude(pk=application.pk)
        .exists()
    )


def confirmed_twin(contact):
    """Return the other row of this confirmed address in this structure, if any."""
    if contact.email_confirmed_at is None or contact.structure_id is None:
        return None
    twins = Contact.objects.confirmed().filter(
        structure_id=contact.structure_id, email=contact.email
    )
    return twins.exclude(pk=contact.pk).first()


@transaction.atomic
def confirm(email, *, at):
    """Mark ``email`` confirmed: its link was used.

    Rows typed before the confirmation join the confirmed one of their structure and
    fill its blanks; they overwrite nothing, for anybody could have typed them. The
    answers that they come from open by a link alone from then on.
    """
    pending = Contact.objects.filter(
        email=email, email_confirmed_at=None, applications__email=email
    )
    for contact in pending.distinct().order_by("-pk"):
        contact.email_confirmed_at = at
        twin = confirmed_twin(contact)
        if twin is None:
            contact.save(update_fields=["email_confirmed_at"])
        else:
            Application.objects.filter(contact=contact).update(claimed_at=at)
            merge(contact, twin, overwrite=False)


def merge(contact, twin, *, overwrite):
    """Move what ``contact`` holds and what points to it over to ``twin``."""
    for name in DETAILS:
        value = getattr(contact, name)
        if value and (overwrite or not getattr(twin, name)):
            setattr(twin, name, value)
    for name in CONSENTS:
        setattr(twin, name, getattr(twin, name) or getattr(contact, name))
    twin.save(update_fields=[*DETAILS, *CONSENTS])
    if contact.pk is None:
        return
    Application.objects.filter(contact=contact).update(contact=twin)
    Mail.objects.filter(contact=contact).update(contact=twin)
    contact.delete()


def drop_contact_if_unused(contact):
    """Delete a contact that no answer names any more and no link ever confirmed."""
    if contact is not None and contact.email_confirmed_at is None:
        forget(contact)


def forget(contact):
    """Delete a contact that no answer names any more."""
    if not Application.objects.filter(
        Q(contact=contact) | Q(second_contact=contact)
    ).exists():
        contact.delete()


def drop_if_unused(structure, unless=None):
    """Delete a structure described by a draft that has left it, and by nobody else."""
    if structure is None or structure == unless or structure.listed:
        return
    if not structure.applications.exists() and not structure.contacts.exists():
        structure.delete()
