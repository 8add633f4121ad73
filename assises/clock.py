"""What time is it?"""

from django.conf import settings
from django.utils import timezone


def now():
    """Return the current instant, moved by ``CLOCK_SHIFT`` during a rehearsal."""
    return timezone.now() + settings.CLOCK_SHIFT  # noqa: TID251
