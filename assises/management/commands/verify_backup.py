"""Restore a backup elsewhere, and compare it table by table."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assises.backups import restoring, saving
from assises.backups.contents import told_contents


class Command(BaseCommand):
    help = "Restaure une sauvegarde ailleurs, et compare chaque table."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "path",
            type=Path,
            nargs="?",
            metavar="SAUVEGARDE",
            help="La dernière, si rien n’est dit.",
        )

    def handle(self, *, path, **options):
        path = path or saving.last_backup()[1]
        if path is None:
            raise CommandError("Aucune sauvegarde dans BACKUP_DIR.")
        began = time.monotonic()
        tables = restoring.verify(path)
        took = f"{time.monotonic() - began:.1f}".replace(".", ",")
        self.stdout.write(f"{path}\u00a0: {told_contents(tables)}, à l’identique.")
        self.stdout.write(f"Vérifié en {took}\u00a0s.")
