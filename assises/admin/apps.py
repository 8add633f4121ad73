"""Where is the administration, and what does each package show in it?"""

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig

from assises.packages import packages


class AssisesAdminConfig(SimpleAdminConfig):
    """Each package says what it registers in its ``admin/registry.py``.

    No autodiscovery: it would show what third-party packages register, secrets of
    one-time codes included. Lowest package first: a higher one may replace a page.
    """

    default_site = "assises.admin.site.AssisesAdminSite"

    def ready(self):
        super().ready()
        for package in packages():
            import_module(f"{package.name}.admin.registry")
