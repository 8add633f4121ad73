"""Are the public pages there for everybody, with or without an edition?"""

import re
from itertools import pairwise

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import EditionFactory, PageFactory, PartnerFactory

PUBLIC = [
    "submissions:home",
    "committee:call",
    "assises:contact",
    "assises:privacy",
    "assises:accessibility",
    "assises:legal",
    "assises:sitemap",
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("with_edition", [True, False])
def test_public_page_answers_and_sets_no_cookie(client, name, with_edition):
    if with_edition:
        EditionFactory()

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert response.cookies == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC[:-1])
def test_page_has_one_title_and_headings_in_order(client, name):
    EditionFactory()

    html = client.get(reverse(name)).text

    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
    skipped = [b for a, b in pairwise(levels) if b > a + 1]
    assert levels.count(1) == 1
    assert skipped == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC[:-1])
def test_page_holds_nothing_inline(client, name):
    EditionFactory()

    html = client.get(reverse(name)).text

    assert (
        re.findall(r"\sstyle=|\son\w+=|<style|<script(?! type=.module. src)", html)
        == []
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC[:-1])
def test_page_keeps_french_signs_with_their_words(client, name):
    """A plain space before « ; » or inside « » lets a line begin with the sign."""
    EditionFactory()

    html = client.get(reverse(name)).text

    text = re.sub(r"<[^>]*>", "", html.split("<body>")[1])
    assert re.findall(r".{12}(?: [;:!?»](?:\s|$)|« )", text) == []
    assert re.findall(r"\w'\w", text) == []


@pytest.mark.django_db
def test_frame_names_organisers_contact_and_pages(client):
    PartnerFactory(edition=EditionFactory(), name="Planète Comète")
    PageFactory(slug="faq", title="Questions fréquentes")
    PageFactory(slug="cachee", title="Hors menu", in_menu=False)

    html = client.get(reverse("assises:contact")).text

    footer = html.split("<footer")[1]
    links = re.findall(r'<a href="([^"]*)"', footer)
    assert links == [
        "mailto:secretariat@example.org",
        "tel:+33199001234",
        "/pages/faq/",
        "/plan-du-site/",
        "/accessibilite/",
        "/confidentialite/",
        "/mentions-legales/",
    ]
    assert "Planète Comète" in footer
    assert "Accessibilité\u00a0: non conforme" in footer


@pytest.mark.django_db
def test_menu_marks_the_page_where_one_is(client):
    pages = ("assises:contact", "submissions:access", "assises:sitemap")

    for name, marked in zip(pages, (["/contact/"], ["/acces/"], []), strict=True):
        html = client.get(reverse(name)).text
        menu = html.split("</header>")[0]
        assert re.findall(r'href="([^"]*)"\s+aria-current="page"', menu) == marked


@pytest.mark.django_db
def test_demonstration_says_so_on_every_page(client, settings):
    settings.DEMO = True

    html = client.get(reverse("assises:contact")).text

    assert "<strong>Démonstration.</strong>" in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.django_db
def test_real_site_has_no_demonstration_strip(client):
    html = client.get(reverse("assises:contact")).text

    assert "Démonstration" not in html
    assert '<meta name="robots" content="index, follow">' in html


@pytest.mark.django_db
def test_page_shows_the_text_of_organisers(client):
    PageFactory(slug="faq", title="Questions", body="## Qui ?\n\n<b>Tous</b>")

    html = client.get(reverse("assises:page", args=["faq"])).text

    assert "<h1>Questions</h1>" in html
    assert "<h2>Qui ?</h2><p>&lt;b&gt;Tous&lt;/b&gt;</p>" in html


@pytest.mark.django_db
def test_unknown_page_is_not_found(client):
    assert client.get(reverse("assises:page", args=["rien"])).status_code == 404


@pytest.mark.django_db
def test_legal_page_says_what_is_still_to_be_written(client):
    EditionFactory(publisher_name="Association Exemple")

    html = client.get(reverse("assises:legal")).text

    definitions = re.findall(r"<dd>(.*?)\s*</dd>", html, re.DOTALL)
    assert definitions[0] == "Association Exemple"
    assert definitions[1:] == ["<em>à compléter par l’organisation</em>"] * 7


@pytest.mark.django_db
def test_sitemap_leads_to_every_public_page(client):
    PageFactory(slug="faq")

    html = client.get(reverse("assises:sitemap")).text

    main = html.split("<main")[1].split("</main>")[0]
    assert re.findall(r'href="([^"]*)"', main) == [
        "/",
        "/appel/",
        "/pages/faq/",
        "/contact/",
        "/candidature/",
        "/acces/",
        "/signaler/",
        "/confidentialite/",
        "/accessibilite/",
        "/mentions-legales/",
        "/admin/",
    ]


def test_numbers_and_addresses_of_the_edition_lead_somewhere(client, edition):
    edition.press_contact = "Presse\u00a0: presse@example.org"
    edition.host_phone = "01 99 00 45 67"
    edition.save()

    contact = client.get(reverse("assises:contact")).text
    legal = client.get(reverse("assises:legal")).text

    assert '<a href="mailto:presse@example.org">presse@example.org</a>' in contact
    assert (
        '<a href="tel:+33199001234">01\u202f99\u202f00\u202f12\u202f34</a>' in contact
    )
    assert '<a href="tel:+33199004567">01\u202f99\u202f00\u202f45\u202f67</a>' in legal


def test_style_sheets_are_all_linked():
    templates = settings.BASE_DIR.joinpath("templates").rglob("*.html")
    linked = re.findall(
        r"css/[\w/-]+\.css", "".join(template.read_text() for template in templates)
    )
    sheets = {
        path.relative_to(settings.BASE_DIR / "static").as_posix()
        for path in (settings.BASE_DIR / "static/css").rglob("*.css")
    }

    assert sheets - set(linked) == set()
