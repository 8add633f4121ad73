"""What do robots and browsers ask of any site, at addresses that nobody chose?"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

# Past this, whoever reads how to report a flaw looks for a newer page.
SECURITY_LIFE = timedelta(days=300)


@login_not_required
@require_safe
def robots(request):
    """Keep robots out of what is somebody's, and of a demonstration, where nothing is true."""
    hidden = ["/"] if settings.DEMO else ["/acces/", "/admin/", "/mon-dossier/"]
    return _lines("User-agent: *", *(f"Disallow: {path}" for path in hidden))


@login_not_required
@require_safe
def security(request):
    """Say to whom a flaw is reported (RFC 9116)."""
    expires = (request.at + SECURITY_LIFE).isoformat(timespec="seconds")
    return _lines(
        f"Contact: {settings.SITE_URL}{reverse('assises:contact')}",
        f"Expires: {expires}",
        "Preferred-Languages: fr, en",
    )


@login_not_required
@require_safe
def icon(request):
    return redirect(static("favicon.svg"))


@login_not_required
@require_safe
def change_password(request):
    return redirect("admin:password_change")


def _lines(*lines):
    body = "".join(f"{line}\n" for line in lines)
    return HttpResponse(body, content_type="text/plain; charset=utf-8")
