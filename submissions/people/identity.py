"""Whose answer is it? Contacts, their confirmed addresses, and rows that serve no more."""

from django.db import transaction
from django.db.models import Q

from assises.mail import outbox
from assises.models import Contact, Mail
from assises.people import audit
from submissions.models import Application

# The fields of the form that write to the contact's row.
OF_A_PERSON = {*Contact.details, *Contact.consents, "shows_email", "email"}


def separate(application, *, email, by):
    """Give the answer a contact row of its own before somebody else's would change.

    A row shared with another answer changes only by the hand of the person whose
    confirmed address it bears.
    """
    contact = application.contact
    if contact is None or not _used_elsewhere(contact, application):
        return
    if contact.email == by.email and email in {None, contact.email}:
        return
    application.contact = _copied(contact)


def _copied(contact):
    """Return a new, unconfirmed and unsaved row with the details of ``contact``."""
    fields = {*OF_A_PERSON, "structure"}
    return Contact(**{name: getattr(contact, name) for name in fields})


def is_locked(application, applicant):
    """Say whether the structure belongs to others too, and is read-only here.

    It is as soon as another answer, sent or of another address, bears it. A picked
    one opens only to the confirmed address that has described it.
    """
    if application.structure is None:
        return False
    columns = ("pk", "state", "email", "structure_picked")
    answers = list(application.structure.applications.values_list(*columns))
    described = any(
        email == applicant.email and not picked for _, _, email, picked in answers
    )
    if application.structure_picked and not described:
        return True
    return any(
        state != Application.State.DRAFT or email != application.email
        for pk, state, email, _ in answers
        if pk != application.pk
    )


def settle_contacts(application, *, by, at):
    """Give the contacts of ``application`` its structure.

    What a person types with an address that its link has confirmed goes to the
    row of that person in that structure. A second contact is a row of this answer
    alone, never confirmed and never joined: somebody else typed it.
    """
    if application.email == by.email and not application.is_confirmed:
        application.email_confirmed_at = at
    if application.contact is not None:
        application.contact = _place_contact(
            application.contact, application, by=by, at=at
        )
    second = application.second_contact
    if second is not None and second.structure_id != application.structure_id:
        second.structure = application.structure
        second.save(update_fields=["structure"])


def _place_contact(contact, application, *, by, at):
    """Return ``contact`` within the structure of ``application``."""
    if contact.email == by.email and contact.email_confirmed_at is None:
        contact.email_confirmed_at = at
    elif contact.structure_id == application.structure_id:
        return contact
    if contact.structure_id not in {None, application.structure_id} and _used_elsewhere(
        contact, application
    ):
        contact = _copied(contact)
    contact.structure = application.structure
    twin = _confirmed_twin(contact)
    if twin is None:
        contact.save()
        return contact
    _merge(contact, twin, overwrite=True)
    return twin


def _used_elsewhere(contact, application):
    return Application.objects.naming(contact).exclude(pk=application.pk).exists()


def _confirmed_twin(contact):
    """Return the other row of this confirmed address in this structure, if any."""
    if contact.email_confirmed_at is None or contact.structure_id is None:
        return None
    twins = Contact.objects.confirmed().filter(
        structure_id=contact.structure_id, email=contact.email
    )
    return twins.exclude(pk=contact.pk).first()


def confirm(link, *, started, at):
    """Confirm what ``link`` proves: the answer whose mail brought it, and those that its
    address has ``started`` in the browser where it is used. No other one."""
    proved = Q(key=link.answer_key) | Q(key__in=started)
    answers = Application.objects.filter(proved, email=link.email, contested_at=None)
    for application in answers.unconfirmed().select_related("contact"):
        recognise(application, at=at)


@transaction.atomic
def recognise(application, *, at):
    """Take ``application`` as the answer of the owner of its address.

    Its contact joins the confirmed row of this person in this structure and fills its
    blanks; it overwrites nothing and agrees to nothing, for anybody could have typed it.
    The answer then opens by a link alone.
    """
    changes = {"email_confirmed_at": at}
    contact = application.contact
    if contact is not None and contact.email == application.email:
        contact.email_confirmed_at = contact.email_confirmed_at or at
        if twin := _confirmed_twin(contact):
            changes["claimed_at"] = at
            _merge(contact, twin, overwrite=False)
        else:
            contact.save(update_fields=["email_confirmed_at"])
    Application.objects.filter(pk=application.pk).update(**changes)


def contest(application, *, at):
    """Note that the owner of its address has nothing to do with ``application``.

    It stays with the browser that began it, and writes to this address no more.
    """
    Application.objects.filter(pk=application.pk).update(contested_at=at)
    outbox.cancel_mails(
        Mail.objects.filter(reference=application.key, address=application.email)
    )
    audit.record("adresse contestée", application, by=audit.APPLICANT, at=at)


def _merge(contact, twin, *, overwrite):
    """Move what ``contact`` holds and what points to it over to ``twin``."""
    for name in Contact.details:
        value = getattr(contact, name)
        if value and (overwrite or not getattr(twin, name)):
            setattr(twin, name, value)
    for name in Contact.consents if overwrite else ():
        setattr(twin, name, getattr(twin, name) or getattr(contact, name))
    twin.save(update_fields=[*Contact.details, *Contact.consents])
    if contact.pk is None:
        return
    Application.objects.filter(contact=contact).update(contact=twin)
    Mail.objects.filter(contact=contact).update(contact=twin)
    for member in contact.tied_members.all():
        member.persons.add(twin)
    contact.delete()


def drop_contact_if_unused(contact):
    """Delete a contact that no answer names any more and no link ever confirmed."""
    if contact is not None and contact.email_confirmed_at is None:
        forget(contact)


def forget(contact):
    """Delete a contact that no answer names any more, nor the tie of a member."""
    if not _is_named(contact, besides=[Mail]):
        contact.delete()


def _is_named(row, *, besides=()):
    """Say whether a row of any package points to ``row``, but for the models ``besides``.

    Asked of the relations themselves: what a higher package says of a structure or of a
    person, as the tie of a member, is not known here by its name.
    """
    return any(
        relation.field.model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
        if relation.field.model not in besides
    )


def drop_if_unused(structure, unless=None):
    """Delete a structure described by a draft that has left it, and by nobody else.

    A partner, a merger or the tie of a member may name it too.
    """
    if structure is None or structure == unless or structure.listed:
        return
    if not _is_named(structure):
        structure.delete()
