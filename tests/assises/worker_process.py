"""A real worker, in a process of its own, on the database of the tests."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60


def database_url():
    """Return the address of the database that this test writes to."""
    base = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{base['NAME']}"
    identity = f"{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}"
    return f"postgres://{identity}/{base['NAME']}"


def start_worker(port, *options):
    """Start ``manage.py work`` against the SMTP server on ``port``."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "assises.settings",
        "DATABASE_URL": database_url(),
        "DEMO": "0",
        "SECRET_KEY": "tests only",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
    }
    command = [sys.executable, "manage.py", "work", *options]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )


def kill(process):
    """Kill ``process`` as a power cut would."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def wait_until(condition, patience=PATIENCE):
    """Wait for ``condition()`` and return whether it came true in time."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False
