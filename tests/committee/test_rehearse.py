"""Does one command start the whole site, and leave nothing behind?"""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing

import pytest
from django.core.management import call_command

from tests.assises.worker_process import wait_until
from tests.repository import ROOT


@pytest.fixture
def port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def rehearsal(tmp_path, port):
    """The command in a process of its own, on its own database."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "assises.settings",
        "DATABASE_URL": "",
        "DEMO": "1",
        "DEMO_PASSWORD": "secret",
        "SECRET_KEY": "",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "VAR_DIR": str(tmp_path),
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "rehearse", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def get(port, path):
    """Return the status and the text of a page, or ``None`` while nobody answers."""
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}{path}", timeout=5
        ) as page:
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return None


def test_rehearsal_serves_the_site_and_ends_whole(rehearsal, port, tmp_path):
    assert wait_until(lambda: get(port, "/"), patience=120)
    assert wait_until(lambda: (get(port, "/sante/") or [0])[0] == 200)
    assert wait_until(lambda: list((tmp_path / "mails").glob("*.eml")))
    children = descendants(rehearsal.pid)

    rehearsal.send_signal(signal.SIGINT)
    output, _ = rehearsal.communicate(timeout=30)

    assert rehearsal.returncode == 0
    assert f"http://127.0.0.1:{port}/boite-aux-lettres/" in output
    assert "organisation@example.org" in output
    assert len(children) >= 2
    assert [pid for pid in children if is_alive(pid)] == []


def descendants(pid):
    """Return the processes that ``pid`` started, and those that they started."""
    listing = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    parents = dict(map(int, line.split()) for line in listing.stdout.splitlines())
    found = {pid}
    while more := {child for child, of in parents.items() if of in found} - found:
        found |= more
    return found - {pid}


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_moment_that_is_not_built_says_so_in_a_sentence():
    with pytest.raises(SystemExit) as ending:
        call_command("rehearse", stage="day")

    assert str(ending.value) == (
        "STAGE=day n’existe pas encore\u00a0: essayez STAGE=open ou STAGE=invited."
    )


def test_taken_port_proposes_another_one(port):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        with pytest.raises(SystemExit, match=f"make run PORT={port + 1}"):
            call_command("rehearse", port=port)
