"""How fast does a server answer? Several connections kept open ask without a pause."""

import os
import socket
import threading
import time
from typing import NamedTuple
from urllib.parse import urlencode

CLIENTS = 8
TICKS = os.sysconf("SC_CLK_TCK")


class Figures(NamedTuple):
    """What was measured: by second, in milliseconds (``cpu``: of the server, by answer)."""

    rate: float
    p50: float
    p99: float
    cpu: float


def request(path, cookies=None, form=None):
    """Return the bytes of a request: a post if there is a ``form``."""
    body = urlencode(form).encode() if form is not None else b""
    head = [
        f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept-Encoding: identity",
    ]
    if cookies:
        head.append("Cookie: " + "; ".join("=".join(pair) for pair in cookies.items()))
    if form is not None:
        head.append("Content-Type: application/x-www-form-urlencoded")
        head.append(f"Content-Length: {len(body)}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


class Connection:
    """One connection, opened again when the server closes it."""

    def __init__(self, port):
        self.address = ("127.0.0.1", port)
        self.socket = None

    def ask(self, message):
        """Send ``message``; return the status of what is answered, once it is read whole."""
        if self.socket is None:
            self.socket = socket.create_connection(self.address, timeout=60)
        self.socket.sendall(message)
        received = b""
        while b"\r\n\r\n" not in received:
            piece = self.socket.recv(65536)
            if not piece:  # Kept too long: the server has closed it.
                self.socket = None
                return self.ask(message)
            received += piece
        head, _, body = received.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in lines
            if line.startswith(b"content-length")
        )
        missing = length - len(body)
        while missing > 0:
            missing -= len(self.socket.recv(65536))
        if b"connection: close" in lines:
            self.socket = None
        return int(lines[0].split()[1])


def measure(server, messages, *, expected, seconds):
    """Ask ``server`` the ``messages``, a list by client, each over and over for ``seconds``;
    posts, with ``seconds`` 0, once each. Return the :class:`Figures`."""
    if seconds:  # Templates are read, and pages kept, before anything is counted.
        for connection in [Connection(server.port) for _ in messages] * 2:
            connection.ask(messages[0][0])
    tries, cpu, began = [], server.cpu(), time.monotonic()
    clients = [
        threading.Thread(target=_ask, args=(server.port, own, seconds, expected, tries))
        for own in messages
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    lasted, used = time.monotonic() - began, server.cpu() - cpu
    tries.sort()
    return Figures(
        rate=len(tries) / lasted,
        p50=tries[len(tries) // 2] * 1000,
        p99=tries[min(len(tries) - 1, len(tries) * 99 // 100)] * 1000,
        cpu=used / len(tries) * 1000,
    )


def _ask(port, messages, seconds, expected, tries):
    connection, end = Connection(port), time.monotonic() + seconds
    while True:
        for message in messages:
            began = time.monotonic()
            status = connection.ask(message)
            if status != expected:
                raise AssertionError(f"{status} instead of {expected}: {message[:60]}")
            tries.append(time.monotonic() - began)
        if time.monotonic() >= end:
            return
