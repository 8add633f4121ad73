import io
import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from assises.web import logs
from assises.web.logs import WithoutSecrets
from submissions.models import Application
from tests.factories import ApplicationFactory


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


def test_the_message_of_a_database_quotes_no_row():
    quoting = (
        'violates check "x"\nDETAIL:  Failing row contains (1, zoe@example.org,\n5).'
    )

    assert filtered("%s", quoting) == 'violates check "x"\nDETAIL: …'
    assert filtered("a: %s", "b\nLINE 1: SELECT 'zoe'") == "a: b\nLINE 1: …"


def test_a_traceback_tells_each_cause_by_its_first_line():
    try:
        try:
            raise KeyError("first")
        except KeyError as error:
            raise ValueError("second\n\nValueError: zoe@example.org") from error
    except ValueError as error:
        told = logs.traced_errors(error)

    assert "KeyError: 'first'\n\nThen:" in told
    assert told.endswith("ValueError: second")
    assert told.count(__file__) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values", [{"title": "x" * 5000}, {"starts": "zz"}], ids=["length", "check"]
)
def test_a_row_that_the_database_refuses_is_not_logged(values):
    application = ApplicationFactory(title="Un\ntitre", email="zoe@example.org")
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(WithoutSecrets())
    logger = logging.Logger("alone")
    logger.addHandler(handler)

    try:
        with transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**values)
    except IntegrityError as error:
        logger.exception("a post could not be stored: %s", error)

    assert "IntegrityError" in written.getvalue()
    assert "zoe@example.org" not in written.getvalue()
    assert "titre" not in written.getvalue()


def test_every_handler_of_the_site_has_the_filter():
    handlers = settings.LOGGING["handlers"].values()

    assert [handler["filters"] for handler in handlers] == [["secrets"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "/", "headers": {"host": "ailleurs.example"}}, 400),
        ({"path": "/acces/%00/"}, 400),
        ({"path": "/nulle-part/"}, 404),
        ({"path": "/admin/assises/mail/"}, 403),
    ],
)
def test_a_refused_request_is_one_line(reader, asked, status):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(WithoutSecrets())
    loggers = [logging.getLogger(name) for name in ("django", "assises")]
    for logger in loggers:
        logger.addHandler(handler)

    try:
        response = reader.get(**asked)
    finally:
        for logger in loggers:
            logger.removeHandler(handler)

    assert response.status_code == status
    assert written.getvalue().count("\n") == 1
