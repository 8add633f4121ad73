"""How is a table written as a file, so that a spreadsheet shows what was typed and runs nothing?"""

import csv
from datetime import datetime
from io import StringIO

from xlsxwriter import Workbook

from assises.french import dates, text

BOM = "\ufeff"
# One piece of the stream of a CSV, in characters.
PIECE = 1 << 16
# Excel counts in UTF-16, and spreads a longer text over several rows of a CSV.
LONGEST = 32_767
CUT = "… [texte coupé]"
# A CSV has no types: behind these characters, a spreadsheet looks for a formula.
FORMULA_STARTS = (*"=+-@＝＋－＠", "\t", "\r", "\n")
HEADER_HEIGHT = 45
# How the cells of a workbook look, by the type of what they hold.
LOOKS = {
    str: {"text_wrap": True},
    int: {"num_format": "0"},
    float: {"num_format": "0.00"},
    datetime: {"num_format": "dd/mm/yyyy hh:mm"},
}


def csv_pieces(table):
    """Yield the text of a CSV that a French spreadsheet opens by a double click, in pieces."""
    buffer = StringIO()
    # Every text is quoted: a comma in it splits nothing, whatever separates cells.
    writer = csv.writer(
        buffer, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_STRINGS
    )
    buffer.write(BOM)
    writer.writerow(_csv_cell(column.header) for column in table.columns)
    readers = [column.value for column in table.columns]
    for row in table.rows():
        writer.writerow(_csv_cell(value(row)) for value in readers)
        if buffer.tell() > PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _csv_cell(value):
    """Write ``value`` as a French spreadsheet reads it: « 2,33 », « 12/05/2027 14:42 »; a
    text that looks like a formula stands behind an apostrophe."""
    match value:
        case None:
            return ""
        case str():
            value = text.storable(value)
            return _cut(f"'{value}" if value.startswith(FORMULA_STARTS) else value)
        case float():
            return f"{value:.2f}".replace(".", ",")
        case datetime():
            return f"{_local(value):%d/%m/%Y %H:%M}"
    return value


def write_workbook(table, file, *, title, at):
    """Write ``table`` into the open binary ``file``, as one sheet called ``title``."""
    # One row in memory at a time.
    with Workbook(file, {"constant_memory": True}) as workbook:
        workbook.set_properties({"title": title, "created": _local(at)})
        sheet = workbook.add_worksheet(title)
        _lay_on_paper(sheet)
        _write_header(sheet, table.columns, workbook)
        # Rows take the height of their longest text: whatever is short stands on top.
        looks = {
            kind: workbook.add_format({"valign": "top", **look})
            for kind, look in LOOKS.items()
        }
        readers = [column.value for column in table.columns]
        last = 0
        for last, row in enumerate(table.rows(), start=1):
            for place, value in enumerate(readers):
                _write_cell(sheet, last, place, value(row), looks)
        sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _lay_on_paper(sheet):
    """Print on A4 across, as wide as the table, its first row on every page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_header(sheet, columns, workbook):
    """Write the first row, which stays in sight when the others scroll."""
    look = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, HEADER_HEIGHT)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, _plain(column.header), look)


def _write_cell(sheet, row, place, value, looks):
    """Write ``value`` by its type: a text is never guessed to be a formula, a link or a
    number."""
    match value:
        case None | "":
            pass
        case str():
            sheet.write_string(row, place, _plain(value), looks[str])
        case datetime():
            sheet.write_datetime(row, place, _local(value), looks[datetime])
        case float():
            sheet.write_number(row, place, value, looks[float])
        case _:
            sheet.write_number(row, place, value, looks[int])


def _plain(value):
    """Return a text that XlsxWriter writes as a text.

    What stands between ``<r>`` and ``</r>`` it would copy into the file as it is, as
    XML: a space at the end makes it a text like any other.
    """
    value = _cut(text.storable(value))
    return f"{value} " if value.endswith("</r>") else value


def _cut(value):
    """Return ``value``, at most :data:`LONGEST` units long; the mark tells of the rest."""
    if len(value) <= LONGEST // 2:
        return value
    units = value.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return value
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _local(instant):
    """Return ``instant`` as the clocks of Paris show it: spreadsheets know no time zone."""
    return dates.local(instant).replace(tzinfo=None)
