import pytest

from assises.models import Commune
from submissions.answering.choice_lists import ChoiceLists

pytestmark = pytest.mark.django_db


def test_communes_are_grouped_by_what_they_say_of_themselves():
    Commune.objects.filter(pk="77326").update(departement="45")

    groups = ChoiceLists().communes_by_departement()

    assert [name for name, _ in groups] == [
        "Essonne",
        "Seine-et-Marne",
        "Département 45",
    ]
    assert groups[2][1] == [("77326", "Nandy")]
    assert sum(len(pairs) for _, pairs in groups) == Commune.objects.count()
