"""Which public pages need nothing but the event itself?"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from assises.models import Page, Territory
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


@login_not_required
@require_safe
@cache_control(public=True, max_age=24 * 3600)
def favicon(request):
    """Draw the outline of the territory, kept by browsers for a day."""
    territory = get_object_or_404(Territory.objects.order_by("pk")[:1])
    return render(
        request,
        "assises/favicon.svg",
        {"outline": territory.outline, "view_box": square(territory.view_box)},
        content_type="image/svg+xml",
    )


def square(view_box):
    """Return the smallest square around ``view_box``, with the same centre."""
    x, y, width, height = (float(value) for value in view_box.split())
    side = max(width, height)
    left, top = x - (side - width) / 2, y - (side - height) / 2
    return f"{left:g} {top:g} {side:g} {side:g}"
