"""What does this package declare to the others?"""

from datetime import timedelta

from assises.packages import PackageConfig


class AssisesConfig(PackageConfig):
    default = True
    name = "assises"
    verbose_name = "Assises"

    def load_reference(self, **signal):
        from assises import reference

        reference.load()

    @property
    def jobs(self):
        from assises.work import housekeeping

        return {"housekeeping": (housekeeping.run, timedelta(days=1))}

    def admin_tasks(self, request):
        from assises.admin import to_do

        return to_do.event_tasks(request)
