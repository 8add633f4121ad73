"""Two organisers merge at once, and somebody saves an answer meanwhile: nothing is lost."""

import pytest

from assises.guests import merging
from assises.models import Event, Structure
from assises.people import audit
from submissions.answering import holding
from submissions.models import Application
from tests import factories
from tests.factories import WHILE_OPEN
from tests.together import together

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=False),
    pytest.mark.usefixtures("while_open"),
]


def merge(kept, merged):
    def run():
        try:
            merging.merge(kept, merged, by=audit.SYSTEM, at=WHILE_OPEN)
        except merging.MergeRefusedError:
            return "refused"
        return "merged"

    return run


@pytest.mark.postgresql
@pytest.mark.parametrize("crossed", [False, True])
def test_of_two_who_merge_one_wins(crossed):
    factories.EditionFactory()
    one, other = factories.StructureFactory.create_batch(2)
    for structure in (one, other):
        factories.ContactFactory(structure=structure)
    second = (other, one) if crossed else (one, other)

    results = together(merge(one, other), merge(*second))

    assert sorted(results) == ["merged", "refused"]
    assert Event.objects.filter(verb=merging.MERGED).count() == 1
    stays = Structure.objects.unmerged().get()
    assert stays.contacts.count() == 2


@pytest.mark.postgresql
def test_an_answer_saved_meanwhile_goes_along_or_is_read_again():
    factories.EditionFactory()
    kept, merged = factories.StructureFactory.create_batch(2)
    answer = factories.ApplicationFactory(sent=True, structure=merged)
    read = Application.objects.get(pk=answer.pk)

    def save():
        try:
            holding.hold(read, changed_at=WHILE_OPEN)
        except holding.StaleError:
            return "stale"
        return "saved"

    together(merge(kept, merged), save)

    answer.refresh_from_db()
    assert answer.structure == kept
