"""Whose answer is it? Its address, and the row of who answers in their structure."""

from django.db.models import Q

from assises.models import Contact, Mail
from submissions import mails
from submissions.models import Application

# The columns that say whose an answer is.
COLUMNS = ("email", "email_confirmed_at", "contested_at", "claimed_at")


def is_locked(application):
    """Say whether the structure belongs to others too, and is read-only here.

    One that was picked in the list does; one that was described here does too, as soon
    as an answer of somebody else bears it.
    """
    if application.structure_picked or application.structure_id is None:
        return application.structure_picked
    answers = Application.objects.filter(structure=application.structure_id)
    own = Q(pk=application.pk)
    if application.is_confirmed:
        own |= Q(email=application.email, email_confirmed_at__isnull=False)
    return answers.exclude(own).exists()


def take_address(application, email, *, by, at):
    """Let ``email`` be the address of ``application``; its link, mailed, confirms it.

    The former address is told. Whoever came by a link sent to this very address has
    confirmed it, and from their first saved word on the answer opens by a link alone,
    unless this browser has begun it before: anybody could have. Sets the ``COLUMNS``.
    """
    former, was_confirmed = application.email, application.is_confirmed
    if email and email != former:
        application.email = email
        application.email_confirmed_at = application.contested_at = None
    if by.email == application.email:
        application.email_confirmed_at = application.email_confirmed_at or at
        if application.key not in by.started:
            application.claimed_at = application.claimed_at or at
    if application.email != former:
        mails.address_changed(application, at=at)
        mails.address_replaced(application, former=former, urgent=was_confirmed, at=at)


def write_contact(application, values, *, by, at):
    """Write ``values``, column → value, to the row of who answers in their structure.

    A person has one row per structure, shared by the answers that they have confirmed,
    and changed by their hand alone, or by the browser that began the only answer that
    bears it; by their hand, those begun in other browsers open by a link from then on.
    An answer that nobody has confirmed has a row of its own. Say whether a row that
    other answers may bear says another thing now.
    """
    hers = by.email == application.email
    values = {**values, "email": application.email, "structure": application.structure}
    row = application.contact
    if hers and (twin := _confirmed_twin(application)):
        if row is not None and _is_of_one(row, application):
            _absorb(row, twin)
        others = Application.objects.naming(twin).exclude(key__in=by.started)
        others.filter(claimed_at=None).update(claimed_at=at)
        row = twin
    elif row is None:
        row = Contact()
    elif row.email != application.email:
        row = _unshared(row, application)
        row.email_confirmed_at = None
    elif not hers and _differs(row, values):
        moved = row.structure_id != application.structure_id
        row = _unshared(row, application)
        row.email_confirmed_at = None if moved else row.email_confirmed_at
    elif row.structure_id != application.structure_id:
        row = _unshared(row, application)
    if hers:
        values["email_confirmed_at"] = row.email_confirmed_at or at
    is_shared = row.pk is not None and row.email_confirmed_at is not None
    corrected = correct(row, values)
    application.contact = row
    return is_shared and corrected


def correct(row, values):
    """Let ``row`` hold ``values``, column → value, and say whether that changed it."""
    if row.pk is not None and not _differs(row, values):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True


def _differs(row, values):
    return any(getattr(row, name) != value for name, value in values.items())


def _confirmed_twin(application):
    """Return the other row of this person in the structure of ``application``, if any."""
    twins = Contact.objects.confirmed().filter(
        structure=application.structure_id, email=application.email
    )
    return twins.exclude(pk=application.contact_id).first()


def _unshared(row, application):
    """Return ``row``, or a copy of it if other answers bear it too."""
    if _is_of_one(row, application):
        return row
    names = (*Contact.details, *Contact.consents, "shows_email", "structure")
    return Contact(**{name: getattr(row, name) for name in names})


def _is_of_one(row, application):
    """Say whether no answer but ``application`` bears ``row``."""
    others = Application.objects.exclude(pk=application.pk)
    return not others.naming(row).exists()


def write_second(application, values):
    """Write ``values`` to the row of the second contact: of this answer alone, for
    somebody else typed it; another address is another person, hence another row."""
    second = application.second_contact
    if not values["email"]:
        application.second_contact = None
        return
    if second is None or second.email != values["email"]:
        second = Contact()
    correct(second, {**values, "structure": application.structure})
    application.second_contact = second


def join_confirmed(application, *, at):
    """Let the contact of a confirmed answer be the row of this person in its structure.

    It fills the blanks of that row; it overwrites nothing and agrees to nothing, for
    anybody could have typed it. Say whether there was such a row already.
    """
    contact = application.contact
    if twin := _confirmed_twin(application):
        for name in Contact.details:
            setattr(twin, name, getattr(twin, name) or getattr(contact, name))
        twin.save(update_fields=Contact.details)
        _absorb(contact, twin)
        application.contact = twin
        return True
    contact.email_confirmed_at = contact.email_confirmed_at or at
    contact.save(update_fields=["email_confirmed_at"])
    return False


def _absorb(contact, twin):
    """Let ``twin`` stand wherever ``contact`` stood."""
    Application.objects.filter(contact=contact).update(contact=twin)
    Mail.objects.filter(contact=contact).update(contact=twin)
    for member in contact.tied_members.all():
        member.persons.add(twin)
    contact.delete()


def forget_left(structure, application):
    """Delete the ``structure`` that ``application`` has just left, if it was described for
    it and nothing else names it."""
    left = structure is not None and structure.pk != application.structure_id
    if left and not structure.listed:
        forget(structure)


def forget(row):
    """Delete a contact or a structure that nothing but mails names any more.

    Asked of the relations themselves: what a higher package says of it, as the tie of a
    member, is not known here by its name.
    """
    named = any(
        relation.field.model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
        if relation.field.model is not Mail
    )
    if not named:
        row.delete()
