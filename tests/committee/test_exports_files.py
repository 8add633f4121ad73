"""Do our files open, whatever was typed? Read back with openpyxl and csv."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assises.french.text import storable
from committee import reference
from committee.exports import columns, files
from committee.exports.columns import Column
from committee.exports.rows import Table
from committee.models import Criterion, Review
from submissions.models import Application
from tests.committee import exports
from tests.committee.exports import ANSWERS, DECISIONS, NAMES, PEOPLE, REVIEWS, SELECTED
from tests.committee.factories import CandidacyFactory, DecisionFactory, ReviewFactory
from tests.factories import WHILE_OPEN

# What somebody types, and what a workbook says of it.
HOSTILE = {
    "=1+1": "=1+1",
    '=HYPERLINK("http://example.org";"x")': '=HYPERLINK("http://example.org";"x")',
    "+33": "+33",
    "-2+3": "-2+3",
    "@SUM(A1)": "@SUM(A1)",
    "\t=1+1": "\t=1+1",
    "\r=1+1": "\n=1+1",
    "\x0b=1+1": "\n=1+1",
    "\ufffe=1+1\uffff": "=1+1",
    "a\x0bb\x00c\x1bd\x85e": "a\nbcd…e",
    "\ud800seule": "seule",
    "https://example.org/": "https://example.org/",
    "00123": "00123",
    "12": "12",
    "1e5": "1e5",
    "TRUE": "TRUE",
    "_x000D_ et _x0041_": "_x000D_ et _x0041_",
    "<r><t>gras</t></r>": "<r><t>gras</t></r> ",
    "<r>&</r>": "<r>&</r> ",
    "<b>&amp;": "<b>&amp;",
    " entre espaces ": " entre espaces ",
    "deux\nlignes": "deux\nlignes",
    "point-virgule ; « guillemets » \" '": "point-virgule ; « guillemets » \" '",
    "L’œuf d’Étiolles, Château-Thierry": "L’œuf d’Étiolles, Château-Thierry",
    "🚀 你好 👩🏽‍🔬": "🚀 你好 👩🏽‍🔬",
    "مرحبا \u202eabc": "مرحبا abc",
    "＝1+1": "＝1+1",
}
ARMED = (*"=+-@＝＋－＠", "\t", "\n")


def as_excel_reads(text):
    """Undo the escape of « _x000D_ », which Excel knows and openpyxl does not."""
    return text.replace("_x005F_", "_")


def one_cell(value):
    return table_of([value])


def table_of(values):
    column = Column("Valeur", lambda value: value)
    return Table([column], list(values), lambda keys: list(keys))


def workbook_of(table):
    file = BytesIO()
    files.write_workbook(table, file, title="Essai", at=WHILE_OPEN)
    return file


def sheet_of(table):
    [sheet] = load_workbook(workbook_of(table)).worksheets
    return sheet


def csv_lines(table):
    text = "".join(files.csv_pieces(table))
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=";"))


# Texts.


def test_workbook_holds_what_was_typed_as_text():
    _, *cells = sheet_of(table_of(HOSTILE))["A"]

    assert [
        (as_excel_reads(cell.value), cell.data_type, cell.hyperlink) for cell in cells
    ] == [(expected, "s", None) for expected in HOSTILE.values()]


def test_csv_holds_what_was_typed_and_no_formula():
    _, *lines = csv_lines(table_of(HOSTILE))

    typed = [storable(text) for text in HOSTILE]
    assert lines == [[f"'{text}" if text.startswith(ARMED) else text] for text in typed]
    assert [text for [text] in lines if text.startswith(ARMED)] == []


def test_csv_quotes_every_text_and_no_number():
    pieces = files.csv_pieces(table_of(["Lyon, Évry", 3, 2.5]))

    assert "".join(pieces).split("\r\n")[1:4] == ['"Lyon, Évry"', "3", '"2,50"']


def test_header_is_a_text_like_any_other():
    table = Table([Column("=1+1\x00", str)], [], list)

    assert sheet_of(table)["A1"].value == "=1+1"
    assert sheet_of(table)["A1"].data_type == "s"
    assert csv_lines(table) == [["'=1+1"]]


@settings(deadline=None)  # a workbook takes its time on a busy machine
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_opens_again(typed):
    sheet = sheet_of(one_cell(typed))
    lines = csv_lines(one_cell(typed))

    expected = storable(typed)
    if expected:
        assert sheet["A2"].data_type == "s"
        assert as_excel_reads(sheet["A2"].value).rstrip(" ") == expected.rstrip(" ")
    assert len(lines) == 2
    assert lines[1][0].removeprefix("'") == expected.removeprefix("'")


@pytest.mark.parametrize("sign", ["é", "🚀"])
@pytest.mark.parametrize("start", ["", "="])
def test_long_text_is_cut_with_a_mark(sign, start):
    typed = start + sign * 40_000

    [held, written] = (
        sheet_of(one_cell(typed))["A2"].value,
        csv_lines(one_cell(typed))[1][0],
    )

    for text in (held, written):
        units = len(text.encode("utf-16-le")) // 2
        assert 32_765 < units <= 32_767
        assert text.endswith(f"{sign}… [texte coupé]")


def test_text_of_the_longest_length_is_whole():
    typed = "é" * 32_767

    assert sheet_of(one_cell(typed))["A2"].value == typed
    assert csv_lines(one_cell(typed))[1] == [typed]


# Numbers and instants.


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "0"), (12, "12"), (2.0, "2,00"), (7 / 3, "2,33"), (-1, "-1")],
)
def test_number_is_a_number(number, written):
    cell = sheet_of(one_cell(number))["A2"]

    assert (cell.value, cell.data_type) == (pytest.approx(number), "n")
    assert csv_lines(one_cell(number))[1] == [written]


@pytest.mark.parametrize(
    ("instant", "shown", "written"),
    [
        (WHILE_OPEN, datetime.fromisoformat("2027-05-12T14:32"), "12/05/2027 14:32"),
        (
            datetime(2027, 1, 31, 23, 30, tzinfo=UTC),
            datetime.fromisoformat("2027-02-01T00:30"),
            "01/02/2027 00:30",
        ),
    ],
)
def test_instant_is_a_date_in_paris(instant, shown, written):
    cell = sheet_of(one_cell(instant))["A2"]

    assert (cell.value, cell.is_date) == (shown, True)
    assert csv_lines(one_cell(instant))[1] == [written]


def test_nothing_is_an_empty_cell():
    assert sheet_of(one_cell(None))["A2"].value is None
    assert csv_lines(one_cell(None))[1] == [""]


# The sheet.


def test_sheet_prints_across_as_wide_as_its_table_with_its_titles():
    sheet = sheet_of(table_of(["a"]))

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (
        "landscape",
        9,
    )
    assert sheet.page_setup.fitToHeight == 0  # as many as it takes; one across
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"


def test_header_stays_in_sight_and_filters():
    sheet = sheet_of(table_of(["a", "b"]))

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:A3"
    assert sheet.column_dimensions["A"].width == pytest.approx(24, abs=1)
    assert sheet["A1"].font.bold


@pytest.mark.parametrize("value", ["deux\nlignes", 12, 7 / 3, WHILE_OPEN])
def test_every_cell_stands_at_the_top_of_its_row(value):
    cell = sheet_of(one_cell(value))["A2"]

    assert cell.alignment.vertical == "top"
    assert bool(cell.alignment.wrap_text) is isinstance(value, str)


def test_rows_take_the_height_of_their_texts():
    sheet = sheet_of(table_of(["deux\nlignes"]))

    assert sheet.row_dimensions[2].height is None  # left to the spreadsheet
    assert sheet.row_dimensions[1].height == 45


@pytest.mark.parametrize("row", [columns.SELECTED, columns.ANSWERS, columns.PEOPLE])
def test_every_column_has_a_width_that_its_header_fits_in(row):
    # Three lines high: no word is longer than one of them.
    assert [
        column.header
        for column in row
        for width in [column.width - 1]
        if len(column.header) > 3 * width
        or max(len(word) for word in column.header.split()) > width
    ] == []


def test_workbook_has_no_formula_nor_link_inside():
    file = workbook_of(table_of(HOSTILE))

    with ZipFile(file) as archive:
        [sheet] = [name for name in archive.namelist() if "worksheets/sheet" in name]
        xml = archive.read(sheet).decode()
    assert "<f>" not in xml
    assert "hyperlink" not in xml.replace("=HYPERLINK", "").lower().replace(
        "hyperlink(", ""
    )
    assert xml.count('t="inlineStr"') == len(HOSTILE) + 1


def test_csv_comes_in_pieces_that_lose_nothing(monkeypatch):
    values = [str(number) for number in range(100)]
    whole = csv_lines(table_of(values))
    monkeypatch.setattr(files, "PIECE", 20)

    pieces = list(files.csv_pieces(table_of(values)))

    assert len(pieces) > 10
    assert csv_lines(table_of(values)) == whole == [["Valeur"], *([v] for v in values)]


def test_rows_come_in_batches_in_the_order_of_their_keys(monkeypatch):
    monkeypatch.setattr("committee.exports.rows.BATCH", 2)
    asked = []

    def fetch(keys):
        asked.append(keys)
        return [key for key in keys if key != 3]  # gone meanwhile

    table = Table([], [5, 4, 3, 2, 1], fetch)

    assert list(table.rows()) == [5, 4, 2, 1]
    assert asked == [(5, 4), (3, 2), (1,)]


# The lists, with what people really may store.

# Where each list shows the title, or the name of a person.
NAMED = {SELECTED: 3, ANSWERS: 5, PEOPLE: 6, REVIEWS: 1, DECISIONS: 3}
STORED = ["=1+1", "<r>&</r>", '-x;"y"\nz 🚀 مرحبا']


@pytest.mark.django_db
@pytest.mark.usefixtures("while_open")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("typed", STORED, ids=ascii)
def test_hostile_words_break_no_export(organiser, edition, name, typed):
    application = CandidacyFactory(pitch=typed, structure__name=typed, unit=typed)
    Application.objects.update(title=typed)
    application.contact.last_name = typed
    application.contact.save()
    DecisionFactory(application=application, reason=typed)
    reference.load()
    Criterion.objects.filter(edition=edition).update(label=typed)
    ReviewFactory(
        application=application,
        state=Review.State.DONE,
        mean=2.0,
        comment=typed,
        suggestion=typed,
    )

    [row] = exports.cells(organiser, name)
    lines = csv.reader(StringIO(exports.csv_text(organiser, name)), delimiter=";")

    cell = [*row.values()][NAMED[name]]
    assert (cell.value.rstrip(" "), cell.data_type) == (typed.rstrip(" "), "s")
    assert {cell.data_type for cell in row.values()} <= {"s", "n", "d"}
    header, line = lines
    assert not [text for text in [*header, *line] if text.startswith(ARMED)]
    assert (f"'{typed}" if typed.startswith(ARMED) else typed) in line
