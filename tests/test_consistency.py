"""Does the repository keep its own rules? Read from its files, not from what it does."""

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.urls import get_resolver

from assises.packages import packages
from tests.repository import ROOT, hits, read, sources, tracked

# What anybody may ask for without signing in. A new line here is a decision.
PUBLIC = {
    "",
    ".well-known/change-password",
    ".well-known/security.txt",
    "^acces/(?P<token>[\\w-]{43})/?\\W+$",
    "acces/",
    "acces/<str:token>/",
    "acces/entrer/",
    "acces/liens/<int:pk>/",
    "acces/nouvelles/",
    "acces/quitter/",
    "accessibilite/",
    # Gives back what was typed to whom the session has left, and nothing else.
    "admin/assises/mail/textes/<str:package>/<str:name>/",
    "admin/comite/evaluations/<int:pk>/",
    "admin/comite/deliberation/<int:pk>/",
    "admin/comite/proposer/<int:pk>/",
    "admin/login/",
    "admin/logout/",
    "agenda/<slug:slug>.ics",
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
    "favicon.ico",
    "invitation/<str:key>/",
    "invitation/<str:key>/agenda.ics",
    "invitation/<str:key>/<str:seat>/ceder/",
    "invitation/<str:key>/<str:seat>/lettre/",
    "mentions-legales/",
    "mon-dossier/",
    "pages/<slug:slug>/",
    "place/<str:key>/",
    "place/<str:key>/lettre/",
    "plan-du-site/",
    "robots.txt",
    "sante/",
    "signaler/",
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
        and not is_paper(name, everything)
    ]

    assert unused == []
    assert all((folder / name).is_file() for name in NAMED_ELSEWHERE)


def is_mail(name, everything):
    """Say whether ``name`` is a mail that a function names by its stem."""
    return "/mails/" in name and f'"{Path(name).stem}"' in everything


def is_paper(name, everything):
    """Say whether ``name`` is a document named by its stem, or what documents share."""
    named = (f'"{Path(name).stem}"', f'import "{Path(name).name}"')
    return name.startswith("papers/") and any(each in everything for each in named)


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


def test_typed_lines_run_in_the_direction_of_their_letters():
    """Not those that stand after a French word on the same line: they share its direction."""
    alone = r"<(?:dd|p|div)(?![^>]*dir=\"auto\")[^>]*>\{\{ (?!body|words)[^}]*\|linebreaksbr"

    ours = r"templates/assises/contact\.html"
    found = hits(tracked("templates/*.html"), alone)
    assert [line for line in found if not re.match(ours, line)] == []


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
