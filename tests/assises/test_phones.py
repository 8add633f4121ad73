"""A telephone number is read, kept and written in one way, wherever it stands."""

import subprocess
import sys

import pytest

from assises.french import phones

KEPT = {
    "01 99 00 12 34": "+33199001234",
    "01.99.00.12.34": "+33199001234",
    "(01)\u00a099-00-12-34": "+33199001234",
    "+33 1 99 00 12 34": "+33199001234",
    "+33 (0)1 99 00 12 34": "+33199001234",
    "0033 (0)1 99 00 12 34": "+33199001234",
    "+44 (0)20 7946 0958": "+442079460958",
    "+32 2 123 45 67": "+3221234567",
    "0692 12 34 56": "+262692123456",
    "0262 90 12 34": "+262262901234",
    "0269 61 12 34": "+262269611234",
    "+33 692 12 34 56": "+262692123456",
    "0590 82 12 34": "+590590821234",
    "0690 35 12 34": "+590690351234",
    "0594 30 12 34": "+594594301234",
    "0596 55 12 34": "+596596551234",
    "0696 20 12 34": "+596696201234",
    "0508 41 12 34": "+508411234",
    "+681 72 12 34": "+681721234",
    "+687 26 12 34": "+687261234",
    "+689 40 12 34 56": "+68940123456",
    "0800 12 34 56": "+33800123456",
    "06 12 34 56 78": "+33612345678",
}


@pytest.mark.parametrize(("typed", "kept"), KEPT.items())
def test_a_telephone_is_kept_in_one_form_and_read_again(typed, kept):
    assert phones.kept(typed) == kept
    assert phones.kept(phones.spoken(kept)) == kept
    assert phones.spoken(typed) == phones.spoken(kept)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "123",
        "01 99 00 12",
        "0199001234567",
        "+33",
        "zéro",
        "01 99 00 12 34 #5",
        "01 99 00 12 34 poste 5",
        "01 99 00 12 34 / 06 12 34 56 78",
    ],
)
def test_what_is_no_telephone_stays_as_it_is(typed):
    assert phones.kept(typed) == ""
    assert phones.spoken(typed) == typed


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("+33199001234", "01 99 00 12 34"),
        ("+262692123456", "0692 12 34 56"),
        ("+442079460958", "+44 20 7946 0958"),
        ("+508411234", "+508 41 12 34"),
    ],
)
def test_a_telephone_is_written_as_it_is_read_and_never_broken(kept, written):
    assert phones.spoken(kept) == written.replace(" ", "\u202f")


def test_a_telephone_is_dialled_with_its_country():
    assert phones.dialled("01 99 00 12 34") == "+33199001234"
    assert phones.dialled("39 39") == "3939"


def test_a_telephone_is_found_as_it_is_read_and_with_its_country():
    assert phones.digits("+33199001234").split() == ["0199001234", "33199001234"]


def test_the_tables_of_telephones_are_read_when_they_serve():
    code = "import sys; from assises.french import phones; print('phonenumbers' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert run.stdout.strip() == "False"
