"""What does this package declare to the others?"""

from datetime import timedelta

from assises.packages import PackageConfig


class AssisesConfig(PackageConfig):
    default = True
    name = "assises"
    verbose_name = "Assises"

    def load_reference(self, using):
        from assises import reference

        reference.load()

    @property
    def jobs(self):
        from assises import housekeeping

        return {"housekeeping": (housekeeping.run, timedelta(days=1))}

    def admin_tasks(self, request):
        from assises import tasks

        return tasks.event_tasks(request)
