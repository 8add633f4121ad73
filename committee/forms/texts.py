"""Which texts do members and organisers type on the committee's screens?"""

from assises.forms.fields import TextField
from committee.forms.decision import DecisionForm
from committee.forms.offer import OfferForm
from committee.forms.review import ReviewForm


def labels():
    """Return field → label of every text of these forms."""
    return {"last_day": OfferForm.label} | {
        name: field.label
        for form in (ReviewForm, DecisionForm)
        for name, field in form.base_fields.items()
        if isinstance(field, TextField)
    }
