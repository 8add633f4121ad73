"""What does this package declare to the others?"""

from assises.apps import PackageConfig


class CommitteeConfig(PackageConfig):
    default = True
    name = "committee"
    verbose_name = "Comité de pilotage"

    def load_reference(self, using):
        from committee import reference

        reference.load()
