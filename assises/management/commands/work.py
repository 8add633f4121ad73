"""Deliver the mails and do the periodic work, for ever (one worker on SQLite)."""

from datetime import timedelta

from django.core.management.base import BaseCommand

from assises.mail import delivery
from assises.work.worker import Worker


class Command(BaseCommand):
    help = "Remet les courriels et fait le travail périodique, jusqu’à son arrêt."
    # Some ask the database, which the worker waits for.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--once",
            action="store_true",
            help="Fait tout ce qui est dû, puis s’arrête.",
        )
        parser.add_argument(
            "--lease",
            type=float,
            default=delivery.LEASE.total_seconds(),
            metavar="SECONDES",
            help="Durée d’un envoi (deux minutes si rien n’est dit).",
        )
        parser.add_argument(
            "--mail-pause",
            type=float,
            default=60,
            metavar="SECONDES",
            help="Premier repos quand le serveur de courriel est injoignable.",
        )

    def handle(self, *, once, lease, mail_pause, **options):
        worker = Worker(lease=timedelta(seconds=lease), mail_pause=mail_pause)
        if once:
            worker.run_once()
        else:
            worker.listen()
            worker.run()
