"""How many people present the selected projects of each structure?"""

from collections import Counter

from django.db.models.functions import Coalesce

from committee.models import Decision


def by_structure(edition):
    """Return ``{structure key: people}``: one for each line of « qui présentera »."""
    selected = Decision.objects.filter(
        application__edition=edition, outcome=Decision.Outcome.SELECTED
    )
    people = Counter()
    structure = "application__structure"
    kept = Coalesce(f"{structure}__merged_into", structure)
    rows = selected.values_list(kept, "application__presenters")
    for structure, presenters in rows:
        people[structure] += len(
            [line for line in presenters.splitlines() if line.strip()]
        )
    return people
