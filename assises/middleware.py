"""What does every request carry: its instant, and who comes with a link?"""

from django.utils.functional import SimpleLazyObject

from assises import access, clock
from assises.context import Site


class RequestInstantMiddleware:
    """Set ``request.at`` first, before the body is read: arrival counts, not upload.

    ``request.site`` is what the frame of the page needs, read when it is used.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.at = clock.now()
        request.site = Site()
        return self.get_response(request)


class ApplicantMiddleware:
    """Set ``request.applicant``, read from the session only by pages that ask for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.applicant = SimpleLazyObject(lambda: access.applicant(request))
        return self.get_response(request)
