"""Which mails did the demonstration write? Nothing of this exists on a real site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assises.mail import demonstration_mailbox as letters

PER_PAGE = 25


@require_safe
@login_not_required
def mailbox(request):
    """List the mails, or show the one that ``?lire=`` names."""
    if not settings.DEMO:
        raise Http404
    if name := request.GET.get("lire"):
        return show_letter(request, name)
    search = request.GET.get("adresse", "").strip()
    page = Paginator(letters.found_letters(search), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "search": search}
    return _quiet(render(request, "assises/mailbox.html", context))


def show_letter(request, name):
    if name not in letters.letter_names():
        raise Http404
    letter = letters.read_letter(name)
    context = {"letter": letter, "letter_parts": list(letters.parts(letter))}
    return _quiet(render(request, "assises/mailbox_letter.html", context))


def _quiet(response):
    """Keep personal links out of search engines and of the addresses we leave to."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
