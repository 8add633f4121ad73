"""What does a web server make of a request that no browser sends?"""

import socket

import pytest

from tests.factories import EditionFactory
from tests.web_process import serving, unused_port


@pytest.fixture
def port(transactional_db, tmp_path):
    """A site on our own configuration."""
    EditionFactory()
    port = unused_port()
    journal = (tmp_path / "journal").open("w")
    with journal, serving(port, journal=journal):
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


def answer(connection):
    with connection, connection.makefile("rb") as answered:
        return answered.read().decode()


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
