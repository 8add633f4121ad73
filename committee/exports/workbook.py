"""How is a table written as a workbook, each cell with its nature and none a formula?"""

from xlsxwriter import Workbook

from committee.exports import cells
from committee.exports.columns import Nature

# One row in memory at a time.
OPTIONS = {"constant_memory": True}
HEADER_HEIGHT = 45
# Rows take the height of their longest text: whatever is short stands at their top.
TOP = {"valign": "top"}
WRAPPED = {"text_wrap": True, **TOP}


def write_workbook(table, file, *, title, at):
    """Write ``table`` into the open binary ``file``, as one sheet called ``title``."""
    with Workbook(file, OPTIONS) as workbook:
        workbook.set_properties({"title": title, "created": cells.local_moment(at)})
        sheet = workbook.add_worksheet(title)
        header = workbook.add_format({"bold": True, **WRAPPED})
        _write_header(sheet, table.columns, header)
        writers = _writers_into(sheet, workbook)
        readers = [
            (place, column.value, writers[column.nature])
            for place, column in enumerate(table.columns)
        ]
        last = 0
        for last, row in enumerate(table.rows(), start=1):
            for place, value, put in readers:
                if (held := value(row)) not in (None, ""):
                    put(last, place, held)
        sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _write_header(sheet, columns, look):
    """Write the first row, which stays in sight when the others scroll."""
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, HEADER_HEIGHT)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, _plain_value(column.header), look)


def _writers_into(sheet, workbook):
    """Return, for each nature, what writes ``(row, place, value)`` into ``sheet``."""

    words = workbook.add_format(WRAPPED)
    whole = workbook.add_format({"num_format": "0", **TOP})
    decimals = workbook.add_format({"num_format": "0.00", **TOP})
    moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm", **TOP})

    def put_text(row, place, value):
        sheet.write_string(row, place, _plain_value(value), words)

    def put_number(row, place, value):
        shape = decimals if isinstance(value, float) else whole
        sheet.write_number(row, place, value, shape)

    def put_instant(row, place, value):
        sheet.write_datetime(row, place, cells.local_moment(value), moment)

    return {
        Nature.TEXT: put_text,
        Nature.NUMBER: put_number,
        Nature.INSTANT: put_instant,
    }


def _plain_value(value):
    """Return a text that XlsxWriter writes as a text.

    What stands between ``<r>`` and ``</r>`` it would copy into the file as it is, as
    XML: a space at the end makes it a text like any other.
    """
    value = cells.typed(value)
    return f"{value} " if value.endswith("</r>") else value
