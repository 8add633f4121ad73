"""Start the whole site on one machine, with its demonstration (« make run »)."""

import secrets
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from assises import clock
from assises.web import env
from committee.demonstration import accounts, loading
from committee.demonstration.processes import Processes
from committee.demonstration.static import collect_if_changed

STAGES = {"open", "deliberation", "day"}


class Command(BaseCommand):
    help = "Prépare la démonstration, puis lance le serveur web et le travailleur."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--stage", default="open")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, stage, port, **options):
        _refuse_unknown(stage)
        _refuse_taken(port)
        password = self.prepare()
        processes = Processes(port)
        processes.start()
        if processes.wait_until_ready():
            self.welcome(password)
        sys.exit(processes.wait())

    def prepare(self):
        """Bring the database, the static files and the accounts up to date."""
        call_command("migrate", verbosity=0)
        collect_if_changed()
        if not loading.is_loaded():
            self.stdout.write("Chargement de la démonstration…")
            loading.load_demonstration(clock.now())
        password = env.text("DEMO_PASSWORD") or _kept_password()
        accounts.load_accounts(password)
        return password

    def welcome(self, password):
        """Print where to go, and as whom."""
        lines = [
            "",
            f"  Le site                   {settings.SITE_URL}/",
            f"  L’administration          {settings.SITE_URL}/admin/",
            f"  La boîte aux lettres      {settings.SITE_URL}/boite-aux-lettres/",
            "",
            f"  Mot de passe des comptes  {password}",
            *(f"    {address:<27} {role}" for address, role in accounts.addresses()),
            "",
            "  Données inventées. Ctrl-C pour arrêter.",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _refuse_unknown(stage):
    """Only the open call can be rehearsed so far."""
    if stage not in STAGES:
        sys.exit(f"STAGE={stage} n’existe pas : choisissez open, deliberation ou day.")
    if stage != "open":
        sys.exit(
            f"Le moment STAGE={stage} n’est pas encore construit : essayez STAGE=open."
        )


def _refuse_taken(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(
                f"Le port {port} est déjà pris : essayez make run PORT={port + 1}."
            )


def _kept_password():
    """Return the password made once for this rehearsal, kept beside its database."""
    path = Path(settings.VAR_DIR) / "mot-de-passe.txt"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text().strip()
