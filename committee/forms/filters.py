"""By what may the deliberation be filtered? Only by what occurs in what one sees."""

from urllib.parse import urlencode

from django import forms

from assises.models import Commune, Structure, Term
from committee.deliberation.agenda import WHOLE_TERRITORY, Places, Terms
from committee.models import Decision
from submissions.answering.choice_lists import DEPARTEMENTS

OUTCOMES = [
    *((code, label.capitalize()) for code, label in Decision.Outcome.choices),
    (Decision.UNDECIDED, "À décider"),
]


class FilterForm(forms.Form):
    """Every filter of ``agenda``, which knows what is chosen of them, in two queries."""

    axe = forms.ChoiceField(label="Axe", choices=[("", "Tous")])
    theme = forms.ChoiceField(label="Thème", choices=[("", "Tous")])
    commune = forms.ChoiceField(label="Commune de l’action", choices=[("", "Toutes")])
    departement = forms.ChoiceField(label="Département", choices=[("", "Tous")])
    structure = forms.ChoiceField(label="Type de structure", choices=[("", "Tous")])
    decision = forms.ChoiceField(label="Décision", choices=[("", "Toutes")])

    use_required_attribute = False

    def __init__(self, candidacies, agenda):
        super().__init__(initial=agenda.chosen, auto_id="filtre-%s", label_suffix="")
        rows = agenda.rows.values()
        kinds = {row["structure__kind"] for row in rows}
        outcomes = {row["decision__outcome"] or Decision.UNDECIDED for row in rows}
        found = {
            **_terms_and_places(candidacies),
            "structure": _occurring(Structure.Kind.choices, kinds),
            "decision": _occurring(OUTCOMES, outcomes),
        }
        if any(row["whole_territory"] for row in rows):
            found["commune"].append((WHOLE_TERRITORY, "Tout le territoire"))
        for name, choices in found.items():
            self.fields[name].choices += choices

    def active(self):
        """Return triples of what a filter in use is called, its value in words, and the
        address of the list without it."""
        chosen = self.initial.items()
        return [
            (
                self.fields[name].label,
                dict(self.fields[name].choices)[value],
                f"?{urlencode([pair for pair in chosen if pair[0] != name])}",
            )
            for name, value in chosen
        ]


def _terms_and_places(candidacies):
    """Return name → choices of the filters of which a proposal may have several."""
    own = candidacies.values("pk")
    used = Terms.objects.filter(application__in=own).values("term")
    terms = list(Term.objects.filter(pk__in=used).in_order())
    concerned = Places.objects.filter(application__in=own).values("commune")
    communes = Commune.objects.filter(pk__in=concerned).without_outlines().in_order()
    return {
        "axe": _of_vocabulary(terms, Term.Vocabulary.AXIS),
        "theme": _of_vocabulary(terms, Term.Vocabulary.THEME),
        "commune": [(commune.pk, commune.name) for commune in communes],
        "departement": _occurring(
            DEPARTEMENTS.items(), {commune.departement for commune in communes}
        ),
    }


def _of_vocabulary(terms, vocabulary):
    return [(term.code, term.label) for term in terms if term.vocabulary == vocabulary]


def _occurring(choices, found):
    return [choice for choice in choices if choice[0] in found]
