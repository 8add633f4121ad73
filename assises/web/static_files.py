"""How are static files stored?"""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Hash the names inside ``import`` statements too, so that modules never go stale."""

    support_js_module_import_aggregation = True
