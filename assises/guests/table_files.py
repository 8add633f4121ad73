"""What are the rows of a CSV or XLSX file, as people make them?"""

import csv
import io
import re
import zipfile
import zlib
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from assises.french import text

MOST_BYTES = 2 * 1024 * 1024
# A small archive may hold a huge sheet.
MOST_UNPACKED = 10 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 100
MOST_IN_CELL = 4000
# Tags and attributes of one part; a cell has five. Each takes hundreds of bytes once read.
MOST_MARKS = 500_000
# What spreadsheets write. The others unpack without a limit.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
TOO_LARGE = "Ce tableau est trop grand. Coupez-le en deux."
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError, OSError),
    *(EOFError, LookupError, ValueError, RuntimeError),
)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class UnreadableError(Exception):
    """The file is no table that we read; its text says why, in French."""


def rows_of(content):
    """Return the rows of ``content``, lists of texts, the empty ones included: their
    number is that of the line. Raises :class:`UnreadableError`."""
    if len(content) > MOST_BYTES:
        raise UnreadableError("Ce fichier dépasse 2 Mo.")
    read = _xlsx if content.startswith(b"PK\x03\x04") else _csv
    return cleaned(read(content))


def cleaned(rows):
    """Return ``rows`` with what may be stored of each text. Raises :class:`UnreadableError`
    as soon as they are too many or too long: a workbook may tell one text a thousand times."""
    kept, size = [], 0
    for number, row in enumerate(rows, start=1):
        cells = row[:MOST_COLUMNS]
        size += sum(map(len, cells))
        if number > MOST_ROWS or size > MOST_BYTES:
            raise UnreadableError(TOO_LARGE)
        if any(len(cell) > MOST_IN_CELL for cell in cells):
            raise UnreadableError(f"Ligne {number}\u00a0: une case est trop longue.")
        kept.append([text.clean(cell).strip() for cell in cells])
    return kept


def _csv(content):
    try:
        read = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        read = content.decode("cp1252", "replace")
    first = read.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    try:
        return list(csv.reader(io.StringIO(read, newline=""), delimiter=delimiter))
    except csv.Error:
        raise UnreadableError("Ce fichier n’est pas un tableau CSV.") from None


def _xlsx(content):
    """Return the rows of the first sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(part.compress_type not in PACKED for part in parts):
                raise zipfile.BadZipFile
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise UnreadableError("Ce classeur est trop grand.")
            names = archive.namelist()
            sheets = [
                n for n in names if re.fullmatch(r"xl/worksheets/sheet\d+.xml", n)
            ]
            first = min(sheets, key=lambda name: (len(name), name))
            shared = []
            if "xl/sharedStrings.xml" in names:
                strings = _parsed(archive, "xl/sharedStrings.xml")
                shared = [_text(string) for string in strings.iter(f"{SHEET}si")]
            return _cells(_parsed(archive, first), shared)
    except BROKEN as error:
        raise UnreadableError("Ce classeur Excel ne se lit pas.") from error


class _Builder(ElementTree.TreeBuilder):
    marks = 0

    def start(self, tag, attributes):
        self.marks += 1 + len(attributes)
        if self.marks > MOST_MARKS:
            raise UnreadableError(TOO_LARGE)
        return super().start(tag, attributes)

    def doctype(self, name, public, system):
        raise ElementTree.ParseError("no entity is read")


def _parsed(archive, name):
    """Return the tree of a part, unpacked piece by piece: its size may be a lie."""
    parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314
    with archive.open(name) as part:
        return ElementTree.parse(part, parser)  # noqa: S314


def _text(element):
    return "".join(part.text or "" for part in element.iter(f"{SHEET}t"))


def _cells(sheet, shared):
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        number = int(row.get("r", len(rows) + 1))
        if number > MOST_ROWS + 1:
            break
        rows += [[] for _ in range(number - len(rows))]
        for cell in row.iter(f"{SHEET}c"):
            place = _column(cell.get("r", ""))
            place = len(rows[-1]) if place is None else place
            if place < MOST_COLUMNS:
                rows[-1] += [""] * (place + 1 - len(rows[-1]))
                rows[-1][place] = _value(cell, shared)
    return rows


def _column(reference):
    """Return the place of « C12 », from 0."""
    place = 0
    for letter in re.match(r"[A-Z]*", reference)[0][:4]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1 if place else None


def _value(cell, shared):
    """Return what a cell shows; a number as its figures, « 3.56E13 » too."""
    value = cell.findtext(f"{SHEET}v", "")
    match cell.get("t"):
        case "s":
            return shared[int(value)]
        case "inlineStr":
            return _text(cell)
        case "str" | "e" | "b":
            return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    is_plain = number.is_finite() and abs(number.adjusted()) < 20
    return f"{number:f}".removesuffix(".0") if is_plain else value
