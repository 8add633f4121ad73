"""Which public pages need nothing but the event itself?"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from assises.models import Edition, Page
from assises.web import calendar_file, markdown, page_dates
from assises.web.public_pages import public_page


def written(template):
    """Return the view of a page that is written in its ``template``."""
    return public_page()(TemplateView.as_view(template_name=template))


@public_page()
def page(request, slug):
    page = get_object_or_404(Page, slug=slug)
    body = page_dates.filled(page.body, request.site.edition)
    context = {"page": page, "body": markdown.render(body)}
    return render(request, "assises/page.html", context)


@login_not_required
@require_safe
def agenda(request, slug):
    """Give the day of one edition to the calendar of whoever asks."""
    edition = get_object_or_404(Edition, slug=slug)
    return calendar_file.as_download(edition, at=request.at)
