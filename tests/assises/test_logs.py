import logging
import sys

import pytest
from django.conf import settings

from assises.logs import WithoutSecrets


def filtered(message, *args):
    record = logging.LogRecord("x", logging.WARNING, "x.py", 1, message, args, None)
    WithoutSecrets().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("Not Found: /acces/abc_DEF-123/", "Not Found: /acces/…/"),
        ("Not Found: /acces/abc_DEF-123/x/", "Not Found: /acces/…/x/"),
        ("Forbidden: /acces/entrer/", "Forbidden: /acces/entrer/"),
        ("Not Found: /candidature/", "Not Found: /candidature/"),
    ],
)
def test_a_log_line_carries_no_token(message, kept):
    assert filtered("%s", message) == kept


def test_the_traceback_of_a_failure_carries_no_token():
    try:
        raise ValueError("/acces/TOKENSECRET123/")
    except ValueError:
        record = logging.LogRecord("x", 40, "x.py", 1, "x", (), sys.exc_info())

    WithoutSecrets().filter(record)

    assert "TOKENSECRET123" not in logging.Formatter().format(record)
    assert "ValueError" in logging.Formatter().format(record)


def test_every_handler_of_the_site_has_the_filter():
    handlers = settings.LOGGING["handlers"].values()

    assert [handler["filters"] for handler in handlers] == [["secrets"]]
