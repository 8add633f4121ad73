"""Put a backup back in place of what the site holds."""

from pathlib import Path

from django.core.management.base import BaseCommand

from assises.backups import restoring
from assises.backups.contents import told_contents


class Command(BaseCommand):
    help = "Remet une sauvegarde à la place de ce que contient la base."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="SAUVEGARDE")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Remplace aussi une base qui contient une édition et ses réponses.",
        )

    def handle(self, *, path, overwrite, **options):
        tables = restoring.restore(path, overwrite=overwrite)
        self.stdout.write(f"Remis en place\u00a0: {told_contents(tables)}.")
        self.stdout.write("Reste à faire\u00a0: python manage.py migrate")
