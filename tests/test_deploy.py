"""Do the files of ``deploy/`` and the guide start the site that they say?"""

import json
import os
import re
import shlex
import subprocess
import sys
import urllib.request
from configparser import ConfigParser
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import get_commands

from assises.views import health
from tests.assises.worker_process import wait_until
from tests.repository import ROOT, read
from tests.web_process import unused_port, wait_for

GUIDE = read(ROOT / "docs" / "exploitation.md")
NGINX = read(ROOT / "deploy" / "nginx.conf")
INSTALLED = "/opt/assises/.venv/bin/python"
UNITS = ["assises-web", "assises-worker"]


def unit(name):
    """Return the section « Service » of a unit."""
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(read(ROOT / "deploy" / f"{name}.service"))
    return parser["Service"]


def command(name, key="ExecStart"):
    """Return the command line of a unit, for the Python of these tests."""
    python, *arguments = shlex.split(unit(name)[key])
    assert python == INSTALLED
    return [sys.executable, *arguments]


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_reads_the_environment_and_starts_again(name):
    service = unit(name)

    assert service["EnvironmentFile"] == "/etc/assises.env"
    assert f"{service['WorkingDirectory']}/.venv/bin/python" == INSTALLED
    assert service["Restart"] == "always"
    assert int(service["TimeoutStopSec"]) > 10  # graceful_timeout of gunicorn.conf.py


def test_units_and_guide_name_commands_that_exist():
    files = [GUIDE, *(read(ROOT / "deploy" / f"{name}.service") for name in UNITS)]
    named = set(re.findall(r"manage(?:\.py)? ([a-z_]+)", "\n".join(files)))

    assert named >= {"backup", "check", "migrate", "restore", "verify_backup", "work"}
    assert named - set(get_commands()) == set()


def test_the_guide_names_variables_and_alerts_that_exist():
    example = set(re.findall(r"^([A-Z_]+)=", read(ROOT / ".env.example"), re.M))
    alerts = {"base", "disque_libre_mo", *health.LONGEST, *health.AT_ONCE}

    named = set(re.findall(r"\b[A-Z]+_[A-Z]+(?:_[A-Z]+)*\b", GUIDE))
    assert named - example == set()
    assert set(re.findall(r"^\| `([a-z_]+)` \|", GUIDE, re.M)) == alerts


def test_the_proxy_reads_requests_whole_and_says_who_asks():
    bound = command("assises-web")[command("assises-web").index("--bind") + 1]

    assert f"proxy_pass http://{bound};" in NGINX
    assert "proxy_request_buffering on;" in NGINX
    assert "X-Forwarded-For $proxy_add_x_forwarded_for;" in NGINX
    assert "X-Forwarded-Proto $scheme;" in NGINX
    size = int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1])
    assert size * 2**20 == settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.fixture
def environment(tmp_path):
    """The variables of a real site, on a base of its own."""
    own = {
        "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFG",
        "SITE_URL": "https://assises.test",
        "ALLOWED_HOSTS": "assises.test,127.0.0.1",
        "TRUSTED_PROXIES": "1",
        "MAIL_FROM": "assises@assises.test",
        "VAR_DIR": str(tmp_path / "var"),
        "BACKUP_DIR": str(tmp_path / "backups"),
        "HOME": str(tmp_path / "home"),
        "DJANGO_SUPERUSER_PASSWORD": "only for the first evening",
    }
    return {"PATH": os.environ["PATH"], **own}


def test_a_site_starts_while_its_database_is_away(environment):
    away = f"postgres://nobody@127.0.0.1:{unused_port()}/nothing"
    ready = command("assises-web", "ExecStartPre")

    subprocess.run(
        ready, cwd=ROOT, env=environment | {"DATABASE_URL": away}, check=True
    )


@pytest.fixture
def manage(environment, tmp_path):
    """Run ``deploy/manage`` on this machine, with the variables of a file."""
    # What this machine has in place of the account and the folder of the guide.
    script, runuser = tmp_path / "manage", tmp_path / "runuser"
    text = read(ROOT / "deploy" / "manage").replace(INSTALLED, sys.executable)
    script.write_text(text.replace("/opt/assises", str(ROOT)))
    runuser.write_text('#!/bin/sh\necho "$1 $2 $3"\nshift 3\nexec "$@"\n')
    runuser.chmod(0o700)
    file = tmp_path / "assises.env"
    path = f"{tmp_path}:{environment.pop('PATH')}"

    def run(*arguments, **variables):
        lines = [f"{name}={value}" for name, value in (environment | variables).items()]
        file.write_text("# A comment.\n\n" + "\n".join(lines))
        return subprocess.run(
            ["sh", script, *arguments],
            env={"PATH": path, "VARIABLES": str(file)},
            capture_output=True,
            text=True,
        )

    return run


def test_a_command_typed_by_hand_runs_as_the_services_do(manage):
    asked = (
        "import os; from django.conf import settings;"
        "print(settings.DEFAULT_FROM_EMAIL, oct(os.umask(0)))"
    )
    sender = "Les $Assises <a@assises.test>"

    ran = manage("shell", "--no-imports", "-c", asked, MAIL_FROM=sender)

    umask = int(unit("assises-web")["UMask"], 8)
    account = unit("assises-web")["User"]
    assert ran.stdout == f"-u {account} --\n{sender} {oct(umask)}\n"


@pytest.mark.parametrize("password", ['"quoted"', "it's", "a\\b"])
def test_a_variable_that_systemd_would_read_otherwise_is_refused(manage, password):
    ran = manage("check", SMTP_PASSWORD=password)

    assert ran.returncode == 1
    assert ran.stderr.endswith("SMTP_PASSWORD\n")


@contextmanager
def running(line, environment):
    process = subprocess.Popen(line, cwd=ROOT, env=environment, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def ask(port, path, **headers):
    address = f"http://127.0.0.1:{port}{path}"
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answered:
        return answered.read().decode()


def test_the_units_start_a_site_in_good_health_from_nothing(environment, tmp_path):
    def manage(*arguments):
        line = [sys.executable, "manage.py", *arguments]
        subprocess.run(line, cwd=ROOT, env=environment, check=True, capture_output=True)

    port = unused_port()
    web = [argument.replace(":8000", f":{port}") for argument in command("assises-web")]
    ready = command("assises-web", "ExecStartPre")

    manage("migrate")
    manage("collectstatic", "--no-input")
    manage("createsuperuser", "--no-input", "--email=admin@assises.test")
    subprocess.run(ready, cwd=ROOT, env=environment, check=True, capture_output=True)
    worker = running(command("assises-worker"), environment)
    with running(web, environment), worker:
        wait_for(f"http://127.0.0.1:{port}/sante/")
        assert wait_until(
            lambda: (
                json.loads(ask(port, "/sante/")).get("sauvegarde_secondes") is not None
            )
        )
        report = json.loads(ask(port, "/sante/"))
        proxied = {"Host": "assises.test", "X-Forwarded-Proto": "https"}
        home = ask(port, "/", **proxied, **{"X-Forwarded-For": "192.0.2.7"})

    assert (report["etat"], report["alertes"]) == ("ok", [])
    assert report["travailleur_secondes"] is not None
    assert "Aucune édition des Assises" in home
    assert "/static/css/base." in home
    assert not (tmp_path / "home").exists()
