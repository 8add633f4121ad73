"""Save the site: one file in BACKUP_DIR."""

from django.core.management.base import BaseCommand

from assises import clock
from assises.backups import saving


class Command(BaseCommand):
    help = "Sauvegarde la base et les fichiers du site dans BACKUP_DIR."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(str(saving.save(clock.now())))
