"""Which criteria does a new edition start with?"""

import json
from pathlib import Path

from assises.models import Edition
from committee.models import Criterion

CRITERIA = Path(__file__).parent / "data" / "criteria.json"


def load():
    """Give the default criteria to every edition that has none."""
    for edition in Edition.objects.filter(criteria=None):
        copy_criteria(edition)


def copy_criteria(edition):
    """Write the default criteria of the call for ``edition``."""
    criteria = json.loads(CRITERIA.read_text(encoding="utf-8"))
    Criterion.objects.bulk_create(
        Criterion(edition=edition, order=order, **criterion)
        for order, criterion in enumerate(criteria)
    )
