"""Which public pages need nothing but the event itself?"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from assises.models import Page
from assises.web import markdown


def written(template):
    """Return the view of a page that is written in its ``template``."""
    return login_not_required(TemplateView.as_view(template_name=template))


@login_not_required
@require_safe
def page(request, slug):
    page = get_object_or_404(Page, slug=slug)
    context = {"page": page, "body": markdown.render(page.body)}
    return render(request, "assises/page.html", context)
