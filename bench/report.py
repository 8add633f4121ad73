"""How are the measures written, for somebody who reads them a year later?"""

import time
from pathlib import Path
from typing import NamedTuple

from bench.client import CLIENTS, Figures
from bench.server import WORKERS

HEAD = """| page | réponses/s | p50 (ms) | p99 (ms) | processeur (ms) | requêtes SQL | débit / Django nu | processeur / Django nu |
|---|---|---|---|---|---|---|---|"""


class Line(NamedTuple):
    """One page of the site, what bare Django did just before it, its queries, and whether
    there is a form."""

    name: str
    own: Figures
    bare: Figures
    queries: int | None
    has_form: bool


class Run(NamedTuple):
    """What was measured with one number of answers, and the megabytes of a process."""

    lines: list
    memory: float
    bare_memory: float


def row(line):
    own, bare = line.own, line.bare
    queries = "" if line.queries is None else line.queries
    return (
        f"| {line.name} | {own.rate:.0f} | {own.p50:.0f} | {own.p99:.0f} | {own.cpu:.1f}"
        f" | {queries} | {own.rate / bare.rate:.0%} | {own.cpu / bare.cpu:.1f} × |"
    )


def _bare_rows(run):
    """Tell the middle one of the measures of each page of bare Django."""
    rows = []
    for name, of_form in (("Django nu", False), ("Django nu, un formulaire", True)):
        measures = [each.bare for each in run.lines if each.has_form is of_form]
        found = sorted(measures)[len(measures) // 2]
        rows.append(row(Line(name, found, found, 1, of_form)))
    return rows


def write(path, runs):
    """Write in ``path`` the :class:`Run` of each number of answers."""
    from django.db import connection

    parts = [
        "# Mesures",
        f"Le {time.strftime('%d/%m/%Y')}, par `make bench` ({connection.vendor},"
        f" gunicorn à {WORKERS} processus, {CLIENTS} clients sur la même machine).",
        "Django nu est mesuré dans le même passage, juste avant chaque page : un gabarit et une"
        " requête indexée, ou la même page avec un formulaire. Sur une machine partagée, seuls les"
        " rapports se comparent d’un passage à l’autre.",
    ]
    for size, run in runs.items():
        parts += [f"## {size} réponses, 20 membres", HEAD]
        parts[-1] += "\n" + "\n".join([*_bare_rows(run), *map(row, run.lines)])
        parts.append(
            f"Mémoire d’un processus après le passage : {run.memory:.0f} Mo"
            f" (Django nu : {run.bare_memory:.0f} Mo)."
        )
    Path(path).write_text("\n\n".join(parts) + "\n", encoding="utf-8")
