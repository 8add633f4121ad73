"""Has a request come whole, in time, and in characters that can be read?"""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import QueryDict, UnreadablePostError
from django.utils.http import parse_header_parameters

from assises import clock
from assises.french import text

# The instant of arrival decides of deadlines: a page is not sent all night long.
LONGEST = timedelta(minutes=5)
# What becomes of a type that cannot be read.
UNREADABLE = "application/x-unreadable"


def is_utf8(content_type):
    """Say whether ``content_type`` is well formed and announces UTF-8, or nothing."""
    try:
        _, parameters = parse_header_parameters(content_type)
    except ValueError:
        return False
    return parameters.get("charset", "utf-8").lower() == "utf-8"


def utf8_only(application):
    """Hide from the WSGI ``application`` a charset that would break its reading.

    Django decodes the address with it before any middleware; the middleware then
    refuses the request with a page.
    """

    def readable(environ, start_response):
        if not is_utf8(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"] = UNREADABLE
        return application(environ, start_response)

    return readable


def is_readable(request):
    """Say whether the address and the type of ``request`` are what a browser sends."""
    content_type = request.META.get("CONTENT_TYPE", "")
    return (
        is_utf8(content_type)
        and content_type != UNREADABLE
        and text.storable(request.path_info) == request.path_info
    )


def cleaned(request):
    """Remove from what is asked, and from cookies, the characters that no database stores."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    kept = [(text.storable(name), text.storable(value)) for name, value in pairs]
    if kept != pairs:
        request.GET = QueryDict(urlencode(kept))
    request.COOKIES = {
        name: value
        for name, value in request.COOKIES.items()
        if value == text.storable(value)
    }


def fault(request):
    """Read the post in ``request``; return ``"cut"``, ``"late"``, or ``None`` if it is sound.

    A body that ends too early would pass for a page whose last fields are empty.
    """
    announced = request.headers.get("Content-Length") or "0"
    if "Transfer-Encoding" in request.headers or not announced.isdecimal():
        return "cut"  # Django reads nothing of a body whose length is not announced.
    received = _count_reads(request)
    try:
        if request.content_type == "multipart/form-data":
            request.POST  # noqa: B018
        else:
            request.body  # noqa: B018
    except UnreadablePostError:
        return "cut"
    if sum(received) < int(announced):
        return "cut"
    return "late" if clock.now() - request.at > LONGEST else None


def _count_reads(request):
    """Return a list that grows by the length of each piece read of ``request``."""
    read, received = request.read, []

    def counted(*args):
        piece = read(*args)
        received.append(len(piece))
        return piece

    request.read = counted
    return received
