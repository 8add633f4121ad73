"""A real gunicorn, in processes of its own, on the database of the tests."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress

from tests.assises.worker_process import ROOT, database_url


def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(port, *options, journal=subprocess.DEVNULL):
    """Start gunicorn with our own configuration; give its process, end it afterwards."""
    address = f"127.0.0.1:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "assises.settings",
        "DATABASE_URL": database_url(),
        "DEMO": "0",
        "DEBUG": "1",
        "SITE_URL": f"http://{address}",
        "TRUSTED_PROXIES": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "assises.wsgi", "--bind", address, *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=journal,
    )
    try:
        wait_for(f"http://{address}/plan-du-site/")
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(address):
    for _ in range(200):
        with suppress(OSError), urllib.request.urlopen(address, timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the site did not start")
