"""Two structures become one, and two again: nothing is lost, whatever points to them.

``EXAMPLES=500 pytest tests/submissions/test_merging.py`` is the long version.
"""

import json
import os

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assises.guests import merging
from assises.models import (
    Contact,
    Event,
    Invitation,
    Note,
    Outreach,
    Structure,
    Suggestion,
)
from assises.people import audit
from submissions.models import Application
from tests import factories
from tests.committee.factories import MemberFactory
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

EXAMPLES = int(os.environ.get("EXAMPLES", "25"))
NOW = {"by": audit.SYSTEM, "at": WHILE_OPEN}


def contact(structure, number):
    """Few addresses, confirmed or not: the same person is often known to both."""
    confirmed = WHILE_OPEN if number % 2 else None
    email = f"p{number // 2 % 2}@example.org"
    same = Contact.objects.confirmed().filter(structure=structure, email=email)
    if confirmed and same.exists():
        return
    row = factories.ContactFactory(
        structure=structure, email=email, email_confirmed_at=confirmed
    )
    factories.MailFactory(contact=row)
    MemberFactory().persons.add(row)


def answer(structure, number):
    row = structure.contacts.order_by("pk").first()
    second = factories.ContactFactory(structure=structure) if number % 2 else None
    factories.ApplicationFactory(
        sent=True,
        structure=structure,
        structure_picked=number % 3 == 0,
        second_contact=second,
        **({"contact": row, "email": row.email} if row else {}),
    )


def invitation(structure, number):
    if not structure.invitations.exists():
        contact = structure.contacts.order_by("pk").first()
        factories.InvitationFactory(
            structure=structure, contact=contact, sent=number % 2 == 0
        )


def outreach(structure, number):
    state = Outreach.State.values[number % 4]
    Outreach.objects.update_or_create(
        edition=factories.EditionFactory(),
        structure=structure,
        defaults={"state": state, "changed_at": WHILE_OPEN},
    )


def conflict(structure, number):
    member = MemberFactory()
    member.structures.add(structure)
    if number % 2:
        member.structures.add(*Structure.objects.order_by("pk")[:2])


def suggestion(structure, number):
    Suggestion.objects.create(
        name="Comète", commune_id="91228", at=WHILE_OPEN, structure=structure
    )


# How a row of each relation is made: one more relation of a structure, one more line.
MADE = {
    "assises.contact.structure": contact,
    "submissions.application.structure": answer,
    "assises.invitation.structure": invitation,
    "assises.outreach.structure": outreach,
    "assises.note.structure": lambda structure, number: Note.objects.create(
        structure=structure, text=f"note {number}", at=WHILE_OPEN
    ),
    "assises.suggestion.structure": suggestion,
    "assises.partner.structure": lambda structure, number: factories.PartnerFactory(
        structure=structure
    ),
    "assises.structure.merged_into": lambda structure, number: (
        factories.StructureFactory(merged_into=structure)
    ),
    "committee.member_structures.structure": conflict,
}


def pointing_to(model):
    """Return the names of all the columns that point to ``model``, read from every table."""
    return {
        f"{each._meta.label_lower}.{field.name}"
        for each in apps.get_models(include_auto_created=True)
        for field in each._meta.local_fields
        if field.remote_field and field.remote_field.model is model
    }


