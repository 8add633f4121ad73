"""Does the repository keep its own rules? Read from its files, not from what it does."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.urls import get_resolver

from assises.packages import packages
from tests.repository import PACKAGES, ROOT, hits, name_of, read, sources, tracked

LONGEST_MODULE = 350
LONGEST_FUNCTION = 40
LONGEST_LINE = 120

# What anybody may ask for without signing in. A new line here is a decision.
PUBLIC = {
    "",
    "acces/",
    "acces/<str:token>/",
    "acces/entrer/",
    "acces/quitter/",
    "accessibilite/",
    # Gives back what was typed to whom the session has left, and nothing else.
    "admin/comite/evaluations/<int:pk>/",
    "admin/comite/deliberation/<int:pk>/",
    "admin/comite/proposer/<int:pk>/",
    "admin/login/",
    "admin/logout/",
    "appel/",
    "boite-aux-lettres/",
    "candidature/",
    "candidature/<str:key>/<slug:step>/",
    "candidature/<str:key>/autre-action/",
    "candidature/<str:key>/est-ce-la-votre/",
    "candidature/<str:key>/matinee/",
    "candidature/<str:key>/me-retirer/",
    "candidature/<str:key>/porte/",
    "candidature/<str:key>/recu/",
    "candidature/<str:key>/reprendre/",
    "candidature/<str:key>/retirer/",
    "candidature/<str:key>/supprimer/",
    "candidature/<str:key>/verifier/",
    "confidentialite/",
    "contact/",
    "favicon.svg",
    "mentions-legales/",
    "mon-dossier/",
    "pages/<slug:slug>/",
    "plan-du-site/",
    "sante/",
}


def models():
    return [model for config in packages() for model in config.get_models()]


def test_there_is_something_to_check():
    assert len(sources()) > 40
    assert len(tracked("templates/*")) > 20
    assert len(models()) > 10


def test_public_addresses_are_these_and_no_other():
    open_to_all = {
        address
        for address, view in addresses(get_resolver().url_patterns)
        if not getattr(view, "login_required", True)
    }

    assert open_to_all == PUBLIC


def addresses(patterns, prefix=""):
    """Yield the full pattern and the view of every address."""
    for entry in patterns:
        whole = f"{prefix}{entry.pattern}"
        if hasattr(entry, "url_patterns"):
            yield from addresses(entry.url_patterns, whole)
        else:
            yield whole, entry.callback


# Found by their name: error pages by Django, the frame of the pack by crispy, and the
# admin's own templates, which ours stand before.
NAMED_ELSEWHERE = {
    "400.html",
    "403.html",
    "404.html",
    "500.html",
    "fields/whole_uni_form.html",
}
DJANGO = Path(admin.__file__).parent / "templates"


def test_every_template_is_used():
    folder = ROOT / "templates"
    writers = [*sources(), *tracked("templates/*"), *tracked("tests/*.py")]
    everything = "\n".join(read(path) for path in writers if path != Path(__file__))

    unused = [
        name
        for name in (str(path.relative_to(folder)) for path in tracked("templates/*"))
        if name not in NAMED_ELSEWHERE
        and not (DJANGO / name).is_file()
        and f'"{name}' not in everything  # "page.html", "page.html#rows"
        and f'"%s/{name.removeprefix("fields/")}"' not in everything  # of the pack
        and f"{Path(name).parent}/{{" not in everything  # f"submissions/home/{…}.html"
        and not is_mail(name, everything)
    ]

    assert unused == []
    assert all((folder / name).is_file() for name in NAMED_ELSEWHERE)


def is_mail(name, everything):
    """Say whether ``name`` is a mail that a function names by its stem."""
    return "/mails/" in name and f'"{Path(name).stem}"' in everything


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\|\s*safe\b",
        r"\{%\s*autoescape off",
        r"\sstyle\s*=",
        r"<style\b",
        r"<script(?![^>]*\bsrc=)",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
        r"src=[\"'](https?:)?//",
        r"<link[^>]*href=[\"'](https?:)?//",
    ],
)
def test_pages_hold_nothing_that_the_policy_refuses(forbidden):
    assert hits(tracked("templates/*.html"), forbidden) == []


def test_python_trusts_html_in_one_place_only():
    trusted = hits(sources(), r"\b(mark_safe|SafeString)\(|csrf_exempt")

    # What markdown-it-py made of the organisers' own pages, raw HTML off.
    assert trusted == ["assises/web/markdown.py: 'mark_safe('"]


def test_environment_variables_are_those_of_the_example():
    read_by_code = {
        match[1]
        for path in sources()
        for match in re.finditer(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", read(path))
    }
    example = re.findall(r"^([A-Z_]+)=", read(ROOT / ".env.example"), re.MULTILINE)

    assert sorted(example) == sorted(read_by_code)


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_model_has_a_name_and_says_which_row_it_is(model):
    names = model._meta.verbose_name, model._meta.verbose_name_plural

    assert "__str__" in {name for base in model.__mro__[:-2] for name in vars(base)}
    assert [name[0] for name in names] == [name[0].lower() for name in names]
    assert " ".join(names) != model._meta.model_name


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_field_has_a_french_name_in_lower_case(model):
    fields = [field for field in model._meta.local_fields if not field.auto_created]

    unnamed = [
        field.name
        for field in fields
        if field.editable
        and field.verbose_name == field.name.replace("_", " ")
        and field.name not in SAME_IN_BOTH_LANGUAGES
    ]
    assert unnamed == []


# Words that French and English spell alike.
SAME_IN_BOTH_LANGUAGES = {
    "code",
    "second_contact",
    "contact",
    "description",
    "format",
    "population",
    "position",
    "question",
    "version",
    "structure",
    "state",
    "password",
}


def test_personal_data_names_real_fields():
    unknown = [
        f"{model._meta.label}.{name}"
        for model in models()
        for name in getattr(model, "personal", ())
        if not has_field(model, name)
    ]

    assert unknown == []


def has_field(model, name):
    try:
        return model._meta.get_field(name) is not None
    except FieldDoesNotExist:
        return False


def test_every_address_or_telephone_is_declared_personal():
    forgotten = [
        f"{model._meta.label}.{field.name}"
        for model in models()
        if not model._meta.proxy
        for field in model._meta.local_fields
        if field.get_internal_type() != "BooleanField"
        and re.fullmatch(
            r"(.*_)?(email|phone|address|first_name|last_name)", field.name
        )
        and field.name not in getattr(model, "personal", ())
        and model._meta.label not in {"assises.Edition"}  # the organisers' own, public
    ]

    assert forgotten == []


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
    assert {name for name, paths in defined.items() if len(paths) > 2} == set()


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
