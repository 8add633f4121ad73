"""Public pages that need nothing but the event itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse


@login_not_required
def placeholder(request, **kwargs):
    return HttpResponse("")


contact = page = privacy = accessibility = legal = sitemap = favicon = placeholder
