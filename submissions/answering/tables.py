"""Where does an answer go once it is sent? From what was typed to columns and rows, and back."""

from collections import defaultdict

from assises.models import Structure
from assises.people import audit
from submissions.answering.choice_lists import ELSEWHERE
from submissions.people import identity, second_contacts
from submissions.questions.index import QUESTIONS
from submissions.questions.question import Owner


def write(application, forms, *, by, at):
    """Write ``forms``, step → valid form, to the tables; only what they ask is written.

    Return columns of the answer, name → value, which the caller writes by the one UPDATE
    that its guard needs; and pairs of a row that other answers may bear and of the names
    of its columns that say another thing now.
    """
    contact, first = application.contact_id, application.contact_id is None
    values, corrected = {}, []
    for slug, form in forms.items():
        values |= form.cleaned_data
        application.type(slug, form.cleaned_texts())
    identity.take_address(application, values.pop("email", ""), by=by, at=at)
    structure = application.structure_id
    if names := _write_structure(application, values):
        corrected.append((application.structure, names))
    person = _kept_by(Owner.CONTACT, values)
    if person or application.structure_id != structure:
        if names := identity.write_contact(application, person, by=by, at=at):
            corrected.append((application.contact, names))
    elif identity.awaits_its_person(application, by=by):
        identity.join_confirmed(application, at=at)
    if application.contact_id != contact:
        for slug, texts in typed_texts(application.contact, Owner.CONTACT).items():
            application.type(slug, texts)  # The row that it joined says more.
    if second := _kept_by(Owner.SECOND, values):
        second_contacts.write_second(application, second)
    _write_choices(application, forms.values(), first=first)
    columns = _kept_by(Owner.ANSWER, values) | {"contact": application.contact}
    return columns, corrected


def _kept_by(owner, values):
    """Return the part of ``values`` that ``owner`` keeps, by the names of its columns."""
    return {
        question.column: values[name]
        for name, question in QUESTIONS.items()
        if question.owner is owner and name in values
    }


def _write_structure(application, values):
    """Let the answer bear the structure that it picks, or the one that it describes.

    Return the names of what changed in a structure that was there before.
    """
    described = _kept_by(Owner.STRUCTURE, values)
    if known := values.get("known"):
        pick(application, Structure.objects.select_related("seat").get(pk=known))
    elif described:
        own = None if application.structure_picked else application.structure
        structure = own or Structure()
        if seat := described.pop("seat", None):
            described["seat_elsewhere"] = seat == ELSEWHERE
            described["seat_id"] = None if seat == ELSEWHERE else seat
        if described.get("listed") and application.claimed_at is None:
            described["listed"] = structure.listed  # Anybody may have ticked it.
        changed = identity.write_row(structure, described)
        application.structure, application.structure_picked = structure, False
        return changed
    return set()


def list_structure(application, *, at):
    """List the structure that a sent answer describes, if its person has asked for it:
    it is known now that they have."""
    asked = application.typed.get("public", {}).get("listed")
    if not asked or not application.is_sent or identity.is_locked(application):
        return
    structure = Structure.objects.filter(pk=application.structure_id, listed=False)
    if structure.update(listed=True):
        audit.record(
            "corrige",
            application.structure,
            by=audit.APPLICANT,
            at=at,
            changed=["listed"],
            values={"listed": "oui"},
        )


def pick(application, structure):
    """Let the answer bear a ``structure`` of the list, and say what it is."""
    application.structure, application.structure_picked = structure, True
    for slug, texts in typed_texts(structure, Owner.STRUCTURE).items():
        application.type(slug, texts)


def _write_choices(application, forms, *, first):
    """Replace the communes and the terms that ``forms`` ask; at ``first`` there are none."""
    asked, chosen = set(), []
    for form in forms:
        if "communes" in form.fields:
            chosen_communes = form.cleaned_data["communes"]
            _replace(application.communes, chosen_communes, first=first)
        for question in form.shown:
            if vocabulary := question.vocabulary:
                codes = form.cleaned_data[question.name]
                asked.add(vocabulary)
                terms = [t for t in form.lists.terms if t.vocabulary == vocabulary]
                chosen += [term.pk for term in terms if term.code in codes]
    if asked:
        among = application.terms.filter(vocabulary__in=asked)
        _replace(application.terms, chosen, among=among, first=first)


def _replace(relation, chosen, among=None, *, first):
    """Let ``relation`` hold the keys ``chosen`` in place of those ``among`` it."""
    among = relation.all() if among is None else among
    before = set() if first else set(among.values_list("pk", flat=True))
    if added := set(chosen) - before:
        relation.add(*added)
    if removed := before - set(chosen):
        relation.remove(*removed)


def typed_texts(row, owner, names=None):
    """Return what the form says of ``row``, as ``owner``, step → name → texts; of its
    columns ``names`` alone, if they are given."""
    texts = defaultdict(dict)
    if names and names & {"seat_id", "seat_elsewhere"}:
        names = {*names, "seat"}
    for question in QUESTIONS.values():
        if question.owner is owner and (names is None or question.column in names):
            value = value_in(row, question.column)
            texts[question.step][question.name] = question.texts_of(value)
    if owner is Owner.CONTACT and (names is None or "email" in names):
        texts["contact"]["email"] = [row.email]
    if owner is Owner.STRUCTURE:
        texts.pop("public", None)  # Its consent is its own: no other answer repeats it.
    return dict(texts)


def value_in(row, column):
    """Return what ``row`` keeps in ``column``, as the form asks it."""
    if column == "seat":
        return ELSEWHERE if row.seat_elsewhere else row.seat_id
    return getattr(row, column)
