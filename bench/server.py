"""How is a server started as in production, and what does it use?"""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from bench.client import TICKS, Connection, request

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


class Server:
    """A gunicorn of ``WORKERS`` processes, under the configuration of the site."""

    def __init__(self, application):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        address = f"127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "gunicorn", application, "--bind", address]
        self.process = subprocess.Popen(
            [*command, "--workers", str(WORKERS)],
            cwd=ROOT,
            env=os.environ | {"MALLOC_ARENA_MAX": "2"},  # As the service does.
        )
        self._wait()

    def _wait(self):
        for _ in range(200):
            with suppress(OSError):
                Connection(self.port).ask(request("/"))
                return
            time.sleep(0.1)
        raise AssertionError("the server did not start")

    def workers(self):
        """Return the numbers of its processes that answer."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(child) for child in children]

    def cpu(self):
        """Return the seconds of processor that its workers have used."""
        used = 0
        for pid in self.workers():
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used += int(stat[11]) + int(stat[12])
        return used / TICKS

    def memory(self):
        """Return the megabytes that its largest worker holds."""
        lines = [Path(f"/proc/{pid}/status").read_text() for pid in self.workers()]
        sizes = [int(each.split("VmRSS:")[1].split()[0]) for each in lines]
        return max(sizes) / 1024

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=30)
