"""What do members and organisers type and choose on the committee's screens?"""

from assises.forms.fields import TextField
from assises.french.dates import NBSP
from committee.forms.decision import DecisionForm
from committee.forms.offer_day import OfferForm
from committee.forms.review import MARK, NO_OPINION, ReviewForm
from committee.models import Decision


def labels():
    """Return field → label of every text of these forms."""
    return {"last_day": OfferForm.label} | {
        name: field.label
        for form in (ReviewForm, DecisionForm)
        for name, field in form.base_fields.items()
        if isinstance(field, TextField)
    }


def posted_marks(data):
    """Return pairs of label and words of the marks, or of the decision, in a post.

    The words of a criterion are in the database, which may be what failed: its code
    stands for them.
    """
    told = [
        (
            name.removeprefix(MARK).replace("-", " ").capitalize(),
            "sans avis" if mark == NO_OPINION else mark,
        )
        for name, mark in data.items()
        if name.startswith(MARK) and mark
    ]
    outcome, minutes = data.get("outcome"), data.get("minutes")
    if outcome in Decision.Outcome:
        told.append(("Décision", Decision.Outcome(outcome).label))
    if minutes:
        told.append(("Durée", f"{minutes}{NBSP}min"))
    return told
