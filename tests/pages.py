"""A page as a browser reads it: how a template breaks its lines says nothing."""

import re

from django.http import HttpResponse

# Spaces around and just inside these are not shown; those around others are.
BLOCKS = (
    "address article aside blockquote body button caption dd details div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 head header html label legend li link"
    " main meta nav ol option p path rect script section select summary svg table tbody"
    " td text textarea th thead title tr tspan ul"
).replace(" ", "|")
SPACES = r"[ \t\r\n]+"
TYPED = re.compile(r"(<textarea\b[^>]*>.*?</textarea>|<pre\b.*?</pre>)", re.DOTALL)
AROUND_BLOCKS = re.compile(rf" ?(</?(?:{BLOCKS})\b[^>]*>) ?")


def as_read(html):
    """Return ``html`` on one line, with the spaces that a browser shows."""
    parts = TYPED.split(html)
    parts[::2] = [_collapsed(part) for part in parts[::2]]
    return "".join(parts)


def _collapsed(html):
    html = re.sub(SPACES, " ", html).replace(" >", ">").replace(" />", ">")
    return AROUND_BLOCKS.sub(r"\1", html)


def text(response):
    """Return the text of a response: that of a page, as it is read."""
    content = response.content.decode(response.charset)
    is_page = response.get("Content-Type", "").startswith("text/html")
    return as_read(content) if is_page else content


def read_by_browsers(monkeypatch):
    """Let ``response.text`` be what a browser reads."""
    monkeypatch.setattr(HttpResponse, "text", property(text))