def dump():
    """Return every row of ours but the journal, less the versions: they only go up."""
    return {
        model._meta.label_lower: sorted(
            [
                tuple(
                    (field.name, str(field.value_from_object(row)))
                    for field in model._meta.local_concrete_fields
                    if field.name != "version"
                )
                for row in model._base_manager.all()
            ]
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in {"assises", "submissions", "committee"}
        and model is not Event
    }


def keys(field, pk):
    rows = field.model._base_manager.filter(**{field.attname: pk})
    return set(rows.values_list("pk", flat=True))


def test_every_relation_of_a_structure_and_of_a_contact_is_walked():
    walked = {
        model: {merging._name(field) for field in merging.relations(model)}
        for model in (Structure, Contact)
    }

    assert walked == {model: pointing_to(model) for model in walked}
    assert set(MADE) == walked[Structure]


GRAPHS = st.lists(
    st.tuples(st.sampled_from(sorted(MADE)), st.integers(0, 1), st.integers(0, 5)),
    max_size=25,
)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(graph=GRAPHS)
def test_nothing_is_lost_and_undoing_gives_back_the_same(graph):
    with transaction.atomic():
        pair = factories.StructureFactory.create_batch(2)
        for relation, side, number in graph:
            MADE[relation](pair[side], number)
        kept, merged = pair
        fields = merging.relations(Structure)
        before = dump()
        had = {f: (keys(f, kept.pk), keys(f, merged.pk)) for f in fields}
        moves = {m.field: m for m in merging.moves(kept, merged) if m.target == kept.pk}

        event = merging.merge(kept, merged, **NOW)

        for field, (of_kept, of_merged) in had.items():
            stay = set(moves[field].twins)
            itself = {merged.pk} if field.model is Structure else set()
            assert keys(field, kept.pk) == of_kept | (of_merged - stay) | itself
            assert keys(field, merged.pk) == stay
        twins = moves[Contact._meta.get_field("structure")].twins
        assert {
            key
            for twin in twins
            for field in merging.relations(Contact)
            for key in keys(field, twin)
        } == set()

        merging.undo(event, **NOW)
        assert dump() == before
        transaction.set_rollback(True)


def pair(**values):
    return factories.StructureFactory(**values), factories.StructureFactory(**values)


def test_a_chain_is_flat():
    first, second = pair()
    third = factories.StructureFactory()

    merging.merge(second, first, **NOW)
    merging.merge(third, second, **NOW)

    assert set(Structure.objects.filter(merged_into=third)) == {first, second}


def test_one_person_confirmed_by_both_keeps_one_row_with_all_that_named_the_other():
    kept, merged = pair()
    stays, leaves = (
        factories.ContactFactory(
            structure=each, email="zoe@example.org", email_confirmed_at=WHILE_OPEN
        )
        for each in (kept, merged)
    )
    answer = factories.ApplicationFactory(
        sent=True, structure=merged, contact=leaves, email=leaves.email
    )
    mail = factories.MailFactory(contact=leaves)

    merging.merge(kept, merged, **NOW)

    answer.refresh_from_db()
    mail.refresh_from_db()
    assert (answer.structure, answer.contact, mail.contact) == (kept, stays, stays)
    assert list(kept.contacts.all()) == [stays]


def test_a_hundred_people_known_to_both_are_given_back():
    both = pair()
    Contact.objects.bulk_create(
        Contact(
            structure=each,
            last_name="Martin",
            email=f"p{number}@example.org",
            email_confirmed_at=WHILE_OPEN,
        )
        for each in both
        for number in range(100)
    )
    before = dump()

    event = merging.merge(*both, **NOW)

    assert len(json.loads(event.values["moved"])) * 2 > merging.MOST_AT_ONCE
    merging.undo(event, **NOW)
    assert dump() == before


def test_what_only_one_of_both_may_have_stays_and_is_named():
    kept, merged = pair()
    factories.InvitationFactory(structure=kept)
    other = factories.InvitationFactory(structure=merged)

    staying = [
        row for move in merging.moves(kept, merged) for row in move.staying().all()
    ]
    merging.merge(kept, merged, **NOW)

    other.refresh_from_db()
    assert staying == [other]
    assert other.structure == merged


def test_an_answer_picked_in_the_list_says_where_it_went():
    kept, merged = pair(listed=True)
    answer = factories.ApplicationFactory(
        sent=True, structure=merged, structure_picked=True
    )
    version = answer.version

    event = merging.merge(kept, merged, **NOW)
    answer.refresh_from_db()
    assert answer.said("structure", "known") == str(kept.pk)
    assert answer.version > version  # Whoever was changing it reads it again.

    merging.undo(event, **NOW)
    answer.refresh_from_db()
    assert answer.said("structure", "known") == str(merged.pk)


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: factories.ContactFactory(structure=kept),
        lambda kept: Application.objects.get().delete(),
        lambda kept: Application.objects.rewrite(title="Autre"),
        lambda kept: merging.merge(factories.StructureFactory(), kept, **NOW),
    ],
    ids=["a row more", "a row less", "a row saved", "merged again"],
)
def test_what_has_changed_since_is_not_undone(change):
    kept, merged = pair()
    factories.ApplicationFactory(sent=True, structure=merged)
    event = merging.merge(kept, merged, **NOW)
    assert merging.last_merge(kept) == event

    change(kept)

    assert merging.last_merge(kept) is None
    with pytest.raises(merging.MergeRefusedError):
        merging.undo(event, **NOW)
    merged.refresh_from_db()
    assert merged.merged_into is not None


def test_two_organisers_merge_once():
    kept, merged = pair()
    merging.merge(kept, merged, **NOW)

    for one, other in [(kept, merged), (merged, kept), (kept, kept)]:
        with pytest.raises(merging.MergeRefusedError):
            merging.merge(one, other, **NOW)
    assert Event.objects.filter(verb=merging.MERGED).count() == 1


def test_the_journal_keeps_keys_and_nobody_is_named():
    kept, merged = pair(name="Zoé Martin")
    factories.ContactFactory(structure=merged, last_name="Zoé Martin")

    event = merging.merge(kept, merged, **NOW)

    assert "Zoé" not in f"{event.object_label} {event.values}"


def test_an_invitation_is_found_by_its_new_name():
    kept, merged = factories.StructureFactory(name="Nébuleuse"), pair()[0]
    invitation = factories.InvitationFactory(structure=merged)

    merging.merge(kept, merged, **NOW)

    assert Invitation.objects.get(search_text__contains="nebuleuse") == invitation


def test_models_of_ours_have_no_other_way_to_point():
    loose = [
        field
        for model in apps.get_models()
        for field in model._meta.private_fields
        if model._meta.app_label in {"assises", "submissions", "committee"}
    ]

    assert loose == []
