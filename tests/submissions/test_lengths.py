"""A text has one limit: the form's, the column's and the database's."""

import pytest

from assises.forms.fields import AddressField, PeriodField, PhoneField, TextField
from assises.forms.identifiers import IdentifierField
from assises.models import Contact, Structure
from submissions.answering import steps
from submissions.models import Application

TEXTS = [
    (step.slug, name, field)
    for step in steps.STEPS.values()
    for name, field in step.form.base_fields.items()
    if isinstance(field, TextField)
]
# Their own rule says how long they are.
SHAPED = AddressField | PeriodField | PhoneField | IdentifierField
TABLES = {"structure": (Application, Structure), "contact": (Contact,)}


def column_of(slug, name):
    """Return the model and the column that a field of the step ``slug`` writes to."""
    name = name.removeprefix("second_")
    for model in TABLES.get(slug, (Application,)):
        if name in {field.name for field in model._meta.local_fields}:
            return model, model._meta.get_field(name)
    raise AssertionError(f"{slug}.{name} is written nowhere")


def constrained_to(model, name):
    """Return the limit that the database knows, or ``None``."""
    table = f"{model._meta.app_label}_{model._meta.model_name}"
    limits = [
        constraint.condition.rhs
        for constraint in model._meta.constraints
        if constraint.name == f"{table}_{name}_length"
    ]
    return limits[0] if limits else None


@pytest.mark.parametrize(
    ("slug", "name", "field"), TEXTS, ids=[f"{slug}-{name}" for slug, name, _ in TEXTS]
)
def test_limit_of_a_text_is_that_of_its_column_and_its_constraint(slug, name, field):
    model, column = column_of(slug, name)

    if isinstance(field, AddressField):
        assert column.max_length == 254
    else:
        assert constrained_to(model, column.name) == column.max_length
    if not isinstance(field, SHAPED):
        assert field.limit == column.max_length


def test_every_kind_of_text_is_measured():
    measured = {name for _, name, field in TEXTS if not isinstance(field, SHAPED)}

    assert len(TEXTS) > 25
    assert {"name", "second_last_name", "description", "minors", "offers"} <= measured
