"""CSV files and workbooks, whatever wrote them, and what only looks like one."""

import csv
import io
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


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(f"xl/worksheets/{name}.xml", content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and nothing else",
        archive(other="<x/>"),
        archive(sheet1="<unclosed"),
        archive(sheet1='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        archive(sheet1=" " * (table_files.MOST_UNPACKED + 1)),
        b"a" * (table_files.MOST_BYTES + 1),
        b"a\n" * (table_files.MOST_ROWS + 1),
        b'a;"' + b"b" * 200_000,
    ],
    ids=["broken", "no sheet", "cut", "entity", "bomb", "huge", "long", "one cell"],
)
def test_what_is_no_table_is_refused_in_words(content):
    with pytest.raises(table_files.UnreadableError):
        table_files.rows_of(content)
