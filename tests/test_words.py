"""Do templates speak French as it is printed, and mails say what they are made of?"""

import ast
import re

import pytest

from tests.repository import name_of, read, sources, tracked

# Words of templates, without what Django and HTML read.
CODE = re.compile(
    r"\{%.*?%\}|\{#.*?#\}|<(script|style|code|pre|svg)\b.*?</\1>|<!--.*?-->", re.DOTALL
)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
VISIBLE_ATTRIBUTE = re.compile(
    r"\b(?:title|alt|aria-label|content|placeholder)=\"([^\"]*)\""
)


def words(path):
    """Return what people read of a template; a variable becomes « § »."""
    text = re.sub(r"\{\{.*?\}\}", "§", CODE.sub("", read(path)))
    text = re.sub(r"https?://\S+|mailto:\S+|tel:\S+", "", text)
    if path.suffix == ".html":
        text = " ".join([TAG.sub("", text), *VISIBLE_ATTRIBUTE.findall(text)])
    return text


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("an apostrophe of a typewriter", r"(?<=[^\W\d])'(?=[^\W\d])"),
        (
            "no narrow space before ; ! ?",
            r"[^\s\u202f;!?&§][;!?](?=\s|$)|[ \u00a0][;!?]",
        ),
        ("no hard space before :", r"[^\W\d_]:(?=\s)| :(?=\s|$)|\u202f:"),
        ("no hard space inside « »", r"«[^\u00a0\u202f]|[^\u00a0\u202f]»"),
        ("a straight quotation mark", r"(?<=\s)\"(?=\w)"),
    ],
)
def test_templates_follow_french_typography(fault, pattern):
    found = [
        f"{name_of(path)}: {text[max(0, match.start() - 20) : match.end() + 5]!r}"
        for path in tracked("templates/*.html", "templates/*.txt")
        for text in [re.sub(r"&\w+;", "&", words(path))]
        for match in re.finditer(pattern, text)
    ]

    assert found == [], fault


# In Python only what is sure: code has its own colons and apostrophes.
SAID = re.compile(
    r"(?<=[\w»)])[ \u00a0][;!?](?=\s|$)|(?<=[\w»)]) :(?=\s|$)"
    r"|«[^\u00a0\u202f]|[^\u00a0\u202f]»|(?<=\b[cdjlmnst])'(?=[^\W\d]{2})"
)


def test_messages_in_python_follow_french_typography():
    found = [
        f"{name_of(path)}:{node.lineno}: {node.value[:60]!r}"
        for path in sources()
        for node in literals(ast.parse(read(path)))
        if SAID.search(node.value)
    ]

    assert found == []


def literals(tree):
    """Yield the strings of a module, without its docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = None
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def mail_functions():
    """Yield ``(name, docstring, names passed to a template)`` for every mail function."""
    for path in sources():
        if path.name != "mails.py":
            continue
        for node in ast.parse(read(path)).body:
            if isinstance(node, ast.FunctionDef) and writes_a_mail(node):
                yield f"{name_of(path)}:{node.name}", ast.get_docstring(node) or ""


def writes_a_mail(node):
    """Say whether a function names a template of mail that has the function's name."""
    templates = {path.stem for path in tracked("templates/*/mails/*.txt")}
    return node.name in templates


def test_mail_functions_list_their_placeholders():
    functions = list(mail_functions())

    silent = [
        name for name, docstring in functions if "Placeholders: ``" not in docstring
    ]

    assert len(functions) >= 4
    assert silent == []


def test_mail_templates_use_only_the_placeholders_of_their_function():
    documented = {
        name.rpartition(":")[2]: set(re.findall(r"``(\w+)``", docstring))
        for name, docstring in mail_functions()
    }

    undocumented = [
        f"{name_of(path)}: {used}"
        for path in tracked("templates/*/mails/*.txt")
        for used in re.findall(r"\{\{\s*(\w+)", read(path))
        if used not in documented.get(path.stem, {used})
    ]
    assert undocumented == []
