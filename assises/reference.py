"""Which data does every installation start with? Created if missing, never overwritten."""

import json
from pathlib import Path

from assises.models import Commune, Term, Territory
from assises.packages import packages
from assises.people import permissions

DATA = Path(__file__).parent / "data"


def load():
    """Create the territory, its communes, the vocabularies and the groups."""
    _load_territory(json.loads((DATA / "territory.json").read_text(encoding="utf-8")))
    _load_terms(json.loads((DATA / "terms.json").read_text(encoding="utf-8")))
    permissions.load_roles(packages())


def _load_territory(data):
    communes = data.pop("communes")
    territory, _ = Territory.objects.get_or_create(name=data["name"], defaults=data)
    Commune.objects.bulk_create(
        [Commune(territory=territory, **commune) for commune in communes],
        ignore_conflicts=True,
    )


def _load_terms(vocabularies):
    words = [
        Term(vocabulary=vocabulary, group=group, code=code, label=label, order=order)
        for vocabulary, terms in vocabularies.items()
        for order, (group, code, label) in enumerate(terms)
    ]
    Term.objects.bulk_create(words, ignore_conflicts=True)
