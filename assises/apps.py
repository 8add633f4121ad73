"""What does this package declare to the others?"""

from datetime import timedelta

from django.conf import settings

from assises.packages import PackageConfig


class AssisesConfig(PackageConfig):
    default = True
    name = "assises"
    verbose_name = "Assises"

    def ready(self):
        from assises.web import installation  # noqa: F401

        super().ready()

    def load_reference(self, **signal):
        from assises import reference

        reference.load()

    @property
    def jobs(self):
        from assises.backups import saving
        from assises.guests import rounds
        from assises.work import housekeeping

        daily = {"housekeeping": housekeeping.run}
        if settings.BACKUP_DIR:
            daily["backup"] = saving.save_and_forget
        hourly = {"invitations": (rounds.do_round, timedelta(hours=1))}
        return hourly | {name: (run, timedelta(days=1)) for name, run in daily.items()}

    @property
    def papers(self):
        from assises.guests import letter
        from assises.papers import shelf

        return {"letter": shelf.Kind("letter", letter.gather)}

    def text_labels(self):
        from assises.forms import invitation

        return invitation.text_labels()

    def admin_tasks(self, request):
        from assises.admin import to_do

        return to_do.event_tasks(request)
