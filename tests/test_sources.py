"""Are the sources and the documents of one hand? Short, named apart, true to one another."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from django.apps import apps

from assises.packages import packages
from tests.repository import PACKAGES, ROOT, hits, name_of, read, sources, tracked

LONGEST_MODULE = 350
LONGEST_FUNCTION = 40
LONGEST_LINE = 120


def test_modules_stay_short():
    paths = [path for path in tracked("*.py") if "migrations" not in path.parts]
    long = {
        name_of(path): lines
        for path in paths
        if (lines := len(read(path).splitlines())) > LONGEST_MODULE
    }

    assert long == {}


def test_lines_of_templates_stay_short():
    """The formatter breaks all that it may: a tag of Django stays on one line."""
    long = [
        f"{name_of(path)}:{number}"
        for path in tracked("templates/*.html")
        for number, line in enumerate(read(path).splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]

    assert long == []


def test_functions_stay_short_and_each_name_means_one_thing():
    defined, long = defaultdict(set), []
    for path in sources():
        tree = ast.parse(read(path))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                lines = node.end_lineno - node.lineno + 1
                long += [f"{name_of(path)}: {node.name}"] * (lines > LONGEST_FUNCTION)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                defined[node.name].add(name_of(path))

    assert long == []
    assert {
        name
        for name, paths in defined.items()
        if len(paths) > 2 and not name.startswith("_")
    } == set()


def test_modules_say_which_question_they_answer():
    silent = [
        name_of(path)
        for path in sources()
        if read(path).strip() and not ast.get_docstring(ast.parse(read(path)))
    ]

    assert silent == []


def test_nothing_unfinished_is_left():
    # Spelled apart, so that this line is not a finding.
    marks = r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|NotImplemented" r"Error"

    assert (
        hits([*tracked("*.py"), *tracked("templates/*"), *tracked("static/*")], marks)
        == []
    )


def test_files_name_no_registry_and_no_machine():
    files = [
        path
        for path in tracked()
        if path.suffix not in {".png", ".json"} and path.name != Path(__file__).name
    ]
    registry = r"(pypi\.org|pythonhosted|--(extra-)?index-url|--find-links)\S*"
    machine = r"(?<![\w}])/(home|Users|root|work)/\w+"

    assert hits(files, f"{registry}|{machine}") == []


def test_locked_requirements_have_hashes():
    for name in ("requirements.txt", "requirements-dev.txt"):
        pins = re.findall(r"^[a-z0-9][^ #\n]*==[^\n]*", read(ROOT / name), re.MULTILINE)
        hashed = re.findall(
            r"^[a-z0-9][^ #\n]*==[^\n]* \\\n +--hash=", read(ROOT / name), re.MULTILINE
        )

        assert (len(pins) > 5, len(hashed)) == (True, len(pins))


def test_only_the_clock_reads_the_clock():
    readers = hits(
        sources(), r"\b(timezone\.now|datetime\.now|date\.today|time\.time)\("
    )

    assert readers == ["assises/clock.py: 'timezone.now('"]


def test_packages_stand_in_their_order():
    assert [config.name for config in packages()] == PACKAGES
    assert [config.name for config in apps.get_app_configs()][:3] == PACKAGES[::-1]


def test_architecture_says_once_where_each_rule_lives():
    document = read(ROOT / "docs" / "where-a-rule-lives.md")
    rules = re.findall(r"^\| ([^|`]+?) \|", document, re.M)

    assert len(rules) > 30
    assert sorted(rules) == sorted(set(rules))


def test_documents_name_what_the_code_holds():
    name = re.compile(r"`([a-z_]+(?:\.[a-z_]+)*)(?:\([^`)]*\))?`")
    code = "\n".join(
        map(read, [*tracked("*.py"), *tracked("*.toml"), *tracked("*.js")])
    )
    words = set(re.findall(r"\w+", code))
    named = {
        (document.name, part)
        for document in [ROOT / "ARCHITECTURE.md", *(ROOT / "docs").glob("*.md")]
        for found in name.findall(read(document))
        if not (ROOT / found).exists()
        for part in found.split(".")
    }

    assert len(named) > 60
    assert [pair for pair in named if pair[1] not in words] == []


def test_documents_name_files_that_exist():
    path = re.compile(r"`((?:assises|submissions|committee|static|tests)/[\w/.]*\w)`")
    named = {
        (document.name, found)
        for document in tracked("*.md")
        for found in path.findall(read(document))
    }

    assert len(named) > 30
    assert [pair for pair in named if not (ROOT / pair[1]).exists()] == []
