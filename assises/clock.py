"""What time is it, and for how long has this process run?"""

import time

from django.conf import settings
from django.utils import timezone

BEGAN = time.monotonic()


def now():
    """Return the current instant, moved by ``CLOCK_SHIFT`` during a rehearsal."""
    return timezone.now() + settings.CLOCK_SHIFT  # noqa: TID251


def running_for():
    """Return the seconds since this process began, whatever the clock says."""
    return time.monotonic() - BEGAN
