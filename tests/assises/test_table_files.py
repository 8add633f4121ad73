"""CSV files and workbooks, whatever wrote them, and what only looks like one."""

import csv
import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from assises.guests import table_files


def csv_of(rows, *, delimiter=";", encoding="utf-8"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_of(rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


ROWS = [
    ["Nom", "Ville"],
    ["Été; ou, presque", "Évry"],
    [],
    ["Œuvre “d’art” €", "Cesson"],
]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_is_read_whatever_wrote_it(delimiter, encoding):
    content = csv_of(ROWS, delimiter=delimiter, encoding=encoding)

    assert table_files.rows_of(content) == ROWS


def test_a_workbook_is_read_with_its_numbers_and_its_empty_cells():
    content = xlsx_of(
        [
            ["Nom", None, "SIRET"],
            ["Été", None, 35600000000048],
            [None],
            [" a ", 1.5, True],
        ]
    )

    assert table_files.rows_of(content) == [
        ["Nom", "", "SIRET"],
        ["Été", "", "35600000000048"],
        [],
        ["a", "1.5", "1"],
    ]


def archive(packed=zipfile.ZIP_DEFLATED, *, shared=None, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as file:
        for name, content in parts.items():
            file.writestr(f"xl/worksheets/{name}.xml", content)
        if shared is not None:
            file.writestr("xl/sharedStrings.xml", shared)
    return out.getvalue()


def sheet_of(cells):
    rows = "".join(f"<row>{cells}</row>" for _ in range(100))
    return f'<x xmlns="{table_files.SHEET[1:-1]}">{rows}</x>'


def shared_of(text):
    return f'<x xmlns="{table_files.SHEET[1:-1]}"><si><t>{text}</t></si></x>'


def spoilt(content):
    """Return ``content`` with other bytes inside its first part."""
    return content[:60] + bytes(byte ^ 77 for byte in content[60:90]) + content[90:]


ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
NUMBER = sheet_of("<c><v>1</v></c>")


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and nothing else",
        archive(other="<x/>"),
        archive(sheet1="<unclosed"),
        archive(sheet1=ENTITY),
        archive(
            sheet1=f'<?xml version="1.0" encoding="UTF-16"?>{ENTITY}'.encode("utf-16")
        ),
        spoilt(archive(sheet1=NUMBER)),
        archive(zipfile.ZIP_LZMA, sheet1=NUMBER),
        spoilt(archive(zipfile.ZIP_LZMA, sheet1=NUMBER)),
        spoilt(archive(zipfile.ZIP_BZIP2, sheet1=NUMBER)),
        archive(sheet1=" " * (table_files.MOST_UNPACKED + 1)),
        b"a" * (table_files.MOST_BYTES + 1),
        b"a\n" * (table_files.MOST_ROWS + 1),
        b'a;"' + b"b" * 200_000,
        b"a;" + b"b" * (table_files.MOST_IN_CELL + 1),
    ],
    ids=[
        "broken",
        "no sheet",
        "cut",
        "entity",
        "entity in UTF-16",
        "spoilt",
        "LZMA",
        "spoilt LZMA",
        "spoilt BZ2",
        "bomb",
        "huge",
        "long",
        "one cell",
        "long cell",
    ],
)
def test_what_is_no_table_is_refused_in_words(content):
    with pytest.raises(table_files.UnreadableError):
        table_files.rows_of(content)


def test_a_text_told_by_each_cell_is_counted_while_it_is_read():
    cells = '<c t="s"><v>0</v></c>' * 50
    content = archive(sheet1=sheet_of(cells), shared=shared_of(" a" * 500_000))

    tracemalloc.start()
    with pytest.raises(table_files.UnreadableError):
        table_files.rows_of(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 50_000_000


@pytest.mark.parametrize(
    "sheet",
    ["<a>" * 1_000_000 + "</a>" * 1_000_000, f"<x>{'<a/>' * 2_000_000}</x>"],
    ids=["nested", "in a row"],
)
def test_a_million_tags_are_refused_before_they_fill_the_memory(sheet):
    content = archive(sheet1=sheet)

    tracemalloc.start()
    with pytest.raises(table_files.UnreadableError, match="Coupez-le en deux"):
        table_files.rows_of(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 150_000_000


def test_a_list_of_five_thousand_lines_and_nineteen_columns_is_read():
    cells = '<c r="{}{}" s="1" t="str"><v>x</v></c>'
    rows = "".join(
        f"<row>{''.join(cells.format(chr(65 + place), number) for place in range(19))}</row>"
        for number in range(1, table_files.MOST_ROWS + 1)
    )
    sheet = f'<x xmlns="{table_files.SHEET[1:-1]}">{rows}</x>'

    read = table_files.rows_of(archive(sheet1=sheet))

    assert (len(read), len(read[-1])) == (table_files.MOST_ROWS, 19)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("1.5", "1.5"),
        ("3.56E13", "35600000000000"),
        ("-2.0", "-2"),
        ("1E-5", "0.00001"),
        *(
            (said, said)
            for said in ("NaN", "sNaN", "-Infinity", "1E-90000", "1E+900000000")
        ),
    ],
)
def test_a_number_is_read_as_its_figures_if_they_are_few(number, read):
    content = archive(sheet1=sheet_of(f"<c><v>{number}</v></c>"))

    assert table_files.rows_of(content)[0] == [read]


def test_a_text_is_read_as_it_may_be_stored():
    assert table_files.cleaned([[" E\u0301t\ud800e\0 "]]) == [["Éte"]]
