"""Do templates speak French as it is printed, and mails say what they are made of?"""

import ast
import re

import pytest

from tests.repository import ROOT, name_of, read, sources, tracked

# Words of templates, without what Django and HTML read.
CODE = re.compile(
    r"\{% comment %\}.*?\{% endcomment %\}|\{%.*?%\}|\{#.*?#\}"
    r"|<(script|style|code|pre|svg)\b.*?</\1>|<!--.*?-->",
    re.DOTALL,
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
        ("no hard space after n°", r"n°[^\u00a0]"),
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


def banned_words():
    """Return the second column of the last table of the glossary."""
    table = read(ROOT / "docs" / "glossary.md").partition("| always | never |")[2]
    cells = [line.split("|")[2] for line in table.strip().splitlines()[1:]]
    return [word.strip() for cell in cells for word in cell.split(",")]


def test_one_word_is_said_for_one_thing():
    banned = re.compile(rf"\b(?:{'|'.join(banned_words())})\b", re.IGNORECASE)
    said = [
        (name_of(path), words(path))
        for path in tracked("templates/*.html", "templates/*.txt")
    ] + [
        (name_of(path), node.value)
        for path in sources()
        for node in literals(ast.parse(read(path)))
        if " " in node.value
    ]

    assert len(banned_words()) >= 13
    found = [(name, match[0]) for name, text in said for match in banned.finditer(text)]
    assert found == []


def literals(tree):
    """Yield the strings of a module, without its docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = None
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def mails_by_template():
    """Return ``{package/name: path}`` for every template of mail."""
    paths = tracked("templates/*/mails/*.txt")
    return {f"{path.parts[-3]}/{path.stem}": path for path in paths}


def mails_by_function():
    """Return ``{package/name: placeholders}`` for every function that documents some."""
    return {
        f"{path.relative_to(ROOT).parts[0]}/{node.name}": set(
            re.findall(r"``(\w+)``", docstring)
        )
        for path in sources()
        if path.name == "mails.py"
        for node in ast.parse(read(path)).body
        if isinstance(node, ast.FunctionDef)
        and "Placeholders: ``" in (docstring := ast.get_docstring(node) or "")
    }


def test_the_list_of_functions_is_the_list_of_mails():
    assert set(mails_by_function()) == set(mails_by_template())
    assert len(mails_by_template()) >= 4


def test_mail_templates_use_only_the_placeholders_of_their_function():
    documented = mails_by_function()

    undocumented = [
        f"{name}: {used}"
        for name, path in mails_by_template().items()
        for used in re.findall(r"\{(\w+)\}", read(path))
        if used not in documented[name]
    ]
    assert undocumented == []
