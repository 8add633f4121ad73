"""How does a page ask for a paper, wait for it, and give it?"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from assises.papers import shelf

# In seconds: a page that waits asks again by itself, without JavaScript too.
ASKS_AGAIN = "2"
# The file itself, at the address of its page.
FILE = "fichier"


def paper_page(request, name, subject, *, title, told, back):
    """Show how far a paper is; by POST, ask for it; with ``?fichier``, give it.

    Who may have it is the caller's to say.
    """
    if request.method == "POST":
        shelf.ask(name, subject, at=request.at)
        return redirect(request.path)
    if FILE in request.GET:
        return _give(request, name, subject, title)
    standing = shelf.standing(name, subject)
    if standing is None:
        raise Http404("nothing to tell")
    context = {"standing": standing, "title": title, "told": told, "back": back}
    response = render(request, "assises/paper.html", context | {"file": FILE})
    if standing.is_waited_for:
        response["Refresh"] = ASKS_AGAIN
    return response


def _give(request, name, subject, title):
    """Return the document, or lead back to its page if it tells the truth no more."""
    content = shelf.content(name, subject)
    if content is None:
        return redirect(request.path)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slugify(title)}.pdf"'
    return response
