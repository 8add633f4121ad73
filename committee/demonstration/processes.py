"""How do the web server and the worker live and end together?"""

import signal
import subprocess
import sys
import time
import urllib.request

from django.conf import settings

PATIENCE = 40
GRACE = 20


class Processes:
    """A web server and a worker; when one ends, or a signal comes, both end."""

    def __init__(self, port):
        self.port = port
        self.children = []
        self.asked = False

    def start(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        self.children = [subprocess.Popen(self.web()), subprocess.Popen(self.worker())]

    def web(self):
        """The command of the real server. Its journal never holds an address with a token."""
        return [
            *(sys.executable, "-m", "gunicorn", "assises.wsgi"),
            *("--config", str(settings.BASE_DIR / "gunicorn.conf.py")),
            *("--bind", f"127.0.0.1:{self.port}"),
        ]

    def worker(self):
        return [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"]

    def stop(self, *_):
        """End both, cleanly; also a signal handler."""
        self.asked = True
        for child in self.children:
            if child.poll() is None:
                child.terminate()

    def wait_until_ready(self):
        """Wait for the first page; return whether it came."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.alive() and not self.asked:
            if self.answers():
                return True
            time.sleep(0.1)
        return False

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5):
                return True
        except OSError:
            return False

    def alive(self):
        return all(child.poll() is None for child in self.children)

    def wait(self):
        """Wait for an end, end both, and return the exit code: 0 if it was asked for."""
        while self.alive() and not self.asked:
            time.sleep(0.2)
        code = 0 if self.asked else 1
        self.stop()
        end = time.monotonic() + GRACE
        for child in self.children:
            try:
                child.wait(timeout=max(0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        return code
