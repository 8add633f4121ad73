"""How are static files stored, and were they collected?"""

from functools import cache

from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Hash the names inside ``import`` statements too, so that modules never go stale."""

    support_js_module_import_aggregation = True

    def stored_name(self, name):
        """Name a file that was not collected as it is: better a page without its looks
        than no page."""
        return super().stored_name(name) if name in self.hashed_files else name


@cache
def count_uncollected():
    """Count the static files that ``collectstatic`` has left out, once per process."""
    collected = getattr(staticfiles_storage, "hashed_files", None)
    if collected is None:  # Served as they are, during development.
        return 0
    names = {name for finder in get_finders() for name, _ in finder.list([])}
    return len(names - collected.keys())
