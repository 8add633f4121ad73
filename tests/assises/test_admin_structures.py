"""Structures and contacts corrected by organisers, by the rules of the public form."""

import pytest
from django.urls import reverse

from assises.models import Event
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]


def post(client, row, **values):
    """Post the page of ``row`` with ``values`` typed over what it shows."""
    name = row._meta.model_name
    url = reverse(f"admin:assises_{name}_change", args=[row.pk])
    form = client.get(url).context["adminform"].form
    shown = {field: form[field].value() for field in form.fields}
    typed = {field: value for field, value in shown.items() if value}
    return client.post(url, {**typed, **values})


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("siret", "356 000 000 00048", "35600000000048"),
        ("rna", "912345678", None),
        ("uai", "0951099A", None),
    ],
)
def test_numbers_of_a_structure_are_checked_as_in_the_form(
    organiser, name, typed, stored
):
    structure = factories.StructureFactory()

    response = post(organiser, structure, **{name: typed})

    structure.refresh_from_db()
    assert getattr(structure, name) == (stored or "")
    if stored is None:
        assert list(response.context["adminform"].form.errors) == [name]


def test_telephone_of_a_contact_is_written_as_it_is_read(organiser):
    contact = factories.ContactFactory(phone="+33199002910")
    url = reverse("admin:assises_contact_change", args=[contact.pk])

    shown = organiser.get(url).context["adminform"].form["phone"].value()
    response = post(organiser, contact)

    contact.refresh_from_db()
    assert shown == "01\u202f99\u202f00\u202f29\u202f10"
    assert (response.status_code, contact.phone) == (302, "+33199002910")
    assert Event.objects.count() == 0
