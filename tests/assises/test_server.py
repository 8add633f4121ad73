"""Does a connection that stalls, or is cut, cost nothing to anybody else?"""

import socket
import time
import urllib.request

import pytest

from assises.web import server
from tests.factories import EditionFactory
from tests.repository import ROOT
from tests.web_process import serving, unused_port

IMPATIENCE = 2


@pytest.fixture
def port(transactional_db, tmp_path):
    """A site on our own configuration, less patient."""
    EditionFactory()
    hasty = tmp_path / "hasty.conf.py"
    hasty.write_text(
        (ROOT / "gunicorn.conf.py").read_text()
        + f"\nfrom assises.web import server\n\nserver.PATIENCE = {IMPATIENCE}\n"
    )
    port = unused_port()
    journal = (tmp_path / "journal").open("w")
    with journal, serving(port, "--config", str(hasty), journal=journal):
        yield port


def stall(port, body="email=lent%40example.org", *, announced=200, path="/acces/"):
    """Return a connection whose post has not sent all that it has announced."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {announced}\r\n\r\n{body}".encode()
    )
    return connection


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as page:
        return page.status


def answer(connection):
    with connection, connection.makefile("rb") as answered:
        return answered.read().decode()


def test_ten_stalled_posts_free_the_site(port):
    connections = [stall(port) for _ in range(10)]
    began = time.monotonic()

    status = get(port, "/plan-du-site/")

    assert status == 200
    assert time.monotonic() - began < IMPATIENCE + 3
    assert {answer(connection)[:12] for connection in connections} == {"HTTP/1.1 400"}


def test_ten_stalled_headers_free_the_site(port):
    connections = [
        socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(10)
    ]
    for connection in connections:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    began = time.monotonic()

    status = get(port, "/plan-du-site/")

    assert status == 200
    assert time.monotonic() - began < IMPATIENCE + 3
    for connection in connections:
        connection.close()


def test_a_post_that_trickles_ends_too(port):
    began = time.monotonic()

    with stall(port, announced=100_000) as connection, pytest.raises(ConnectionError):
        trickle(connection, until=began + 15)

    assert time.monotonic() - began < IMPATIENCE + 4


def trickle(connection, *, until):
    while time.monotonic() < until:
        connection.sendall(b"x")
        time.sleep(0.2)


def test_a_post_cut_by_its_end_is_refused_and_says_so(port):
    connection = stall(port)

    connection.shutdown(socket.SHUT_WR)
    answered = answer(connection)

    assert answered.startswith("HTTP/1.1 400 ")
    assert "Votre page n’est pas arrivée entière" in answered


def test_a_charset_that_breaks_the_reading_is_refused_by_a_page(port):
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(
        f"GET /?a=b HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        "Content-Type: text/plain; charset=base64\r\n\r\n".encode()
    )

    assert answer(connection).startswith("HTTP/1.1 400 ")


def test_the_journal_of_the_server_carries_no_token(port, tmp_path):
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(b"GET /acces/TOKENSECRET123/\r\n\r\n")
    answer(connection)

    journal = (tmp_path / "journal").read_text()
    assert "Invalid" in journal
    assert "TOKENSECRET123" not in journal


@pytest.fixture
def ends():
    """Both ends of a connection, the first of them ours."""
    ours, theirs = socket.socketpair()
    with server.PatientSocket.take(ours) as patient, theirs:
        yield patient, theirs


def test_a_slow_connection_lasts_while_it_keeps_the_rate(ends, monkeypatch):
    patient, theirs = ends
    now = [1_000.0]
    monkeypatch.setattr(server.time, "monotonic", lambda: now[0])
    patient.begin()

    now[0] += server.PATIENCE - 1
    theirs.sendall(b"x" * 20 * server.SLOWEST)
    first = patient.recv(100_000)
    now[0] += 15
    left = patient.remaining
    now[0] += 10

    assert len(first) == 20 * server.SLOWEST
    assert left == 6
    theirs.sendall(b"y")
    assert patient.recv(10) == b""


def test_no_rate_outlasts_the_limit(ends, monkeypatch):
    patient, _ = ends
    patient.begin()

    patient.received = 10**9

    assert patient.remaining == pytest.approx(server.LIMIT, abs=1)


def test_waiting_changes_no_timeout(ends):
    patient, theirs = ends
    patient.begin()
    patient.settimeout(7)
    theirs.sendall(b"x")

    assert patient.recv(10) == b"x"
    assert patient.gettimeout() == 7
