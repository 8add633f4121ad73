"""What do the organisers write of the fate of one proposal?"""

from assises.forms.base import BaseForm
from assises.forms.fields import ChoiceField, ProseField, TickField
from assises.french.dates import NBSP
from committee.forms.review import SeenField
from committee.models import Decision
from committee.models.decision import TIMED

Outcome = Decision.Outcome
UNDECIDED = Decision.UNDECIDED


def _named_outcomes(outcome):
    return outcome.value, outcome.label.capitalize()


class DecisionForm(BaseForm):
    """One decision, and the version that the page was made from.

    ``suggest`` ticks the minutes that the bearer wishes while none are stored and some
    may be needed.
    """

    version = SeenField()
    outcome = ChoiceField(
        label="Que devient cette proposition ?",
        choices=[
            (
                "La matinée",
                [_named_outcomes(Outcome.SELECTED), _named_outcomes(Outcome.RESERVE)],
            ),
            (
                "Autre format",
                [_named_outcomes(outcome) for outcome in Decision.OTHER_FORMATS],
            ),
            (
                "Ni l’un ni l’autre",
                [_named_outcomes(Outcome.DECLINED), (UNDECIDED, "Pas encore décidé")],
            ),
        ],
        missing="Choisissez une décision, ou « pas encore décidé ».",
    )
    minutes = ChoiceField(label="Durée de la présentation")
    reason = ProseField(
        label="Motif communiqué à la structure",
        help_text="Part avec la réponse, une fois les décisions publiées.",
        limit=1000,
        rows=3,
    )
    keeps_reason = TickField(label="Ce motif convient encore")
    note = ProseField(
        label="Note de délibération",
        help_text="Pour le comité seul. Restez factuel\u00a0: une personne peut demander"
        " communication de ce qui est écrit sur elle.",
        limit=2000,
        rows=3,
    )

    def __init__(self, data=None, *, decision, suggest=False):
        self.decision = decision
        candidacy = decision.application
        wanted, lengths = candidacy.minutes_wanted, candidacy.edition.talk_lengths
        lengths = sorted({*lengths, *filter(None, [decision.minutes])})
        minutes = decision.minutes
        timed = not decision.outcome or decision.outcome in TIMED
        if suggest and timed and minutes is None and wanted in lengths:
            minutes = wanted
        initial = {
            "version": decision.version,
            "outcome": decision.outcome or UNDECIDED,
            "minutes": str(minutes or ""),
            "reason": decision.reason,
            "note": decision.note,
        }
        super().__init__(data, initial=initial, needed={"outcome"}, strict=True)
        field = self.fields["minutes"]
        field.needed = True  # Of what is selected: « facultatif » would mislead.
        field.choices = [
            *((str(length), f"{length}{NBSP}min") for length in lengths),
            ("", "Sans durée"),
        ]
        field.help_text = _wish(wanted)

    def clean(self):
        cleaned = super().clean()
        selected = cleaned.get("outcome") == Outcome.SELECTED
        if selected and cleaned.get("minutes") == "":
            self.add_error(
                "minutes", "Un projet retenu a une durée\u00a0: choisissez-la."
            )
        if self.decision.published_at and cleaned.get("outcome") == UNDECIDED:
            told = "Cette décision est publiée\u00a0: elle se change, elle ne s’efface plus."
            self.add_error("outcome", told)
        if self._outlives(cleaned) and not cleaned.get("keeps_reason"):
            self.add_error("keeps_reason", _question(self.decision))
        return cleaned

    def _outlives(self, cleaned):
        """Say whether the reason was written for another outcome than the one it would
        now go with; a page that did not see that one is stale, and asked nothing."""
        stored, reason = self.decision, cleaned.get("reason")
        outcome = _stored(cleaned.get("outcome", ""))
        return (
            cleaned.get("version") == stored.version
            and outcome not in ("", stored.outcome)
            and reason
            and reason == stored.reason
        )

    def choice(self):
        """Return column → value of what was decided; other formats have no minutes."""
        outcome, minutes = self.cleaned_data["outcome"], self.cleaned_data["minutes"]
        return {
            "outcome": _stored(outcome),
            "minutes": int(minutes) if minutes and outcome in TIMED else None,
            "reason": self.cleaned_data["reason"],
            "note": self.cleaned_data["note"],
        }


def _stored(outcome):
    return "" if outcome == UNDECIDED else outcome


def _question(decision):
    """Ask whether the reason of ``decision`` is to be sent with another outcome."""
    written = f"pour « {decision} »" if decision.outcome else "avant la décision"
    return f"Il a été écrit {written}. Cochez la case pour le garder, ou modifiez-le."


def _wish(minutes):
    if minutes is None:
        return "La structure n’a pas dit de durée souhaitée."
    return f"Souhaitée par la structure\u00a0: {minutes}{NBSP}min."
