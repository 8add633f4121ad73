"""Which public pages need nothing but the event itself?"""

from django.shortcuts import get_object_or_404, render
from django.views.generic import TemplateView

from assises.models import Page
from assises.web import markdown
from assises.web.public_pages import public_page


def written(template):
    """Return the view of a page that is written in its ``template``."""
    return public_page()(TemplateView.as_view(template_name=template))


@public_page()
def page(request, slug):
    page = get_object_or_404(Page, slug=slug)
    context = {"page": page, "body": markdown.render(page.body)}
    return render(request, "assises/page.html", context)
