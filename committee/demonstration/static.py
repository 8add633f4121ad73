"""Have the static files changed since they were last collected?"""

import hashlib

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed():
    """Collect with the real manifest, which takes seconds, only when it would differ."""
    stamp = settings.VAR_DIR / "static.stamp"
    current = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == current:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(current)


def _static_fingerprint():
    """Return a digest of every static file's name, size and date, and of Django's version."""
    digest = hashlib.sha256(django.__version__.encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            changed = storage.get_modified_time(name)
            digest.update(f"{name} {storage.size(name)} {changed}\n".encode())
    return digest.hexdigest()
