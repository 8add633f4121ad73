"""A mail server for the tests of the mail pipe."""

import pytest

from tests.assises.smtp_server import SmtpServer


@pytest.fixture
def server():
    server = SmtpServer()
    yield server
    server.stop()


@pytest.fixture
def smtp(settings, server):
    """Deliver through the real backend, to the server on loopback."""
    settings.MAILERS = mailers(server.port)
    return server


def mailers(port):
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return {"default": {"BACKEND": backend, "OPTIONS": options}}
