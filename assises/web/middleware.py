"""What does every request carry: its instant, all of its body, and who comes with a link?"""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.utils.functional import SimpleLazyObject

from assises import clock
from assises.forms import posted_texts
from assises.people import access_links
from assises.views import errors
from assises.web import throttle, unsaved, whole_requests
from assises.web.site_context import Site


class RequestInstantMiddleware:
    """Set ``request.at`` first, before the body is read: arrival counts, not upload.

    ``request.site``, what the frame of the page needs, and ``request.applicant``, who
    comes with a link, are read when they are used.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.at = clock.now()
        request.site = Site(request)
        request.applicant = SimpleLazyObject(lambda: access_links.applicant(request))
        response = self.get_response(request)
        if response.status_code == 429:
            response["Retry-After"] = throttle.RETRY_AFTER
        return response


class SoundRequestMiddleware:
    """Refuse what came cut, too late or unreadable, before anybody reads it as whole."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not whole_requests.is_readable(request):
            raise BadRequest("unreadable address or charset")
        whole_requests.cleaned(request)
        fault = whole_requests.fault(request) if request.method == "POST" else None
        if fault:
            return errors.not_received(request, fault)
        return self.get_response(request)


class KeepingLoginMiddleware(LoginRequiredMiddleware):
    """Give back the texts of a post whose session has ended: the page that asks to sign in
    would lose them."""

    def handle_no_permission(self, request, view_func):
        labels = unsaved.page_labels(request)
        if posted_texts.labelled_texts(request.POST, labels):
            reason = "errors/unsaved.html#signed-out"
            return unsaved.show_unsaved(request, reason, status=403)
        return super().handle_no_permission(request, view_func)
