"""Is the text of organisers shown as written, and nothing more?"""

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from assises.web import markdown


def test_render_returns_html_that_templates_do_not_escape():
    html = markdown.render("Un **mot**.")

    assert isinstance(html, SafeString)
    assert html == "<p>Un <strong>mot</strong>.</p>\n"


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("# Un\n\n## Deux", "<h2>Un</h2>\n<h3>Deux</h3>\n"),
        ("## Un\n\n## Deux", "<h2>Un</h2>\n<h2>Deux</h2>\n"),
        ("## Un\n\n#### Quatre", "<h2>Un</h2>\n<h3>Quatre</h3>\n"),
        ("## Un\n\n# Zéro", "<h2>Un</h2>\n<h2>Zéro</h2>\n"),
    ],
)
def test_headings_stand_under_the_title_of_the_page(typed, html):
    assert markdown.render(typed) == html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html;base64,AA)", "<p>[x](data:text/html;base64,AA)</p>\n"),
    ],
)
def test_dangerous_text_is_only_text(typed, html):
    assert markdown.render(typed) == html


def test_image_is_not_fetched_from_elsewhere():
    assert "<img" not in markdown.render("![alt](https://example.org/x.png)")


def test_table_scrolls_on_a_phone_and_by_keyboard():
    html = markdown.render("| a |\n|---|\n| b |")

    assert html.startswith('<div class="table-scroll" role="region"')
    assert html.endswith("</table></div>\n")


@given(st.text())
def test_any_text_is_rendered_without_a_tag_of_its_own(text):
    html = markdown.render(text)

    assert "<script" not in html
    assert "<img" not in html
