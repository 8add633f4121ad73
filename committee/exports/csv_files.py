"""How is a table written as a CSV that a French spreadsheet opens by a double click?"""

import csv
from io import StringIO

from committee.exports import cells
from committee.exports.columns import Nature

BOM = "\ufeff"
# One piece of the stream, in characters.
PIECE = 1 << 16

WRITERS = {
    Nature.TEXT: cells.unarmed,
    Nature.NUMBER: cells.with_comma,
    Nature.INSTANT: cells.written_moment,
}


def pieces(table):
    """Yield the text of the file, piece by piece: a semicolon between cells, a BOM first."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write(BOM)
    writer.writerow(cells.unarmed(column.header) for column in table.columns)
    readers = [(column.value, WRITERS[column.nature]) for column in table.columns]
    for row in table.rows():
        writer.writerow(_cell(value(row), write) for value, write in readers)
        if buffer.tell() > PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _cell(value, write):
    return "" if value is None else write(value)
