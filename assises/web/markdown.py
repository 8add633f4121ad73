"""How does the text that organisers write become a page? The only place that trusts HTML."""

from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

TOP_HEADING, LAST_HEADING = 2, 6


def render(text):
    """Return ``text`` as HTML: no raw HTML, no image, headings right under the page's own.

    The parser escapes everything typed and refuses ``javascript:`` links; what it
    returns is therefore safe (tests/assises/test_markdown.py).
    """
    return mark_safe(_parser().render(text))  # noqa: S308


def _parser():
    parser = MarkdownIt("commonmark", {"html": False})
    parser.enable("table").disable("image")
    parser.core.ruler.push("headings", _fit_headings)
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


def _fit_headings(state):
    """Give the highest heading the level 2, and let none skip a level."""
    headings = [token for token in state.tokens if token.type.startswith("heading_")]
    if not headings:
        return
    highest = min(int(token.tag[1]) for token in headings)
    previous = TOP_HEADING - 1
    for opening, closing in zip(headings[::2], headings[1::2], strict=True):
        wanted = int(opening.tag[1]) - highest + TOP_HEADING
        previous = min(wanted, previous + 1, LAST_HEADING)
        opening.tag = closing.tag = f"h{previous}"


def _open_table(renderer, tokens, index, options, env):
    return '<div class="table-scroll" role="region" aria-label="Tableau" tabindex="0"><table>\n'


def _close_table(renderer, tokens, index, options, env):
    return "</table></div>\n"
