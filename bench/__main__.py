"""How fast is the site beside bare Django, on this machine? « make bench » writes docs/mesures.md."""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench import report
from bench.client import CLIENTS, measure, request
from bench.server import ROOT, Server

# While the call of tests/factories.py is open.
OPEN_AT = datetime(2027, 5, 12, 12, 32, tzinfo=UTC)
SECONDS = 3
SENDS = 15  # By client.


def set_environment(folder):
    """Set up the site in ``folder``, on the day when the calls of the tests are open."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="assises.settings",
        VAR_DIR=str(folder),
        SECRET_KEY=secrets.token_urlsafe(50),
        DEMO="0",
        DEBUG="0",
        SITE_URL="http://127.0.0.1",
        REQUIRE_SECOND_FACTOR="0",
        CLOCK_SHIFT=str(int(OPEN_AT.timestamp() - time.time())),
        BARE_DATABASE_URL=f"sqlite:///{folder / 'bare.sqlite3'}",
    )
    manage = [sys.executable, ROOT / "manage.py"]
    subprocess.run([*manage, "migrate", "-v", "0"], check=True)
    subprocess.run([*manage, "collectstatic", "-v", "0", "--no-input"], check=True)
    subprocess.run([sys.executable, "-m", "bench.bare"], check=True, cwd=ROOT)


def pages_of(edition):
    """Return name → (address, cookies, whether bare Django has a form beside it)."""
    from assises.people.permissions import Role
    from bench import data
    from committee.models import Member, Review
    from submissions.answering import steps
    from tests import team

    draft = data.draft()
    mine = data.browser_of(draft)
    reader = Member.objects.of(edition).filter(role=Member.Role.MEMBER).first()
    member = data.browser_signed_in(reader.user)
    organiser = data.browser_signed_in(team.member(Role.ORGANISERS, password=None))
    sheet = Review.objects.of(reader).in_own_order().first()
    answer = f"/candidature/{draft.key}"
    return {
        "Accueil": ("/", {}, False),
        "Appel": ("/appel/", {}, False),
        "Commencer": ("/candidature/", {}, True),
        **{
            f"Étape « {step.title} »": (f"{answer}/{step.slug}/", mine, True)
            for step in steps.path(draft.kind)
        },
        "Vérifier": (f"{answer}/verifier/", mine, True),
        "Mon dossier": ("/mon-dossier/", mine, False),
        "Évaluations": ("/admin/comite/evaluations/", member, False),
        "Une évaluation": (f"/admin/comite/evaluations/{sheet.pk}/", member, True),
        "Délibération": ("/admin/comite/deliberation/", organiser, False),
        "Liste des réponses": ("/admin/submissions/application/", organiser, False),
    }


def sends(count):
    """Return the posts that send whole drafts: ``count`` of each of the clients."""
    from bench import data

    form = {"csrfmiddlewaretoken": data.CSRF}
    clients = []
    for _ in range(CLIENTS):
        drafts = [data.draft() for _ in range(count)]
        mine = data.browser_of(*drafts)
        clients.append(
            [
                request(f"/candidature/{draft.key}/verifier/", mine, form)
                for draft in drafts
            ]
        )
    return clients


def queries_of(address, cookies):
    """Return how many queries a page costs, once it has been asked."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.cookies.load(cookies)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def measure_all(site, bare, edition, seconds):
    """Return a :class:`report.Line` by page: the site, and bare Django just before it."""
    lines = []
    for name, (address, cookies, has_form) in pages_of(edition).items():
        beside = request("/formulaire/" if has_form else "/")
        plain = measure(bare, [[beside]] * CLIENTS, expected=200, seconds=seconds)
        message = request(address, cookies)
        own = measure(site, [[message]] * CLIENTS, expected=200, seconds=seconds)
        lines.append(
            report.Line(name, own, plain, queries_of(address, cookies), has_form)
        )
        print(report.row(lines[-1]), flush=True)
    beside = [[request("/formulaire/")]] * CLIENTS
    plain = measure(bare, beside, expected=200, seconds=seconds)
    own = measure(site, sends(SENDS), expected=302, seconds=0)
    lines.append(report.Line("Envoyer", own, plain, None, True))
    print(report.row(lines[-1]), flush=True)
    return lines


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    options.add_argument("--seconds", type=float, default=SECONDS)
    options.add_argument("--output", type=Path, default=ROOT / "docs" / "mesures.md")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_environment(Path(folder))
        import django

        django.setup()
        from bench import data

        edition, found = data.prepare(), {}
        for size in asked.sizes:
            data.grow(edition, size)
            site, bare = Server("assises.wsgi"), Server("bench.bare")
            try:
                lines = measure_all(site, bare, edition, asked.seconds)
                found[size] = report.Run(lines, site.memory(), bare.memory())
            finally:
                site.end()
                bare.end()
        report.write(asked.output, found)


if __name__ == "__main__":
    main()
