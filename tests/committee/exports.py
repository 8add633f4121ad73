"""Read our own exports back, as people will open them."""

import csv
from io import BytesIO, StringIO

from django.urls import reverse
from openpyxl import load_workbook

NAMES = [
    "projets-retenus",
    "toutes-les-reponses",
    "structures-et-contacts",
    "evaluations-sans-les-noms",
    "toutes-les-decisions",
]
SELECTED, ANSWERS, PEOPLE, REVIEWS, DECISIONS = NAMES
# Of the day itself: who comes, who eats, who asked for what, who is invited.
OF_THE_DAY = ["personnes-attendues", "repas", "amenagements", "etiquettes"]
COMING, MEALS, ACCESS, LABELS = OF_THE_DAY
BOM = b"\xef\xbb\xbf"


def address(name, extension):
    return reverse("screens:export", args=[name, extension])


def body(response):
    """Return the whole file, as bytes."""
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def sheet_of(client, name):
    """Download a workbook and return its only sheet."""
    content = body(client.get(address(name, "xlsx")))
    [sheet] = load_workbook(BytesIO(content)).worksheets
    return sheet


def cells(client, name):
    """Return the rows of a workbook as ``{header: cell}``."""
    header, *rows = sheet_of(client, name).iter_rows()
    return [
        dict(zip([cell.value for cell in header], row, strict=True)) for row in rows
    ]


def workbook_rows(client, name):
    """Return the rows of a workbook as ``{header: value}``."""
    return [
        {header: cell.value for header, cell in row.items()}
        for row in cells(client, name)
    ]


def csv_text(client, name):
    content = body(client.get(address(name, "csv")))
    assert content.startswith(BOM)
    return content.removeprefix(BOM).decode("utf-8")


def csv_rows(client, name):
    """Return the rows of a CSV as ``{header: text}``."""
    return list(
        csv.DictReader(StringIO(csv_text(client, name), newline=""), delimiter=";")
    )
