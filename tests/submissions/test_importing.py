"""A list of structures as people keep them: read, checked line by line, written once."""

import pytest

from assises.guests import importing, table_files
from assises.models import Contact
from assises.people import audit
from tests import factories
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

HEADING = (
    "Nom;Type;Commune;Site;SIRET;RNA;UAI;Contact;Prénom;Fonction;Courriel;Téléphone"
)


def columns(**values):
    """Return a line, empty but for what is given."""
    names = list(importing.COLUMNS)
    order = (
        "name kind seat website siret rna uai last_name first_name function email phone"
    )
    assert sorted(order.split()) == sorted(names)
    values = {"name": "Comète", "seat": "Cesson"} | values
    return [values.get(name, "") for name in order.split()]


def plan_of(*lines, heading=HEADING):
    return importing.read_list([heading.split(";"), *lines])


def write(plan):
    importing.write(plan, by=audit.SYSTEM, at=WHILE_OPEN)


# The lines.


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("NOM DE LA STRUCTURE", None),
        ("Raison sociale", "name"),
        ("E-mail", "email"),
        ("Adresse e-mail", "email"),
        ("Adresse mail", "email"),
        ("Te\u0301le\u0301phone ", "phone"),
        ("N° SIRET", "siret"),
        ("Commune du siège", "seat"),
        ("Pre\u0301nom", "first_name"),
        ("NOM DE LA STRUCTURE", "name"),
        ("N° de téléphone", "phone"),
    ],
)
def test_columns_are_known_by_their_french_names(heading, name):
    known, ignored = importing.heading(["Structure" if name != "name" else "", heading])

    assert known.get(1) == name
    assert ignored == ([] if name else [heading])


def test_without_a_name_the_columns_are_no_table():
    with pytest.raises(table_files.UnreadableError):
        plan_of(["x"], heading="Ville;Type")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"name": "  ASSOC.   COMÈTE  "}, {"name": "ASSOC. COMÈTE"}),
        ({"name": "Come\u0300te"}, {"name": "Comète"}),
        ({"kind": "ASSOC."}, {"kind": "association"}),
        ({"kind": "Lycée"}, {"kind": "etablissement-scolaire"}),
        (
            {"kind": "Centre social ou structure jeunesse"},
            {"kind": "structure-jeunesse"},
        ),
        ({"kind": ""}, {"kind": "autre"}),
        ({"seat": "77240 CESSON CEDEX"}, {"seat_id": "77067"}),
        ({"seat": "Evry"}, {"seat_id": "91228"}),
        ({"seat": "ST GERMAIN LES CORBEIL"}, {"seat_id": "91553"}),
        ({"seat": "Hors du territoire"}, {"seat_id": None, "seat_elsewhere": True}),
        ({"siret": "356 000 000 00048"}, {"siret": "35600000000048"}),
        ({"siret": "5650012345678"}, None),
        ({"uai": "911234R"}, None),
        ({"website": "comete.example"}, {"website": "https://comete.example"}),
    ],
    ids=str,
)
def test_a_line_is_read_as_people_write_it(typed, stored):
    plan = plan_of(columns(**typed))

    if stored is not None:
        assert plan.bad == []
        structure = plan.created[0].structure
        assert {name: getattr(structure, name) for name in stored} == stored


def test_zeros_that_a_spreadsheet_took_are_given_back():
    said = importing._restored(
        {"siret": "1234567890 123", "uai": "911234R", "phone": "1 99 00 12 34"}
    )

    assert said == {"siret": "01234567890123", "uai": "0911234R", "phone": "0199001234"}


def test_two_addresses_in_one_cell_are_two_contacts():
    plan = plan_of(
        columns(
            email="zoe@example.org ; MAX@example.org",
            last_name="Martin",
            phone="199001234",
        )
    )
    write(plan)

    people = Contact.objects.order_by("pk").values_list("email", "last_name", "phone")
    assert list(people) == [
        ("zoe@example.org", "Martin", "+33199001234"),
        ("max@example.org", "", ""),
    ]


WRONG = {
    "no name": {"name": ""},
    "long name": {"name": "é" * 121},
    "kind": {"kind": "licorne"},
    "no commune": {"seat": ""},
    "commune": {"seat": "Atlantis"},
    "website": {"website": "pas un site"},
    "siret": {"siret": "35600000000049"},
    "rounded siret": {"siret": "3,56E+13"},
    "rna": {"rna": "912345678"},
    "uai": {"uai": "0911111"},
    "address": {"email": "zoe.example.org"},
    "second address": {"email": "zoe@example.org, max@"},
    "telephone": {"phone": "12", "email": "zoe@example.org"},
    "name of an address": {"last_name": "zoe@example.org", "email": "zoe@example.org"},
    "long function": {"function": "é" * 121, "email": "zoe@example.org"},
    "other number": {"name": "Connue", "siret": "35600000000048"},
    "number of another": {"siret": "35600000000001"},
    "two answer": {"siret": "35600000000001", "rna": "W912345678"},
    "too wide": None,
}


@pytest.fixture
def known():
    factories.StructureFactory(name="Connue", seat_id="77067", siret="35600000000001")
    factories.StructureFactory(name="Autre", seat_id="77067", rna="W912345678")


@pytest.mark.parametrize("fault", WRONG)
@pytest.mark.usefixtures("known")
def test_each_fault_is_named(fault):
    typed = WRONG[fault]
    line = [*columns(), "de trop"] if typed is None else columns(**typed)

    plan = plan_of(line)

    assert [bad.number for bad in plan.bad] == [2]
    assert len(plan.bad[0].reasons) == 1
    assert plan.created == plan.updated == []


def test_each_fault_has_its_own_words(known):
    plans = [
        plan_of([*columns(), "de trop"] if typed is None else columns(**typed))
        for typed in WRONG.values()
    ]

    assert len({plan.bad[0].reasons[0] for plan in plans}) == len(WRONG)


def test_a_school_needs_a_name_and_a_commune_alone():
    school = columns(name="Lycée Comète", kind="Lycée")
    wrong = columns(name="École Orion", last_name="Martin", phone="1")

    plan = plan_of(school, columns(name="École Orion", last_name="Martin"))

    assert [str(entry.structure) for entry in plan.created] == [
        "Lycée Comète",
        "École Orion",
    ]
    assert plan.bad == []
    assert [bad.number for bad in plan_of(wrong).bad] == [2]


def test_what_is_missing_is_said_once_and_plainly():
    [bad] = plan_of(columns(name="", seat="", kind="Lycée")).bad

    assert bad.reasons == ["Le nom de la structure manque.", "La commune manque."]
