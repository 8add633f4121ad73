"""Whose answer is it? Its address, and the row of who answers in their structure."""

from django.db.models import Q

from assises.models import Contact, Mail
from submissions import mails
from submissions.models import Application

# The columns that say whose an answer is.
COLUMNS = ("email", "former_email", "email_confirmed_at", "contested_at", "claimed_at")


def is_locked(application):
    """Say whether the structure belongs to others too, and is read-only here.

    One that was picked in the list does; one that was described here does too, as soon
    as an answer of somebody else bears it.
    """
    if application.structure_picked or application.structure_id is None:
        return application.structure_picked
    answers = Application.objects.filter(structure=application.structure_id)
    answers = answers.exclude(state=Application.State.DRAFT)  # Anybody begins one.
    own = Q(pk=application.pk)
    if application.claimed_at:
        own |= Q(email=application.email, claimed_at__isnull=False)
    return answers.exclude(own).exists()


def take_address(application, email, *, by, at):
    """Let ``email`` be the address of ``application``; its link, mailed, confirms it.

    The former address is told, and opens the answer until the new one is used if it is
    by its link that another one was typed. Whoever came by a link sent to this very
    address has confirmed it, and from their first saved word on it opens by a link alone.
    What its browser writes without the link, its owner has not seen: it is confirmed
    again by the link of the next mail. Sets the ``COLUMNS``.
    """
    former, was_confirmed = application.email, application.is_confirmed
    if email and email != former:
        application.email = email
        if was_confirmed and by.email == former:
            application.former_email = former
        elif not by.is_known:
            application.former_email = ""  # An organiser says whose it is.
        application.email_confirmed_at = application.contested_at = None
        if application.key in by.started:
            application.claimed_at = None  # Open here until the new address is used.
    if by.email == application.email:
        application.email_confirmed_at = application.email_confirmed_at or at
        application.claimed_at = application.claimed_at or at
        application.former_email = ""
    elif application.key in by.started and application.claimed_at is None:
        application.email_confirmed_at = None
    if application.email != former:
        mails.address_changed(application, at=at)
        mails.address_replaced(application, former=former, urgent=was_confirmed, at=at)


def write_contact(application, values, *, by, at):
    """Write ``values``, column → value, to the row of who answers in their structure.

    A person has one row per structure, shared by the answers that they have confirmed,
    and changed by their hand alone, or by the browser that began the only answer that
    bears it; by their hand, those begun in other browsers open by a link from then on.
    An answer that nobody has confirmed has a row of its own. Return the names of what
    changed in a row that other answers may bear.
    """
    hers = by.email == application.email
    values = {**values, "email": application.email, "structure": application.structure}
    row = application.contact or Contact()
    if hers and (twin := _confirmed_twin(application)):
        if row.pk and _is_of_one(row, application):
            _absorb(row, twin)
        others = Application.objects.naming(twin).filter(claimed_at=None)
        others = others.exclude(pk=application.pk).exclude(key__in=by.started)
        others.rewrite(claimed_at=at)
        row = twin
    elif row.pk:
        replaced = row.email != application.email
        moved = row.structure_id != application.structure_id
        if replaced or moved or (not hers and _differing(row, values)):
            row = _unshared(row, application)
        if replaced or (moved and not hers):
            row.email_confirmed_at = None
    if hers:
        values["email_confirmed_at"] = row.email_confirmed_at or at
    is_shared = row.email_confirmed_at is not None
    changed = write_row(row, values)
    application.contact = row
    return changed if is_shared else set()


def write_row(row, values):
    """Let ``row`` hold ``values``, column → value; return the names of what changed in it
    if it was there before."""
    changed, is_new = _differing(row, values), row.pk is None
    for name in changed:
        setattr(row, name, values[name])
    if changed or is_new:
        row.save()
    return set() if is_new else changed


def _differing(row, values):
    return {name for name, value in values.items() if getattr(row, name) != value}


def _confirmed_twin(application, structure=None):
    """Return the other row of this person in ``structure``, that of ``application`` if
    none is given."""
    twins = Contact.objects.confirmed().filter(
        structure=structure or application.structure_id, email=application.email
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


def awaits_its_person(application, *, by):
    """Say whether the row of ``application`` is that of ``by``, who never wrote to it."""
    contact = application.contact
    hers = by.email == application.email == contact.email
    return hers and contact.email_confirmed_at is None


def join_confirmed(application, *, at):
    """Let the contact of an answer be the row of this person in its structure.

    It fills the blanks of that row; it overwrites nothing and agrees to nothing, for
    anybody could have typed it.
    """
    contact = application.contact
    if twin := _confirmed_twin(application, contact.structure_id):
        for name in Contact.details:
            setattr(twin, name, getattr(twin, name) or getattr(contact, name))
        twin.save(update_fields=Contact.details)
        _absorb(contact, twin)
        application.contact = twin
    elif contact.email_confirmed_at is None:
        contact.email_confirmed_at = at
        contact.save(update_fields=["email_confirmed_at"])


def _absorb(contact, twin):
    """Let ``twin`` stand wherever ``contact`` stood."""
    Application.objects.filter(contact=contact).update(contact=twin)
    Mail.objects.filter(contact=contact).update(contact=twin)
    contact.invitations.update(contact=twin)
    for member in contact.members_in_conflict.all():
        member.persons.add(twin)
    contact.delete()


def moved_from(email):
    """Return the answers whose former address ``email`` was told that another one has
    taken its place."""
    if not email:
        return Application.objects.none()
    told = Mail.objects.filter(kind="address_replaced", address=email)
    keys = told.values("reference")
    return Application.objects.filter(key__in=keys).exclude(email=email)


def forget_left(structure, application):
    """Forget the ``structure`` that ``application`` has just left."""
    if structure is not None and structure.pk != application.structure_id:
        forget(structure)


def forget(row):
    """Delete a contact that nobody confirmed or a structure that is not listed, once nothing
    but mails names it any more.

    Asked of the relations themselves: what a higher package says of it, as the conflict of a
    member, is not known here by its name.
    """
    is_known = row.email_confirmed_at if isinstance(row, Contact) else row.listed
    if not is_known and not any(
        relation.field.model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
        if relation.field.model is not Mail
    ):
        row.delete()
