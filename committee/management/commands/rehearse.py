"""Start the whole site on one machine, with its demonstration (« make run »)."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from assises import clock
from assises.models import Edition
from committee.demonstration import accounts, invited, loading

GRACE = 20
STAGES = ("open", "invited")


class Command(BaseCommand):
    help = "Prépare la démonstration, puis lance le serveur web et le travailleur."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--stage", default="open")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, stage, port, **options):
        if stage not in STAGES:
            known = " ou ".join(f"STAGE={one}" for one in STAGES)
            sys.exit(f"STAGE={stage} n’existe pas encore\u00a0: essayez {known}.")
        _refuse_taken(port)
        password = self.prepare(stage)
        moved = {"CLOCK_SHIFT": str(_shift_of(stage)), "MALLOC_ARENA_MAX": "2"}
        environment = os.environ | moved
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(0))
        children = [
            subprocess.Popen(command, env=environment) for command in _commands(port)
        ]
        try:
            self.watch(children, port, password)
        finally:
            _end(children)

    def prepare(self, stage):
        """Bring the database, the static files and the accounts up to date."""
        call_command("migrate", verbosity=0)
        _collect_if_changed()
        if not loading.is_loaded():
            self.stdout.write("Chargement de la démonstration…")
            try:
                loading.load_demonstration(clock.now(), stage)
            except loading.RealDataError:
                sys.exit(
                    "Cette base contient de vraies données\u00a0: donnez à la"
                    " démonstration une base vide (VAR_DIR)."
                )
        password = accounts.password()
        accounts.give_password(password)
        return password

    def watch(self, children, port, password):
        """Say where to go once the site answers; fail when one of ``children`` ends."""
        welcomed = False
        while all(child.poll() is None for child in children):
            if not welcomed and _answers(port):
                self.welcome(password)
                welcomed = True
            time.sleep(0.2)
        sys.exit(1)

    def welcome(self, password):
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


def _shift_of(stage):
    """Return by how many seconds the clock moves for ``stage``."""
    if stage == "open":
        return 0
    moment = invited.moment_of(Edition.objects.current())
    return int((moment - clock.now()).total_seconds())


def _refuse_taken(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(
                f"Le port {port} est déjà pris\u00a0: essayez make run PORT={port + 1}."
            )


def _collect_if_changed():
    """Collect with the real manifest, which takes seconds, only when a static file or
    Django has changed since."""
    digest = hashlib.sha256(django.__version__.encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            changed = storage.get_modified_time(name)
            digest.update(f"{name} {storage.size(name)} {changed}\n".encode())
    stamp = settings.VAR_DIR / "static.stamp"
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest.hexdigest())


def _commands(port):
    """The real server, whose journal holds no token, and the worker."""
    python, root = sys.executable, settings.BASE_DIR
    web = [python, "-m", "gunicorn", "assises.wsgi", "--bind", f"127.0.0.1:{port}"]
    return [
        [*web, "--config", str(root / "gunicorn.conf.py")],
        [python, str(root / "manage.py"), "work"],
    ]


def _answers(port):
    with suppress(OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        return True
    return False


def _end(children):
    """End all of them, cleanly if they can."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
