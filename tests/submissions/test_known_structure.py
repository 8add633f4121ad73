"""A structure picked in the list: nothing typed beside it is lost, one may change one's mind."""

import pytest
from django.urls import reverse

from assises.models import Kind
from tests.answers import ANSWERS, begin, fill, send
from tests.factories import StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


@pytest.fixture
def known():
    return StructureFactory(name="Musée Démo", listed=True)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("website", "https://comete.example.org"),
        ("about", "Un club du mercredi."),
        ("siret", "123"),
        ("uai", "0951099D"),
    ],
)
def test_what_was_typed_beside_a_picked_structure_stays_and_is_told(
    client, known, name, typed
):
    application = begin(client, Kind.PARTICIPATE)

    response = fill(
        client, application, "structure", {"known": str(known.pk), name: typed}
    )

    application.refresh_from_db()
    form = response.context["form"]
    assert application.structure is None
    assert form[name].value() == typed
    assert form.fields[name].label in form.errors["known"][0]
    assert application.said("structure", "known") == str(known.pk)
    assert application.typed["structure"][name] == [typed]


def test_a_picked_structure_alone_goes_on(client, known):
    application = begin(client, Kind.PARTICIPATE)

    fill(
        client,
        application,
        "structure",
        {"known": str(known.pk), "unit": "Le club", "about": " "},
    )

    application.refresh_from_db()
    assert application.structure == known
    assert application.said("structure", "unit") == "Le club"
    assert application.structure_name == known.name


def test_leaving_a_picked_structure_comes_back_to_describe_another(client, known):
    application = begin(client, Kind.PARTICIPATE)
    fill(client, application, "structure", {"known": str(known.pk)})
    address = reverse("submissions:step", args=[application.key, "structure"])

    response = fill(client, application, "structure", {"known": "", "unit": "Le club"})

    assert response.redirect_chain == [(address, 302)]
    assert "Décrivez maintenant votre structure." in response.text
    form = response.context["form"]
    assert {"name", "kind", "seat"} <= form.fields.keys()
    assert form["unit"].value() == "Le club"


def test_a_sent_answer_leaves_a_picked_structure_for_one_described_whole(client, known):
    application = begin(client, Kind.PARTICIPATE)
    fill(client, application, "structure", {"known": str(known.pk)})
    fill(client, application, "contact", ANSWERS["contact"])
    send(client, application)
    before = known.name, known.kind

    asked = fill(client, application, "structure", {"known": ""})
    application.refresh_from_db()
    kept = application.structure
    described = fill(
        client,
        application,
        "structure",
        {**ANSWERS["structure"], "known": ""},
        seen=asked.context["seen"],
    )

    application.refresh_from_db()
    known.refresh_from_db()
    assert kept == known
    assert {"name", "kind", "seat"} == asked.context["form"].errors.keys()
    assert described.redirect_chain[-1][0] == reverse(
        "submissions:receipt", args=[application.key]
    )
    assert application.structure.name == ANSWERS["structure"]["name"]
    assert (known.name, known.kind) == before
